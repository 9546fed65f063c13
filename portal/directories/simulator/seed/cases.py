"""The histories that lead to duplicated attributes: two live people, orphans, and orphans with something in the way."""

from __future__ import annotations

from portal.directories.simulator.seed.cast import OBSTRUCTED, ORPHANS, REFUSED
from portal.directories.simulator.seed.stage import Stage

AD_IDS = dict[str, str]


def populate(stage: Stage) -> AD_IDS:
    """The first accounts of everyone who will be an orphan, by key."""
    people = {key: stage.user(name, login, domain=domain) for key, name, login, domain, _ in ORPHANS}
    people |= {key: stage.user(name, login) for key, name, login in OBSTRUCTED}
    people |= {key: stage.user(name, login) for key, name, login in REFUSED}
    people["jackson"] = stage.user("Joe Jackson", "Joe.J")
    for key in ("sip", "pending"):
        address = stage.state.ad[people[key]].get("mail")
        stage.do("ad-add-value", object=people[key], attribute="proxyAddresses", value=f"SIP:{address}")
    return people


def equip(stage: Stage, people: AD_IDS) -> None:
    """What hangs on the cloud users, and makes them worth keeping."""
    for key, _, _, _, licence in ORPHANS:
        stage.license(people[key], licence)
        stage.do("cloud-sign-in", object=stage.cloud_of(people[key]))
    for key, _, _ in (*OBSTRUCTED, *REFUSED):
        stage.license(people[key])
    stage.do("cloud-role", object=stage.cloud_of(people["role"]), role="Exchange Administrator", how="active", on="on")


def restore_one(stage: Stage, people: AD_IDS) -> None:
    """An ordinary deletion that reached the cloud, and was undone there only."""
    cloud_id = stage.cloud_of(people["restored"])
    stage.do("ad-delete", object=people["restored"])
    stage.cycle()
    stage.do("cloud-restore", object=cloud_id)


def lose_deletions(stage: Stage, people: AD_IDS) -> None:
    """Accounts are deleted or moved, and the sync server is installed anew before it has told the cloud."""
    for key, *_ in (*ORPHANS, *OBSTRUCTED):
        if key not in ("restored", "filtered"):
            stage.do("ad-delete", object=people[key])
    stage.do("ad-delete", object=people["sip"])
    stage.do("ad-move", object=people["filtered"], container=stage.container("OU=Leavers"))
    new_guid = stage.state.new_id("guid", stage.state.next_seq())
    stage.set(people["sid"], "mS-DS-ConsistencyGuid", new_guid)
    stage.do("rebuild-sync")
    stage.cycle()


def return_as_new(stage: Stage, people: AD_IDS) -> AD_IDS:
    """Some orphans' accounts are made anew, with everything they had: name and address are in conflict."""
    made = {key: _again(stage, people[key]) for key in ("joe", "taro", "siobhan", "role")}
    made["sip"] = _again(stage, people["sip"])
    stage.cycle()
    return made


def return_renamed(stage: Stage, people: AD_IDS) -> AD_IDS:
    """Others come back under another sign-in name, and only want their old address."""
    made = {}
    for key in ("asa", "layla", "long", "mika", "noa", "deleted", "restored", "in-use"):
        made[key] = _again(stage, people[key])
        prefix, _, domain = stage.state.ad[made[key]].get("userPrincipalName").partition("@")
        stage.set(made[key], "userPrincipalName", f"{prefix[:40]}2@{domain}")
    stage.cycle()
    stage.do("cloud-delete", object=stage.cloud_of(people["deleted"]))
    new_user = stage.cloud_of(made["in-use"])
    stage.do("cloud-license", object=new_user, licence="Microsoft 365 E3", on="on")
    stage.do("cloud-sign-in", object=new_user)
    return made


def _again(stage: Stage, ad_id: str) -> str:
    """From the recycle bin for a moment, to be copied, and back: the new account is what stays."""
    live = stage.state.ad[ad_id].is_live
    if not live:
        stage.do("ad-restore", object=ad_id)
    made = stage.recreate(ad_id)
    if not live or stage.state.ad[ad_id].parent == stage.container("OU=People"):
        stage.do("ad-delete", object=ad_id)
    return made


def collide(stage: Stage) -> None:
    """Two live people, addresses shared with another's orphan, and one user between two existing ones."""
    stage.user("Joe Johnson", "Joe.Johnson", userPrincipalName=["Joe.J@contoso.com"])
    stage.user("Tuva Lie", "tuva.l", proxyAddresses=["SMTP:tuva.lie@contoso.com", "smtp:tuva.hansen@contoso.com"])
    stage.user("Ulrike Braun", "ulrike.braun", proxyAddresses=["SMTP:ulrich.braun@contoso.com"])
    stage.user("Victoria Hart", "victoria.hart", proxyAddresses=["SMTP:viktor.horvath@contoso.com"])
    stage.user(
        "Viktor Horváth",
        "viktor.horvath",
        proxyAddresses=["SMTP:viktor.h@contoso.com", "SIP:viktor.horvath@contoso.com"],
    )
    stage.user("Sales Desk", "sales.desk", proxyAddresses=["SMTP:sales.desk@contoso.com", "smtp:sales@contoso.com"])
    stage.cycle()


def collide_groups(stage: Stage) -> None:
    """Groups and contacts that share addresses, which no diagnosis covers."""
    stage.group("Project Aurora", "aurora@contoso.com")
    stage.group("Aurora Newsletter", "aurora@contoso.com")
    stage.contact("Lucerne Publishing", "hello@lucerne.example")
    stage.contact("Lucerne Publishing (press)", "hello@lucerne.example")
    stage.cycle()
    stage.cycle()
