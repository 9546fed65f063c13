"""The case summary of a diagnosis, as text and as Markdown, for a support case; redacted on request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from portal.accounts.models import Person
from portal.diagnosis.fixes.claims import fix_of
from portal.diagnosis.fixes.progress import steps_of
from portal.diagnosis.looking import fault_of
from portal.diagnosis.models import Diagnosis, Fix
from portal.diagnosis.questions import way
from portal.diagnosis.redacting import Redactor, Sort
from portal.diagnosis.statuses import current_cycle
from portal.directories import wire
from portal.directories.evidence import Evidence, Finding
from portal.directories.faults import Fault
from portal.directories.objects import DirectoryObject, ObjectRef
from portal.forms.casefile import Row, Section, Summary
from portal.sync.models import ErrorEvent, SyncError


def summary(diagnosis: Diagnosis, *, redacted: bool = False, more: tuple[Section, ...] = ()) -> Summary:
    """Everything that support asks for: the error, both objects, questions with evidence, and what was done.

    `more` are sections of what else is told, such as the answers to a scoping form; names are taken out of them as well.
    """
    told = Summary(
        title=f"Sync error {diagnosis.error_id}, cycle {diagnosis.cycle}", sections=(*_sections(diagnosis), *more)
    )
    return _redacted(told, Redactor(_secrets(diagnosis))) if redacted else told


def _sections(diagnosis: Diagnosis) -> Iterator[Section]:
    fault = fault_of(diagnosis.error)
    yield Section(heading="Error", rows=tuple(_error_rows(diagnosis, fault)))
    yield Section(heading="Incoming object", rows=tuple(_object_rows(fault.incoming)))
    if fault.existing:
        yield Section(heading="Existing object", rows=tuple(_object_rows(fault.existing)))
    yield Section(heading="Diagnosis", rows=tuple(_diagnosis_rows(diagnosis)))
    for number, given in enumerate(diagnosis.given, start=1):
        yield Section(heading=f"Answer {number}", rows=tuple(_answer_rows(diagnosis, given)))
    for fix in diagnosis.error.fixes.order_by("pk").prefetch_related("journal"):
        yield Section(heading=f"Fix {fix.pk}", rows=tuple(_fix_rows(fix)))
    if history := tuple(_history_rows(diagnosis)):
        yield Section(heading="History", rows=history)


def _error_rows(diagnosis: Diagnosis, fault: Fault) -> Iterator[Row]:
    error = diagnosis.error
    yield "Tenant", error.tenant.name
    yield "Category", fault.category.label
    yield "Type", error.type
    yield "Attribute", error.attribute
    yield from _filled(
        ("Value", error.value), ("Value put in its place", fault.modified_value), ("Detail", fault.detail)
    )
    yield "First seen", f"{error.first_seen_at:%Y-%m-%d %H:%M} UTC"
    yield "Last seen", f"{error.seen_at:%Y-%m-%d %H:%M} UTC, cycle {error.last_cycle}"
    if error.sweep_by:
        yield "Waiting for the sweep", f"by {error.sweep_by:%H:%M} UTC"


def _object_rows(ref: ObjectRef) -> Iterator[Row]:
    yield from _filled(
        ("Kind", ref.kind),
        ("Display name", ref.display_name),
        ("UserPrincipalName", ref.user_principal_name),
        ("Mail", ref.mail),
        ("Source anchor", ref.anchor),
        ("Connector space id", ref.connector_id),
        ("Object ID", ref.cloud_id),
        ("Distinguished name", ref.distinguished_name),
        ("Source of authority", ref.source_of_authority),
    )


def _diagnosis_rows(diagnosis: Diagnosis) -> Iterator[Row]:
    walk = way(diagnosis)
    yield "Flow", walk.flow.title
    yield "Status", _standing(diagnosis.error)
    for step in walk.taken:
        yield step.question.ask, step.answer.say
    if walk.outcome:
        yield "Outcome", walk.outcome.title
    elif diagnosis.error.cleared_in is None and fix_of(diagnosis.error) is None:
        yield "Open question", walk.here.ask


def _standing(error: SyncError) -> str:
    """As the error's page says it now, whatever cycle the diagnosis is from."""
    if error.cleared_in is not None:
        return f"Gone: cycle {error.cleared_in} cleared it"
    status, fix = error.status_in(current_cycle(error.tenant)).label, fix_of(error)
    return f"{status} (fix {fix.pk}: {fix.get_state_display()})" if fix else status


def _answer_rows(diagnosis: Diagnosis, given: dict[str, Any]) -> Iterator[Row]:
    question = way(diagnosis).flow.questions.get(given["question"])
    answer = question.answers.get(given["answer"]) if question else None
    yield "Question", question.ask if question else given["question"]
    yield "Answer", answer.say if answer else given["answer"]
    yield "Given by", f"{given['by']} at {given['at'][:16].replace('T', ' ')} UTC"
    yield from _filled(("The directory", given["trouble"]))
    if given["evidence"]:
        finding = wire.load(Finding, given["evidence"])
        if finding.suggests:
            yield "The directory suggests", f"{finding.suggests} ({finding.confidence})"
        for piece in finding.evidence:
            yield _evidence_row(piece)


def _evidence_row(piece: Evidence) -> Row:
    values = " / ".join(one for one in (piece.incoming_value, piece.existing_value) if one)
    about = values or piece.sought
    return f"Looked at {piece.lookup} in {piece.where}", f"{piece.sentence} {f'({about})' if about else ''}".strip()


def _fix_rows(fix: Fix) -> Iterator[Row]:
    yield "State", fix.get_state_display()
    yield "Requested", f"{fix.requested_at:%Y-%m-%d %H:%M} UTC by {fix.requested_by or 'somebody who is gone'}"
    if fix.refusal:
        yield "Refused", fix.refusal["sentence"]
        yield "Next action", fix.refusal["next_action"]
        yield from fix.refusal["facts"].items()
    yield from _filled(("Message", fix.message), ("Result", fix.get_settled_how_display() if fix.settled_how else ""))
    for one in steps_of(fix):
        yield (
            f"Step {one.step.number}, {one.step.key}",
            f"{one.progress}: {one.step.before or '(empty)'} to {one.step.after or '(empty)'}",
        )


def _history_rows(diagnosis: Diagnosis) -> Iterator[Row]:
    for event in ErrorEvent.objects.filter(error=diagnosis.error_id).order_by("pk"):
        yield f"Cycle {event.cycle}", f"{event.what} {event.detail}".strip()


def _filled(*rows: Row) -> Iterator[Row]:
    return (row for row in rows if row[1])


def _secrets(diagnosis: Diagnosis) -> Iterator[tuple[Sort, str]]:
    fault = fault_of(diagnosis.error)
    yield Sort.TENANT, diagnosis.error.tenant.name
    for ref in (fault.incoming, fault.existing):
        if ref:
            yield from _of_ref(ref)
    for value in (fault.value, fault.modified_value):
        yield Sort.VALUE, value
        yield Sort.PLACE, _domain(value)
    for given in diagnosis.given:
        yield Sort.PERSON, given["by"]
        if given["evidence"]:
            yield from _of_finding(wire.load(Finding, given["evidence"]))
    for fix in diagnosis.error.fixes.all():
        yield from _of_fix(fix)


def _of_ref(ref: ObjectRef) -> Iterator[tuple[Sort, str]]:
    yield Sort.NAME, ref.display_name
    yield Sort.SIGN_IN_NAME, ref.user_principal_name
    yield Sort.ADDRESS, ref.mail
    yield Sort.PLACE, ref.distinguished_name
    yield from ((Sort.PLACE, _domain(one)) for one in (ref.user_principal_name, ref.mail))
    yield from ((Sort.ID, one) for one in (ref.anchor, ref.connector_id, ref.cloud_id))


def _of_finding(finding: Finding) -> Iterator[tuple[Sort, str]]:
    for one in (*finding.incoming, *finding.existing):
        yield from _of_object(one)
    for piece in finding.evidence:
        yield Sort.PLACE, piece.server
        yield from ((Sort.VALUE, value) for value in (piece.sought, piece.incoming_value, piece.existing_value))
        for one in piece.objects:
            yield from _of_object(one)


def _domain(address: str) -> str:
    """What stands behind the @ names an organization too."""
    return address.rpartition("@")[2].strip() if "@" in address else ""


def _of_object(one: DirectoryObject) -> Iterator[tuple[Sort, str]]:
    yield Sort.NAME, one.display_name
    yield Sort.ID, one.id
    yield Sort.ID, one.anchor


def _of_fix(fix: Fix) -> Iterator[tuple[Sort, str]]:
    """What stands in its steps; a flag or a state, such as True or deleted, gives nobody away."""
    person: Person | None = fix.requested_by
    if person:
        yield Sort.PERSON, person.name
    for one in steps_of(fix):
        yield Sort.NAME, one.step.target_name
        yield Sort.ID, one.step.target
        if one.step.key in ("set-anchor", "clear-identifier", "write-guid"):
            yield Sort.ID, one.step.before
            yield Sort.ID, one.step.after
    for value in (fix.refusal or {}).get("facts", {}).values():
        if value.startswith("User_"):
            yield Sort.ID, value


def _redacted(told: Summary, redactor: Redactor) -> Summary:
    sections = []
    for section in told.sections:
        rows = tuple((label, redactor.redact(value)) for label, value in section.rows)
        sections.append(replace(section, rows=rows))
    return replace(told, sections=tuple(sections))
