"""The settings of a tenant that change what synchronization and a fix may do, each with its name and its meaning."""

from __future__ import annotations

SCHEDULER = "schedulerEnabled"
STAGING = "stagingMode"
EXPORT_UNDER_WAY = "exportUnderWay"
SERVER_DOWN = "cloudUnreachableForExport"
WRITEBACK = "userWritebackEnabled"
BLOCK_TAKEOVER = "blockCloudObjectTakeoverThroughHardMatchEnabled"
BLOCK_SOFT_MATCH = "blockSoftMatchEnabled"
QUARANTINE_UPN = "quarantineUponUpnConflictEnabled"
QUARANTINE_PROXY = "quarantineUponProxyAddressesConflictEnabled"
HARDENED_ROLES = "roleHolderHardening"
HARDENED_IDENTIFIER = "objectIdentifierHardening"
GUID_ANCHOR = "anchorIsConsistencyGuid"

# Names of the service's own features are Graph's (onPremisesDirectorySynchronizationFeature); the rest are ours.
SWITCHES = {
    SCHEDULER: "The sync scheduler starts a cycle every half hour.",
    STAGING: "The sync server is in staging mode: it imports and synchronizes, but exports nothing.",
    EXPORT_UNDER_WAY: "An export is under way and does not end.",
    SERVER_DOWN: "The sync server cannot reach the cloud: its export stops.",
    WRITEBACK: "Users made in the cloud are written back to Active Directory.",
    BLOCK_TAKEOVER: "Cloud users may not be taken over by hard match.",
    BLOCK_SOFT_MATCH: "Cloud users may not be joined by soft match.",
    QUARANTINE_UPN: "A UserPrincipalName in conflict is quarantined (always on in today's tenants).",
    QUARANTINE_PROXY: "An address in conflict is quarantined (always on in today's tenants).",
    HARDENED_ROLES: "Hardening of June 2026: users with roles are not taken over by hard match.",
    HARDENED_IDENTIFIER: "Hardening of July 2026: a user once mapped is not mapped to another on-premises object.",
    GUID_ANCHOR: "The source anchor is mS-DS-ConsistencyGuid.",
}
ON_AT_FIRST = frozenset({SCHEDULER, QUARANTINE_UPN, QUARANTINE_PROXY, GUID_ANCHOR})


def initial() -> dict[str, bool]:
    """The switches of a new tenant."""
    return {name: name in ON_AT_FIRST for name in SWITCHES}


# What the portal's account may do in the directory (Graph permissions, and one right in AD).
WRITE_USERS = "User.ReadWrite.All"
WRITE_SYNC_BEHAVIOR = "User-OnPremisesSyncBehavior.ReadWrite.All"
WRITE_GUID = "Write mS-DS-ConsistencyGuid"
PERMISSIONS = (WRITE_USERS, WRITE_SYNC_BEHAVIOR, WRITE_GUID)
