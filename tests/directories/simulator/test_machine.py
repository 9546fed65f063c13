"""Whatever people do, in whatever order, between cycles, sweeps and fixes: what must never be lost or doubled."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal import clock
from portal.directories.anchors import guid_of
from portal.directories.eligibility import eligibility
from portal.directories.plans import Fix, Lease
from portal.directories.refusals import Refusal
from portal.directories.simulator.door import Simulator
from portal.directories.simulator.people.acting import ACTIONS, choices
from portal.directories.simulator.people.actions import ActionRefused, Field
from portal.directories.simulator.world.state import State
from portal.directories.simulator.world.store import MemoryStore
from portal.directories.simulator.world.values import fold, is_sip, is_smtp
from tests.directories.simulator.scenes import NOON, stage

NAMES = st.sampled_from(["ann", "bo", "joe.j", "joe.jackson", "鈴木", "o'neill"])
DOMAINS = st.sampled_from(["contoso.com", "fabrikam.com", "adatum.com", "contoso.local"])
PREFIXES = st.sampled_from(["", "SMTP:", "smtp:", "SIP:", "X500:"])
VALUES = st.builds(lambda prefix, name, domain: f"{prefix}{name}@{domain}", PREFIXES, NAMES, DOMAINS)
# Faults to play have tests of their own; here they would only hide what happens.
PEOPLE = sorted(set(ACTIONS) - {"play-fault", "lift-faults", "interval", "run-cycle"})


def small_town() -> State:
    """Two orphans, one of whose new accounts is refused, two people who share a name, a group and a cloud user."""
    scene = stage()
    orphans = [scene.user("Joe Jackson", "joe.jackson"), scene.user("Ann", "ann")]
    scene.do("ad-add-value", object=orphans[1], attribute="proxyAddresses", value="SIP:ann@contoso.com")
    scene.user("Bo Ek", "bo.ek")
    scene.group("Helpdesk", "bo@contoso.com")
    scene.cloud_user("Bo", "bo", address="smtp:joe.j@contoso.com")
    scene.cycle()
    for ad_id in orphans:
        scene.recreate(ad_id)
        scene.do("ad-delete", object=ad_id)
    scene.do("rebuild-sync")
    scene.user("Bo Öberg", "bo.oberg", userPrincipalName=["bo.ek@contoso.com"])
    scene.cycle()
    return scene.state


TOWN = small_town().as_document()


def raised(kind, act):
    """The refusal that `act` raised, None when it did what it was asked."""
    try:
        act()
    except kind as refused:
        return refused
    return None


class Contoso(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.now = NOON + timedelta(hours=1)
        self.simulator = Simulator(MemoryStore(TOWN))
        self.seen = set(TOWN["cloud"])
        self.log = []
        self.leases = 0
        self.plans = []

    def at_work(self):
        return clock.frozen(self.now)

    @rule(name=st.sampled_from(PEOPLE), data=st.data())
    def somebody_does_something(self, name, data):
        world = self.simulator.world()
        values = {one.name: self.value(world, one, data) for one in ACTIONS[name].parameters}
        with self.at_work():
            refused = raised(ActionRefused, lambda: self.simulator.act(name, values, who="somebody"))
        if refused:
            assert refused.sentence.endswith(".")
            assert self.simulator.world() == world

    def value(self, world, parameter, data):
        offered = [value for value, _ in choices(world, parameter)]
        if parameter.field in (Field.TEXT, Field.NUMBER):
            return data.draw(st.one_of(VALUES, NAMES))
        return data.draw(st.sampled_from(offered)) if offered else "nobody"

    def act(self, name, **values):
        with self.at_work():
            return raised(ActionRefused, lambda: self.simulator.act(name, values, who="somebody"))

    def one_of(self, data, things):
        ids = [one.id for one in things if one.is_live]
        return data.draw(st.sampled_from(ids)) if ids else None

    @rule(data=st.data(), value=VALUES)
    def somebody_wants_an_address(self, data, value):
        if chosen := self.one_of(data, self.simulator.world().ad.values()):
            self.act("ad-add-value", object=chosen, attribute="proxyAddresses", value=value)

    @rule(data=st.data(), value=VALUES)
    def somebody_wants_a_name(self, data, value):
        if chosen := self.one_of(data, self.simulator.world().ad.values()):
            self.act("ad-set", object=chosen, attribute="userPrincipalName", value=value)

    @rule(data=st.data())
    def an_account_is_made_anew_and_the_cloud_not_told(self, data):
        if chosen := self.one_of(data, self.simulator.world().ad.values()):
            self.act("ad-recreate", object=chosen)
            self.act("ad-delete", object=chosen)
            self.act("rebuild-sync")

    @rule(source=st.data())
    def an_account_gets_the_anchor_of_another(self, source):
        world = self.simulator.world()
        live = [one.id for one in world.ad.values() if one.is_live]
        guids = sorted({guid_of(one.anchor) for one in world.cloud.values() if one.anchor} - {""})
        if live and guids:
            chosen = {"object": source.draw(st.sampled_from(live)), "value": source.draw(st.sampled_from(guids))}
            with self.at_work():
                self.simulator.act("ad-set", chosen | {"attribute": "mS-DS-ConsistencyGuid"}, who="somebody")

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)
        with self.at_work():
            self.simulator.errors()

    @rule(days=st.integers(1, 40))
    def days_pass(self, days):
        self.now += timedelta(days=days)
        with self.at_work():
            self.simulator.errors()

    @rule()
    def a_cycle_runs(self):
        self.now += timedelta(minutes=30)
        with self.at_work():
            refused = raised(Refusal, self.simulator.start_cycle)
        assert refused is None or refused.code == "cycle-under-way"

    @rule(data=st.data())
    def a_fix_is_carried_through(self, data):
        self.a_fix_is_tried(data, 9)

    @rule(data=st.data(), steps=st.integers(0, 4))
    def a_fix_is_begun(self, data, steps):
        self.a_fix_is_tried(data, steps)

    def a_fix_is_tried(self, data, steps):
        with self.at_work():
            faults = [one for one in self.simulator.errors().faults if eligibility(one)]
            if not faults:
                return
            fault = data.draw(st.sampled_from(faults))
            try:
                plan = self.simulator.plan(Fix(fault=fault, overrides_use=True, clears_identifier=True))
            except Refusal:
                return
            self.leases += 1
            lease = Lease(fix=f"fix-{self.leases}", number=self.leases, holder="worker")
            self.plans.append((plan, lease))
            self.apply(plan.steps[:steps], lease)

    @rule(data=st.data())
    def an_old_fix_is_taken_up_again(self, data):
        if self.plans:
            plan, lease = data.draw(st.sampled_from(self.plans))
            with self.at_work():
                self.apply(plan.steps, lease)

    def apply(self, steps, lease):
        for step in steps:
            if raised(Refusal, partial(self.simulator.apply, step, lease)):
                return

    @invariant()
    def values_are_unique(self):
        for name, values in self.unique_values().items():
            doubled = [value for value, count in Counter(values).items() if count > 1]
            assert not doubled, (name, doubled)

    def unique_values(self):
        cloud = self.simulator.world().cloud.values()
        addresses = [address for one in cloud for address in one.all("proxyAddresses")]
        return {
            "names": [fold("userPrincipalName", one.get("userPrincipalName")) for one in cloud if one.kind == "user"],
            "addresses": [fold("proxyAddresses", address) for address in addresses if is_smtp(address)],
            "sip": [address.casefold() for address in addresses if is_sip(address)],
            "anchors": [one.anchor for one in cloud if one.anchor],
            "sids": [
                one.get("onPremisesSecurityIdentifier") for one in cloud if one.get("onPremisesSecurityIdentifier")
            ],
        }

    @invariant()
    def nobody_is_lost(self):
        world = self.simulator.world()
        purged = {line.target for line in world.log if line.what == "purged"}
        self.seen |= set(world.cloud)
        assert self.seen - set(world.cloud) == self.seen & purged

    @invariant()
    def the_log_only_grows(self):
        log = self.simulator.log()
        assert log[: len(self.log)] == self.log
        assert [line.number for line in log] == list(range(1, len(log) + 1))
        self.log = log

    @invariant()
    def no_step_of_a_fix_is_written_twice_unless_something_else_undid_it(self):
        standing = set()
        for line in self.log:
            if line.fix and line.what != "fix refused":
                assert (line.target, line.fix, line.step) not in standing
                standing.add((line.target, line.fix, line.step))
            elif not line.fix:
                standing = {one for one in standing if one[0] != line.target}

    @invariant()
    def a_cloud_object_has_one_source(self):
        connectors = self.simulator.world().connectors.values()
        linked = [one.cloud_id for one in connectors if one.cloud_id and not one.going]
        assert len(linked) == len(set(linked))

    @invariant()
    def held_values_are_not_held_in_earnest(self):
        for one in self.simulator.world().cloud.values():
            for held in one.held:
                mine = [fold("proxyAddresses", value) for value in one.all("proxyAddresses") if is_smtp(value)]
                assert held.property != "ProxyAddress" or fold("proxyAddresses", held.value) not in mine


SHORT = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Contoso.TestCase.settings = SHORT
TestContoso = Contoso.TestCase


@pytest.mark.soak
def test_contoso_for_long():
    run_state_machine_as_test(
        Contoso, settings=settings(SHORT, max_examples=200, stateful_step_count=50, derandomize=False)
    )
