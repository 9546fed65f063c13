"""A stage to set a tenant on: people are made, things are done to them, and the clock is moved from cycle to cycle."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from portal.directories.objects import Kind
from portal.directories.simulator.engine.cycle import run_cycle
from portal.directories.simulator.engine.sweeping import sweep
from portal.directories.simulator.people import in_cloud, on_premises
from portal.directories.simulator.people.acting import perform
from portal.directories.simulator.world.state import State, live_cloud

WHO = "Contoso's history"
DOMAINS = {
    "contoso.com": "managed",
    "northwind.example": "managed",
    "fabrikam.com": "federated",
    "adatum.com": "federated",
}
PEOPLE, GROUPS, CONTACTS, LEAVERS = "OU=People", "OU=Groups", "OU=Contacts", "OU=Leavers"


class Stage:
    """Builds a State; `now` is the moment at which the next thing happens."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.state = State()
        self.state.tenant.domains = dict(DOMAINS)
        self.state.tenant.excluded = [self.container(LEAVERS), self.container("OU=Service Accounts")]

    def container(self, unit: str) -> str:
        return f"{unit},{self.state.tenant.forest}"

    def user(self, name: str, login: str, *, domain: str = "contoso.com", unit: str = PEOPLE, **more: list[str]) -> str:
        """A user in AD with a mailbox address; returns the objectGUID. `more` are AD attributes that replace."""
        given, _, surname = name.partition(" ")
        upn = f"{login}@{domain}"
        attributes = {
            "givenName": [given],
            "sn": [surname] if surname else [],
            "userPrincipalName": [upn],
            "sAMAccountName": [_plain(login)[:20]],
            "mail": [upn],
            "mailNickname": [_plain(login)[:60]],
            "proxyAddresses": [f"SMTP:{upn}"],
            "employeeID": [str(70_000 + self.state.seq)],
        } | more
        return on_premises.create(self.state, Kind.USER, name, self.container(unit), self.now, attributes).id

    def group(self, name: str, address: str, *members: str) -> str:
        attributes = {"mail": [address], "proxyAddresses": [f"SMTP:{address}"], "member": list(members)}
        return on_premises.create(self.state, Kind.GROUP, name, self.container(GROUPS), self.now, attributes).id

    def contact(self, name: str, address: str) -> str:
        attributes = {"mail": [address], "proxyAddresses": [f"SMTP:{address}"]}
        return on_premises.create(self.state, Kind.CONTACT, name, self.container(CONTACTS), self.now, attributes).id

    def cloud_user(self, name: str, login: str, *, address: str = "", role: str = "") -> str:
        made = in_cloud.create_user(self.state, name, f"{login}@contoso.com", self.now, address=address)
        made.roles = [role] if role else []
        return made.id

    def cloud_group(self, name: str, address: str) -> str:
        """A Microsoft 365 group, made in the cloud."""
        made = in_cloud.create_user(self.state, name, "", self.now, address=f"SMTP:{address}")
        made.kind = Kind.GROUP
        return made.id

    def do(self, action: str, /, **values: str) -> None:
        perform(
            self.state, action, {name.replace("_", "-"): value for name, value in values.items()}, who=WHO, now=self.now
        )

    def set(self, ad_id: str, attribute: str, value: str) -> None:
        self.do("ad-set", object=ad_id, attribute=attribute, value=value)

    def recreate(self, ad_id: str) -> str:
        """Delete an AD user for good and make it anew; returns the new objectGUID."""
        before = set(self.state.ad)
        self.do("ad-recreate", object=ad_id)
        return (set(self.state.ad) - before).pop()

    def cloud_of(self, ad_id: str) -> str:
        """The object ID of the cloud object that came from an AD object."""
        return next(one.id for one in live_cloud(self.state) if one.identifier == ad_id)

    def license(self, ad_id: str, licence: str = "Microsoft 365 E3") -> None:
        self.do("cloud-license", object=self.cloud_of(ad_id), licence=licence, on="on")

    def cycle(self, *, after: timedelta = timedelta(minutes=30)) -> None:
        self.now += after
        run_cycle(self.state, self.now)

    def sweep(self) -> None:
        sweep(self.state, self.now)


def _plain(name: str) -> str:
    """An account name: letters without accents, nothing that AD refuses."""
    bare = unicodedata.normalize("NFKD", name)
    return "".join(one for one in bare if one.isascii() and (one.isalnum() or one in "._-"))
