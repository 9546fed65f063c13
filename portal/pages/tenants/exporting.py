"""Sync errors as CSV, row by row, whatever their number; safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from portal import clock
from portal.accounts.record import note
from portal.accounts.rights import Right
from portal.diagnosis.fixes.claims import fixes_of
from portal.diagnosis.marks import marks
from portal.diagnosis.models import Fix
from portal.pages import problem_pages
from portal.pages.tenants import labels
from portal.pages.tenants.entering import Visit, tenant_page
from portal.pages.tenants.wishing import BadWish, read_wish
from portal.sync import actions, listing
from portal.sync.models import SyncError, SyncState

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection); where the comma is the decimal sign, cells
# end at semicolons, whatever quotes stand around them. Full-width signs count too.
FORMULA_START = re.compile("(^|[;\t\r\n] *)(?=[=+@\uff1d\uff0b\uff0d\uff20\t\r\n-])")
BATCH = 2_000


class _Line:
    """A file that hands each line straight on."""

    def write(self, line: str) -> str:
        return line


def safe(value: object) -> str:
    """A cell that no spreadsheet runs: an apostrophe before what looks like a formula."""
    return FORMULA_START.sub(r"\1'", "" if value is None else str(value))


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff"  # without it spreadsheets read UTF-8 as something else
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def csv_answer(rows: Iterable[Iterable[object]], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@tenant_page(Right.SEE, methods=("GET", "HEAD", "POST"))
def errors_csv(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The errors that the filters leave, all pages of them."""
    try:
        wish = read_wish(request.POST if request.method == "POST" else request.GET)
    except BadWish as bad:
        return problem_pages.bad_value(request, visit.reader, says=str(bad))
    state = actions.begin(visit.tenant)
    if request.method != "HEAD":
        note(visit.tenant, who=visit.person, what="exported", about="sync errors", details={"as": "csv"})
    errors = listing.everything(visit.tenant, state.cycle, wish)
    rows = chain([_head()], _rows(errors.iterator(chunk_size=BATCH), state))
    return csv_answer(rows, f"{visit.tenant.slug}-sync-errors-{clock.now():%Y-%m-%d}.csv")


def _head() -> list[str]:
    """Read before the answer streams: then the reader's language is no longer set."""
    return [
        _("Number"), _("Category"), _("Type"), _("Attribute"), _("Value"), _("Incoming object"), _("Existing object"),
        _("Diagnose status"), _("Marks"), _("First seen (UTC)"), _("Last seen (UTC)"),
    ]  # fmt: skip


def _rows(errors: Iterable[SyncError], state: SyncState) -> Iterator[list[object]]:
    for error, fix in _with_fixes(errors):
        yield [
            error.pk, labels.category(error.category), error.type, error.attribute, error.value,
            error.incoming_name, error.existing_name, error.status_in(state.cycle).label,
            ", ".join(mark.label for mark in marks(error, state, fix)),
            f"{error.first_seen_at:%Y-%m-%d %H:%M}", f"{error.seen_at:%Y-%m-%d %H:%M}",
        ]  # fmt: skip


def _with_fixes(errors: Iterable[SyncError]) -> Iterator[tuple[SyncError, Fix | None]]:
    """Each error with the fix that holds its pair now, found for many at a time."""
    left = iter(errors)
    while batch := list(islice(left, BATCH)):
        fixes = fixes_of(batch)
        yield from ((error, fixes.get(error.pk)) for error in batch)
