"""The record of a tenant: who did what, when, to what; shown, filtered, and taken along as CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.models import RecordEntry
from portal.accounts.record import note
from portal.accounts.rights import Right
from portal.diagnosis.flow import flow
from portal.directories.simulator.people.acting import ACTIONS
from portal.pages import problem_pages
from portal.pages.tenants import labels
from portal.pages.tenants.entering import Visit, show_to, tenant_page
from portal.pages.tenants.exporting import BATCH, csv_answer
from portal.pages.tenants.telling import told
from portal.pages.vocabulary import said, said_again
from portal.sync.listing import HEAVY, TooSlow, in_time
from portal.sync.models import SyncError

LINES_ON_A_PAGE = 100
# The words of the line say it already.
UNTOLD = frozenset({"state"})
LONGEST_NUMBER = 18


class BadFilter(ValueError):
    """A filter that makes no sense; the message is a sentence."""


@tenant_page(Right.SEE_RECORD)
def record(request: HttpRequest, visit: Visit) -> HttpResponse:
    try:
        entries, kept = _filtered(request, visit)
        after = _number(request, "after")
        with in_time():
            found = list((entries.filter(pk__lt=after) if after else entries)[: LINES_ON_A_PAGE + 1])
    except BadFilter as bad:
        return problem_pages.bad_value(request, visit.reader, says=str(bad))
    except TooSlow:
        return _show(request, visit, [], {}, more=False, too_slow=True)
    return _show(request, visit, found[:LINES_ON_A_PAGE], kept, more=len(found) > LINES_ON_A_PAGE)


def _show(
    request: HttpRequest,
    visit: Visit,
    lines: list[RecordEntry],
    kept: dict[str, Any],
    *,
    more: bool,
    too_slow: bool = False,
) -> HttpResponse:
    numbers = {one.error_id for one in lines if one.error_id}
    errors = SyncError.objects.of(visit.tenant).defer(*HEAVY).in_bulk(numbers)
    context = {
        "title": _("Record"),
        "section": "record",
        "lines": [
            (labels.ACTS.get(one.what, one.what), one, _about(one, errors), _details(visit, one)) for one in lines
        ],
        "acts": labels.ACTS.items(),
        "kept": kept,
        "query": urlencode(kept),
        "next_query": urlencode({**kept, "after": lines[-1].pk}) if more else "",
        "is_first": "after" not in request.GET,
        "too_slow": too_slow,
    }
    return show_to(request, visit, "record/record.html", context)


def _details(visit: Visit, line: RecordEntry) -> str:
    """What a line keeps beside its words; an answer in the words of its question, as far as the flow still has them."""
    if line.what == "demo-acted":
        return said_again(line.details)
    details = dict(line.details)
    known = flow(locale=visit.reader.locale.code).questions.get(details.get("question", ""))
    if known and details.get("answer") in known.answers:
        details |= {"question": known.ask, "answer": known.answers[details["answer"]].say}
    return told(details, without=UNTOLD)


def _about(line: RecordEntry, errors: dict[int, SyncError]) -> str:
    """What a line is about: an error as pages call it, an act in the simulated directory by its name."""
    if error := errors.get(line.error_id):
        return _("%(attribute)s of %(name)s") % {
            "attribute": error.attribute or error.type,
            "name": error.incoming_name,
        }
    if line.what == "demo-acted" and line.about in ACTIONS:
        return said(ACTIONS[line.about].says)
    return line.about


@tenant_page(Right.SEE_RECORD)
def record_csv(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _export(request, visit, "csv", lambda lines, name: csv_answer(_csv_rows(lines), name))


@tenant_page(Right.SEE_RECORD)
def record_json(request: HttpRequest, visit: Visit) -> HttpResponse:
    """JSON Lines, oldest last, as the page shows them."""
    return _export(request, visit, "jsonl", _json_answer)


def _export(request: HttpRequest, visit: Visit, ending: str, answer: Any) -> HttpResponse:
    try:
        entries, _kept = _filtered(request, visit)
    except BadFilter as bad:
        return problem_pages.bad_value(request, visit.reader, says=str(bad))
    if request.method != "HEAD":
        note(visit.tenant, who=visit.person, what="exported", about="record", details={"as": ending})
    return answer(entries.iterator(chunk_size=BATCH), f"{visit.tenant.slug}-record-{clock.now():%Y-%m-%d}.{ending}")


def _csv_rows(lines: Iterable[RecordEntry]) -> Iterator[list[object]]:
    yield ["at (UTC)", "who", "what", "about", "error", "fix", "details"]
    for one in lines:
        at = f"{one.at:%Y-%m-%d %H:%M:%S}"
        details = json.dumps(one.details, ensure_ascii=False, sort_keys=True)
        yield [at, one.who, one.what, one.about, one.error_id, one.fix_id, details]


def _json_answer(lines: Iterable[RecordEntry], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_json_lines(lines), content_type="application/jsonl; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _json_lines(lines: Iterable[RecordEntry]) -> Iterator[str]:
    for one in lines:
        row = {"at": one.at.isoformat(), "who": one.who, "what": one.what, "about": one.about}
        row |= {"error": one.error_id, "fix": one.fix_id, "details": one.details}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _filtered(request: HttpRequest, visit: Visit) -> tuple[QuerySet[RecordEntry], dict[str, Any]]:
    """The lines that fit the filters of the address, newest first, and these filters. Raises BadFilter."""
    entries = RecordEntry.objects.filter(tenant=visit.tenant).order_by("-pk")
    what, error = request.GET.get("what", ""), _number(request, "error")
    if what and what not in labels.ACTS:
        raise BadFilter(_("“what” can be one of: %(known)s.") % {"known": ", ".join(labels.ACTS)})
    if what:
        entries = entries.filter(what=what)
    if error:
        entries = entries.filter(error_id=error)
    return entries, {name: value for name, value in (("what", what), ("error", error)) if value}


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER):
        raise BadFilter(_("“%(name)s” must be a number.") % {"name": name})
    return int(value)
