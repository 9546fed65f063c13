"""The histories that lead to every other category of sync error."""

from __future__ import annotations

from portal.directories.simulator.seed.cast import INVALID
from portal.directories.simulator.seed.stage import Stage
from portal.directories.simulator.world import switches

AD_IDS = dict[str, str]


def populate(stage: Stage) -> AD_IDS:
    """Accounts that are fine at first."""
    return {
        "federated-1": stage.user("Zoë Kramer", "zoe.kramer", domain="fabrikam.com"),
        "federated-2": stage.user("Aleksandr Petrov", "aleksandr.petrov", domain="fabrikam.com"),
        "certificates": stage.user("Berit Dahl", "berit.dahl"),
        "extension": stage.user("Chidi Eze", "chidi.eze"),
        "taken-over": stage.user("Dora Szabó", "dora.szabo"),
        "cloud-managed": stage.user("Emil Fischer", "emil.fischer"),
        "moved-anchor": stage.user("Farah Khan", "farah.khan"),
        "helpdesk": stage.group("Helpdesk", "helpdesk@contoso.com"),
    }


def populate_cloud(stage: Stage) -> None:
    """What was made in the cloud and never came from Active Directory."""
    stage.cloud_user("Sales (shared)", "sales", address="SMTP:sales@contoso.com")
    stage.cloud_user("Emergency Admin", "admin", role="Global Administrator")
    stage.cloud_user("Gustav Holm", "gustav.holm", address="SMTP:gustav.holm@contoso.com")
    stage.cloud_user("Hanna Virtanen", "hanna.virtanen", address="SMTP:hanna.virtanen@contoso.com")
    stage.cloud_group("All Company", "all@contoso.com")
    stage.cloud_group("Roadshow", "roadshow@contoso.com")


def part_ways(stage: Stage, people: AD_IDS) -> None:
    """One user is out of scope for a while and restored in the cloud."""
    taken = stage.cloud_of(people["taken-over"])
    stage.do("ad-move", object=people["taken-over"], container=stage.container("OU=Leavers"))
    stage.cycle()
    stage.do("cloud-restore", object=taken)


def change_badly(stage: Stage, people: AD_IDS) -> None:
    """Changes in Active Directory that the service refuses, and new accounts that it never takes."""
    for key in ("federated-1", "federated-2"):
        prefix = stage.state.ad[people[key]].get("userPrincipalName").partition("@")[0]
        stage.set(people[key], "userPrincipalName", f"{prefix}@adatum.com")
    for number in range(1, 19):
        stage.do("ad-add-value", object=people["certificates"], attribute="userCertificate", value=f"MII{number:04d}")
    stage.set(people["extension"], "extensionAttribute1", "cost centre; " * 20)
    stage.set(people["moved-anchor"], "mS-DS-ConsistencyGuid", stage.state.new_id("guid", stage.state.next_seq()))
    stage.user("Ines Moreau", "ines.moreau", thumbnailPhoto=["204800"])
    refused = [stage.user(name, "unused", userPrincipalName=[upn], **_mail(upn)) for name, upn in INVALID]
    stage.group("Warehouse", "warehouse@contoso.com", *refused[:2])
    stage.user("Jonas Meyer", "jonas.meyer", manager=[refused[2]])
    stage.cycle()


def _mail(upn: str) -> dict[str, list[str]]:
    """An address that is in order, so that only the name is refused."""
    plain = "".join(one for one in upn.partition("@")[0] if one.isascii() and one.isalpha())
    return {
        "mail": [f"{plain}@contoso.com"],
        "proxyAddresses": [f"SMTP:{plain}@contoso.com"],
        "sAMAccountName": [plain],
    }


def mismatch(stage: Stage, people: AD_IDS) -> None:
    """New objects that meet cloud objects which they may not, or cannot, become."""
    stage.do("switch", name=switches.BLOCK_SOFT_MATCH, on="on")
    stage.do("switch", name=switches.BLOCK_TAKEOVER, on="on")
    stage.do("ad-move", object=people["taken-over"], container=stage.container("OU=People"))
    stage.do("cloud-switch-source", object=stage.cloud_of(people["cloud-managed"]), source="cloud")
    stage.do("ad-move", object=people["cloud-managed"], container=stage.container("OU=Leavers"))
    stage.user("Gustav Holm", "gustav.holm")
    stage.user("Hanna Virtanen", "hanna.v", proxyAddresses=["SMTP:hanna.virtanen@contoso.com"])
    stage.user("Admin (on-premises)", "admin", proxyAddresses=["SMTP:onprem.admin@contoso.com"])
    stage.contact("All Company (list)", "all@contoso.com")
    stage.user("Roadshow Desk", "roadshow.desk", proxyAddresses=["SMTP:roadshow@contoso.com"])
    stage.user("Kofi Mensah", "kofi.mensah", proxyAddresses=["SMTP:kofi@contoso.com", "smtp:helpdesk@contoso.com"])
    stage.cycle()


def last_minute(stage: Stage) -> None:
    """Two groups made in one go: the second is refused once, and quarantined with the next cycle."""
    stage.group("Night Shift", "nightshift@contoso.com")
    stage.group("Nachtschicht", "nightshift@contoso.com")
