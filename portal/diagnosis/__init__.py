"""Diagnoses and fixes: answers, statuses, Close, Apply Fix, claims and the journal.

For pages and the API; every `by` is the Person who acts, and her right is checked at that moment. What is not done raises
a `problems.NotDone` with `code`, `message` and `next_action`, and leaves the state as it was.

questions  `diagnosis_now(error, person) -> Diagnosis` opens; `current(error) -> Diagnosis | None` only looks;
           `way(diagnosis, locale=, until=) -> flows.Walk`; `earlier_answers(diagnosis) -> {question: EarlierAnswer}`;
           `answer(diagnosis, question, answer, revision=, by=) -> Diagnosis` (a form carries `diagnosis.revision`)
looking    `look(error, question) -> Look(finding, trouble)`; `look_at_objects(error)` for both objects side by side
closing    `may_close(diagnosis)`; `close(diagnosis, by, revision=None)`; `reopen(diagnosis, by)`
fixes      `asking.dry_run(diagnosis, by, clears_identifier=, overrides_use=) -> Plan`;
           `asking.request_fix(diagnosis, by, seen=plan.fingerprint, clears_identifier=, overrides_use=) -> Fix`
           (a second click gets the fix that is under way); `claims.fix_of(error)`, `claims.fixes_of(errors)`,
           `claims.last_fix_of(error)`; `progress.steps_of(fix)` for showing; `settling.settle_unknown(fix, how, by)`
cycles     `run_cycle(tenant) -> Closed | None`; `start_cycle(tenant, by)`; `due_tenants()`
marks      `marks(error, state, fix) -> tuple[Mark, ...]`: what stands beside the status
summary    `summary(diagnosis, redacted=) -> Summary` with `.text` and `.markdown`
problems   RoleMissing, ErrorCleared, NotDiagnosed, CycleOver, StaleForm, FlowChanged, NotInFlow, ClosedAlready, NotClosed,
           NothingToClose, NotAtTheFix, DryRunUnseen, FixBusy, NothingToSettle, CannotSettleSo, DirectoryTrouble,
           Refused (`.refusal`, `.reason`, `.object`, `.facts`, `.leaves`, `.preconditions`)

The status of an error: `error.status_in(cycle)` with the tenant's `SyncState.cycle` (`statuses.current_cycle`).
"""
