"""The rules of everything that is no person: workers, directories that fail and change, and cycles."""

from __future__ import annotations

import contextlib

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from portal.diagnosis import cycles
from portal.diagnosis.deadlocks import in_one_transaction
from portal.diagnosis.fixes import leasing, running, sweeping
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.models import Fix
from portal.directories.faults import Report
from portal.directories.refusals import DirectoryFailure
from portal.directories.simulator.engine.flows import anchor_for
from portal.directories.simulator.world import switches
from portal.sync import actions
from portal.sync.actions import Closed
from portal.sync.models import SyncError
from tests.diagnosis.machine.base import PEOPLE, PLACES, SEEN, SETTLING, lives
from tests.diagnosis.machine.life import Crash, Life
from tests.diagnosis.machine.model import Expected
from tests.diagnosis.machine.people import People
from tests.diagnosis.office import STORES

# A worker's way through the longest plan has about so many steps, and a stored report too.
WORKING, STORING = lives(110, immortal=1), lives(60, immortal=3)


class World(People):
    """What goes on around the people."""

    # Workers

    @precondition(lambda self: self.under_way)
    @rule(life=WORKING)
    def a_worker_runs(self, life: Life) -> None:
        """A worker takes a fix that is free; its process may end at any step."""
        fix = Fix.objects.filter(leasing.free()).order_by("pk").first()
        if fix is None:
            return
        try:
            life.live(lambda: running.run_fix(fix.pk))
        except Crash:
            SEEN["crashed working"] += 1
        self.take_over(fix)

    @precondition(lambda self: self.under_way)
    @rule()
    def the_sweep_finds_what_was_left_alone(self) -> None:
        self.office.later(seconds=60)
        for pk in sweeping.left_alone():
            fix = Fix.objects.get(pk=pk)
            self.office.run(fix)
            assert fix.state != "claimed"
            self.take_over(fix)

    @rule(
        place=PLACES,
        who=PEOPLE,
        life=WORKING,
        fault=st.sampled_from(["", "", "timeout-before", "timeout-after", "unreachable"]),
        meanwhile=st.sampled_from(["", "", "", "object changes", "setting changes", "setting was changed", "silence"]),
        verdict=st.sampled_from(["", "written", "not-written"]),
        settling=SETTLING,
    )
    def go_straight_to_the_fix(
        self, place: int, who: str, life: Life, fault: str, meanwhile: str, verdict: str, settling: Life
    ) -> None:
        """From the questions to a worker, which may crash or meet a silent directory; else fixes would be rare."""
        self.the_directory_recovers()
        self._answer_both(place, who, "no", "yes")
        existing = self.error(place).existing_key
        if meanwhile == "object changes" and existing in self.office.directory.world().cloud:
            self.office.act("cloud-license", object=existing, licence=f"Visio {self.office.now}", on="on")
        if meanwhile == "setting was changed":
            self.office.switch(switches.WRITEBACK, on=True)
        if meanwhile == "silence":
            self.the_directory_fails("unreachable", "plan", 1)
        self.apply_fix(place, who, False, Life())
        if fault:
            self.the_directory_fails(fault, "apply", 6)
        if meanwhile == "setting changes":
            self.office.switch(switches.WRITEBACK, on=True)
        if self.under_way:
            self.a_worker_runs(life)
        self.office.switch(switches.WRITEBACK, on=False)
        if self.unknown and verdict:
            self.settle_by_hand(verdict, settling)

    # Directories

    @rule(
        fault=st.sampled_from(["timeout-before", "timeout-after", "nonsense", "unreachable", "throttled"]),
        operation=st.sampled_from(["apply", "apply", "observe", "plan", "find", "errors"]),
        times=st.sampled_from([1, 2, 6]),
    )
    def the_directory_fails(self, fault: str, operation: str, times: int) -> None:
        self.office.play(fault, operation=operation, times=str(times))
        SEEN["a directory fails"] += 1

    @rule()
    def the_directory_recovers(self) -> None:
        with STORES[self.office.tenant.pk].exclusively() as document:
            document.values["injections"], document.changed = [], True

    @rule(
        name=st.sampled_from([switches.WRITEBACK, switches.SERVER_DOWN, switches.HARDENED_IDENTIFIER]),
        on=st.sampled_from([True, False, False]),
    )
    def a_setting_changes(self, name: str, on: bool) -> None:
        self.office.switch(name, on=on)

    @rule(place=PLACES, value=st.sampled_from(["SMTP:free{}@contoso.com", "SMTP:p{}@contoso.com"]))
    def somebody_changes_an_address(self, place: int, value: str) -> None:
        """An address is given up, or taken again: errors go, and come back."""
        live = [one for one in self.office.directory.world().ad.values() if one.is_live]
        one = sorted(live, key=lambda found: found.id)[place % len(live)]
        number = int("".join(filter(str.isdigit, one.get("displayName"))) or 0)
        self.office.act("ad-set", object=one.id, attribute="proxyAddresses", value=value.format(number))

    @rule(place=PLACES)
    def a_value_is_given_up_and_taken_again(self, place: int) -> None:
        """The error goes with one cycle and comes back with another."""
        self.the_directory_recovers()
        error = self.error(place)
        anchor = error.fault["incoming"]["anchor"]
        world = self.office.directory.world()
        staged = [one for one in world.ad.values() if one.is_live and anchor_for(world, one) == anchor]
        if not staged or "proxy" not in error.attribute.casefold():
            return
        before = staged[0].all("proxyAddresses")
        self._set_addresses(staged[0].id, ["SMTP:nobody@contoso.com"])
        self.a_cycle_is_read(61, Life())
        self._set_addresses(staged[0].id, before)
        self.a_cycle_is_read(31, Life())

    def _set_addresses(self, one: str, values: list[str]) -> None:
        with STORES[self.office.tenant.pk].exclusively() as document:
            document.values["ad"][one]["attributes"]["proxyAddresses"], document.changed = list(values), True

    # Cycles

    @rule(minutes=st.sampled_from([5, 31, 61]), life=STORING)
    def a_cycle_is_read(self, minutes: int, life: Life) -> None:
        self.office.later(minutes=minutes)
        self._read(life)

    @rule(life=STORING)
    def a_runner_reads_and_dies(self, life: Life) -> None:
        """The directory has run its cycle; what it said is lost, and the next runner hears it again."""
        with contextlib.suppress(DirectoryFailure, Crash):
            life.live(lambda: actions.read_report(self.office.tenant))

    @rule()
    def the_same_moment_is_read_twice(self) -> None:
        if self._read(Life()):
            before = self.everything()
            self._read(Life())
            assert self.everything() == before

    @rule(place=st.integers(0, 5))
    def a_slow_runner_stores_an_old_report(self, place: int) -> None:
        """It read the directory some cycles ago, or at the moment of the last look, and comes too late."""
        before = self.everything()
        assert self._store(self.reports[place % len(self.reports)]) is None
        assert self.everything() == before

    def _store(self, report: Report) -> Closed | None:
        return in_one_transaction(cycles._store, self.office.tenant, report)

    def _read(self, life: Life) -> bool:
        """Whether a report was stored; a runner that dies on the way has stored nothing of it."""
        try:
            report = actions.read_report(self.office.tenant)
        except DirectoryFailure:
            return False
        before = self.everything() if life.at else None
        try:
            closed = life.live(lambda: self._store(report))
        except Crash:
            SEEN["crashed storing"] += 1
            assert before == self.everything(), "half a report was stored"
            return False
        self.reports = [*self.reports[-4:], report]
        self._take_in(report, closed)
        return True

    def _take_in(self, report: Report, closed: Closed | None) -> None:
        """What the model learns from a report that was stored."""
        errors = self.model.errors
        open_before = {pk for pk, known in errors.items() if known.open}
        self.model.cycle += bool(closed)
        for error in SyncError.objects.of(self.office.tenant):
            known = errors.setdefault(error.pk, Expected(eligible=error.is_eligible))
            known.eligible, known.open = error.is_eligible, error.cleared_in is None
            holding = fix_of(error)
            is_fixed = holding is not None and holding.state == "done"
            self.model.turn(error.pk, is_new_cycle=closed is not None, is_fixed=is_fixed)
        if not report.complete:
            assert open_before <= {pk for pk, known in errors.items() if known.open}, "an incomplete read cleared"
        if closed:
            settled = Fix.objects.filter(settled_in=closed.cycle.number).values_list("settled_how", flat=True)
            SEEN.update(f"settled {how}" for how in settled)
            SEEN["came back"] += len(closed.came_back_ids)
