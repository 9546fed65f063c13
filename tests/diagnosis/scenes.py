"""A small town: some orphans, one of them with two errors, two people who share an address, and groups that nobody diagnoses."""

from __future__ import annotations

from functools import cache

from portal.directories.simulator.seed.stage import Stage
from portal.directories.simulator.world.state import State
from tests.directories.simulator.scenes import stage


def town() -> Stage:
    """As new each time; its history is played once."""
    built = stage()
    built.now, document = _played()
    built.state = State.model_validate(document)
    return built


@cache
def _played():
    scene = stage()
    old = [scene.user(f"Person {one}", f"p{one}") for one in range(1, 4)]
    sip = scene.user("Person 4", "p4", proxyAddresses=["SMTP:p4@contoso.com", "SIP:p4@contoso.com"])
    scene.user("Person 5", "p5")
    scene.cycle()
    new = [scene.recreate(one) for one in old]
    scene.recreate(sip)
    for one in (*old, sip):
        scene.do("ad-delete", object=one)
    scene.do("rebuild-sync")
    for one in new[1:]:
        scene.set(one, "userPrincipalName", f"new-{one[:6]}@contoso.com")
    scene.user("Person 6", "p6", proxyAddresses=["SMTP:p5@contoso.com"])
    scene.group("Aurora", "aurora@contoso.com")
    scene.group("Borealis", "aurora@contoso.com")
    scene.cycle()
    scene.sweep()
    return scene.now, scene.state.as_document()
