"""The simulator as a directory: the Protocol over the document, and what only a simulator can do beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from portal import clock
from portal.directories.evidence import Finding, Question
from portal.directories.faults import Category, Fault, Report
from portal.directories.plans import Fix, Lease, Observation, Plan, Step, StepResult
from portal.directories.protocol import Capabilities
from portal.directories.refusals import Refusal
from portal.directories.simulator.engine.cycle import catch_up, is_cycle_due, is_sweep_due, run_cycle
from portal.directories.simulator.engine.sweeping import sweep
from portal.directories.simulator.fixing import applying, planning
from portal.directories.simulator.injecting import played, truncate
from portal.directories.simulator.people.acting import perform
from portal.directories.simulator.reading import finding
from portal.directories.simulator.reading.reporting import report
from portal.directories.simulator.world import switches
from portal.directories.simulator.world.state import LogEntry, State
from portal.directories.simulator.world.store import Store


class Simulator:
    """A Directory. Every call loads the document; what writes holds it alone and saves it before anything is raised."""

    capabilities = Capabilities(
        finds=True, plans=True, applies=True, starts_cycles=True, fences=True, categories=frozenset(Category)
    )

    def __init__(self, store: Store) -> None:
        self._store = store

    def errors(self) -> Report:
        """The report, after the scheduler and the hourly sweep have done what is due by now."""
        with played(self._store, "errors") as play:
            now = clock.now()
            state = State.model_validate(play.values)
            if is_cycle_due(state, now) or is_sweep_due(state, now):
                with self._held() as state:
                    catch_up(state, now)
            whole = report(state, now)
            return truncate(whole) if play.injection and play.injection.kind == "truncated" else whole

    def find(self, question: Question, fault: Fault) -> Finding:
        with played(self._store, "find") as play:
            return finding.find(State.model_validate(play.values), question, fault, clock.now())

    def plan(self, fix: Fix) -> Plan:
        with played(self._store, "plan") as play:
            return planning.plan(State.model_validate(play.values), fix, clock.now())

    def apply(self, step: Step, lease: Lease) -> StepResult:
        with played(self._store, "apply", step.key):
            with self._held() as state:
                outcome = _outcome(state, step, lease)
            if isinstance(outcome, Refusal):
                raise outcome
            return outcome

    def observe(self, step: Step, lease: Lease) -> Observation:
        with played(self._store, "observe", step.key):
            with self._held() as state:
                refusal = applying.fence(state, step, lease)
                seen = applying.observe(state, step, clock.now())
            if refusal is not None:
                raise refusal
            return seen

    def start_cycle(self) -> int:
        """Also while the scheduler is stopped, as a person can; raises Refusal while an export does not end."""
        with played(self._store, "start_cycle"), self._held() as state:
            if state.switched(switches.EXPORT_UNDER_WAY):
                raise Refusal("cycle-under-way")
            now = clock.now()
            if is_sweep_due(state, now):
                sweep(state, now)
            return run_cycle(state, now)

    def act(self, name: str, values: Mapping[str, str], *, who: str) -> str:
        """Do what a person does in Contoso; returns a sentence, raises ActionRefused with one."""
        with self._held() as state:
            return perform(state, name, values, who=who, now=clock.now())

    def world(self) -> State:
        """Everything as it is now, for looking."""
        return State.model_validate(self._store.read())

    def log(self, *, after: int = 0) -> list[LogEntry]:
        """The lines of the log from number `after` + 1 on."""
        return self.world().log[after:]

    @contextmanager
    def _held(self) -> Iterator[State]:
        with self._store.exclusively() as document:
            state = State.model_validate(document.values)
            yield state
            document.values = state.as_document()
            document.changed = True


def _outcome(state: State, step: Step, lease: Lease) -> StepResult | Refusal:
    """The outcome as a value: the fence and the log must be saved before a refusal is raised."""
    now = clock.now()
    refusal = applying.fence(state, step, lease)
    if refusal is None:
        try:
            return applying.attempt(state, step, lease, now)
        except Refusal as refused:
            refusal = refused
    state.note(
        now,
        lease.holder,
        "fix refused",
        target=step.target,
        name=step.target_name,
        after=refusal.code,
        fix=lease.fix,
        lease=lease.number,
        step=step.key,
    )
    return refusal
