"""What the API tells of the caller's own tenants: errors, diagnoses, cycles, the record; read-only."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router

from portal.accounts.models import RecordEntry, Tenant
from portal.accounts.rights import Right
from portal.api.callers import caller, tenant_of
from portal.api.problems import BadValue, NotKnown, NotNow
from portal.api.tenant_schemas import CyclesOut, DiagnosisOut, ErrorDetail, ErrorsOut, RecordOut, TenantsOut
from portal.diagnosis.fixes.claims import fixes_of
from portal.diagnosis.flow import FLOW
from portal.diagnosis.marks import marks
from portal.diagnosis.models import Diagnosis
from portal.diagnosis.questions import way
from portal.diagnosis.summary import summary
from portal.directories.eligibility import REASON_SENTENCES, Reason
from portal.directories.faults import Category
from portal.locales import ENGLISH
from portal.sync import listing
from portal.sync.listing import Sort, TooSlow, Wish
from portal.sync.models import CategoryCount, Cycle, Marked, Status, SyncError, SyncState

ON_A_PAGE, MOST_ON_A_PAGE = 50, 200
LARGEST_ID = 2**63 - 1
LONGEST_HISTORY = 200

router = Router(tags=["tenants"])
E = TypeVar("E", bound=StrEnum | Status)


@router.get("/tenants", response=TenantsOut, summary="Your tenants")
def tenants(request: HttpRequest, response: HttpResponse):
    """Every tenant you are in, or the one your token is for; how many errors are open, and when its cycle is due."""
    unstored(response)
    asking = caller(request)
    return {"tenants": [_tenant(request, one, asking.rights_in(one)) for one in asking.tenants()]}


@router.get(
    "/tenants/{tenant}/errors", response=ErrorsOut, summary="The open sync errors of a tenant, a page at a time"
)
def errors(
    request: HttpRequest,
    response: HttpResponse,
    tenant: str,
    category: str = "",
    status: str = "",
    attribute: str = "",
    mark: str = "",
    sort: str = "",
    limit: str = "",
    after: str = "",
):
    """Filtered as on the page; there is no search for words, because names of people do not belong into an address."""
    unstored(response)
    place = tenant_of(request, tenant, Right.SEE)
    wish = Wish(
        category=one_of("category", category, Category) or "",
        status=one_of("status", status, Status),
        attribute=attribute.replace("\x00", "")[:120],
        mark=one_of("mark", mark, Marked),
        sort=one_of("sort", sort, Sort) or Sort.NEWEST,
        size=number("limit", limit, most=MOST_ON_A_PAGE) or ON_A_PAGE,
        after=number("after", after),
    )
    state = SyncState.objects.filter(tenant=place).first()
    if state is None:
        return {"tenant": place.slug, "cycle": None, "errors": [], "next": None}
    try:
        with listing.in_time():
            page = listing.page(place, state.cycle, wish)
    except TooSlow:
        raise NotNow("This filter touches too many errors to be answered in time. Narrow it by a category.") from None
    return {
        "tenant": place.slug,
        "cycle": state.cycle,
        "errors": _errors(request, place, state, page.errors),
        "next": page.last if page.more else None,
    }


@router.get("/tenants/{tenant}/errors/{error}", response=ErrorDetail, summary="One sync error")
def one_error(request: HttpRequest, response: HttpResponse, tenant: str, error: str):
    """With what its directory reports of it, and what happened to it in which cycle. A cleared error is still there."""
    unstored(response)
    place, found = _error(request, tenant, error)
    state = SyncState.objects.get(tenant=place)
    events = found.events.order_by("-pk")[:LONGEST_HISTORY]
    return {
        **_errors(request, place, state, [found])[0],
        "report": found.fault,
        "is_diagnosed": found.is_eligible,
        "why_not": "" if found.is_eligible else REASON_SENTENCES[Reason(found.eligibility)],
        "history": [{"at": one.at, "cycle": one.cycle, "what": one.what, "detail": one.detail} for one in events],
    }


@router.get("/tenants/{tenant}/errors/{error}/diagnosis", response=DiagnosisOut, summary="The diagnosis of an error")
def diagnosis(request: HttpRequest, response: HttpResponse, tenant: str, error: str, redacted: str = ""):
    """The answers given in the last cycle in which it was opened, and the case summary, as text and as Markdown."""
    unstored(response)
    _place, found = _error(request, tenant, error)
    last = found.diagnoses.select_related("error__tenant").order_by("-cycle").first()
    if last is None:
        raise NotKnown("Nobody has opened the diagnosis of this error yet.")
    told, walk = summary(last, redacted=flag("redacted", redacted)), way(last, locale=ENGLISH)
    return {
        "error": found.pk,
        "cycle": last.cycle,
        "status": _status_of(last, found),
        "flow": last.flow or FLOW,
        "answers": [
            {
                "question": step.question.name,
                "answer": step.answer.name,
                "asked": step.question.ask,
                "said": step.answer.say,
            }
            for step in walk.taken
        ],
        "open_question": None if walk.outcome else walk.here.name,
        "outcome": walk.outcome.name if walk.outcome else None,
        "summary": told.text,
        "markdown": told.markdown,
    }


@router.get("/tenants/{tenant}/cycles", response=CyclesOut, summary="The closed sync cycles of a tenant, newest first")
def cycles(request: HttpRequest, response: HttpResponse, tenant: str, limit: str = "", after: str = ""):
    """When each was opened and closed, whether its report was complete, and what it changed."""
    unstored(response)
    place = tenant_of(request, tenant, Right.SEE)
    size, before = number("limit", limit, most=MOST_ON_A_PAGE) or ON_A_PAGE, number("after", after)
    rows = Cycle.objects.filter(tenant=place).order_by("-number")
    found = list((rows.filter(number__lt=min(before, 2**31 - 1)) if before else rows)[: size + 1])
    state = SyncState.objects.filter(tenant=place).first()
    return {
        "tenant": place.slug,
        "current": state.cycle if state else None,
        "cycles": [
            {
                "cycle": one.number,
                "opened": one.opened_at,
                "closed": one.closed_at,
                "complete": one.complete,
                "export_started": one.export_started_at,
                "export_ended": one.export_ended_at,
                "counts": one.counts,
            }
            for one in found[:size]
        ],
        "next": found[size - 1].number if len(found) > size else None,
    }


@router.get("/tenants/{tenant}/record", response=RecordOut, summary="The record of a tenant, newest first")
def record(request: HttpRequest, response: HttpResponse, tenant: str, limit: str = "", after: str = ""):
    """Who did what, when. It needs the right to see the record, which a Reader has not."""
    unstored(response)
    place = tenant_of(request, tenant, Right.SEE_RECORD)
    size, before = number("limit", limit, most=MOST_ON_A_PAGE) or ON_A_PAGE, number("after", after)
    rows = RecordEntry.objects.filter(tenant=place).order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: size + 1])
    return {
        "tenant": place.slug,
        "lines": [
            {
                "id": one.pk,
                "at": one.at,
                "who": one.who,
                "what": one.what,
                "about": one.about,
                "error": one.error_id,
                "fix": one.fix_id,
                "details": one.details,
            }
            for one in found[:size]
        ],
        "next": found[size - 1].pk if len(found) > size else None,
    }


def unstored(response: HttpResponse) -> None:
    """It is for one caller; no cache may hold it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Authorization, Cookie"


def one_of(name: str, value: str, known: type[E]) -> E | None:
    if not value:
        return None
    try:
        return known(value)
    except ValueError:
        names = ", ".join(one.value for one in known)
        raise BadValue(name, f'"{value[:40]}" is no value of {name}. It can be one of: {names}.') from None


def number(name: str, value: str, *, most: int = LARGEST_ID) -> int | None:
    if not value:
        return None
    found = int(value) if value.isascii() and value.isdigit() and len(value) < 20 else 0
    if not 1 <= found <= most:
        raise BadValue(name, f'"{value[:40]}" is no value of {name}. It is a whole number from 1 to {most}.')
    return found


def flag(name: str, value: str) -> bool:
    if value not in ("", "0", "1", "true", "false"):
        raise BadValue(name, f'"{value[:40]}" is no value of {name}. It can be true or false.')
    return value in ("1", "true")


def _error(request: HttpRequest, tenant: str, error: str) -> tuple[Tenant, SyncError]:
    place = tenant_of(request, tenant, Right.SEE)
    wanted = number("error", error)
    found = SyncError.objects.of(place).filter(pk=wanted).select_related("tenant").first()
    if found is None:
        raise NotKnown(
            f"{place.name} has no error {wanted}. GET /api/v1/tenants/{place.slug}/errors lists the open ones."
        )
    return place, found


def _tenant(request: HttpRequest, tenant: Tenant, rights: frozenset[Right]) -> dict[str, Any]:
    state = SyncState.objects.filter(tenant=tenant).first()
    counts = CategoryCount.objects.filter(tenant=tenant).values_list("number", flat=True)
    return {
        "tenant": tenant.slug,
        "name": tenant.name,
        "cloud": tenant.cloud,
        "rights": sorted(right.value for right in rights),
        "errors": sum(counts),
        "cycle": state.cycle if state else None,
        "due": state.due_at if state else None,
        "read": state.read_at if state else None,
        "url": _address(request, tenant, "errors"),
    }


def _errors(request: HttpRequest, tenant: Tenant, state: SyncState, rows: list[SyncError]) -> list[dict[str, Any]]:
    fixes = fixes_of(rows)
    return [
        {
            "id": one.pk,
            "category": one.category,
            "type": one.type,
            "attribute": one.attribute,
            "value": one.value,
            "incoming": one.incoming_name,
            "existing": one.existing_name,
            "status": one.status_in(state.cycle).value,
            "marks": [mark.kind.value for mark in marks(one, state, fixes.get(one.pk))],
            "first_seen": one.first_seen_at,
            "seen": one.seen_at,
            "first_cycle": one.first_cycle,
            "last_cycle": one.last_cycle,
            "cleared_in": one.cleared_in,
            "url": _address(request, tenant, "error", number=one.pk),
        }
        for one in rows
    ]


def _status_of(diagnosis: Diagnosis, error: SyncError) -> str:
    return Status(diagnosis.status).value if error.is_eligible else Status.MANUAL_FIX.value


def _address(request: HttpRequest, tenant: Tenant, name: str, **parts: object) -> str:
    kept = {"locale": ENGLISH, "cloud": tenant.cloud, "tenant": tenant.slug, **parts}
    return request.build_absolute_uri(reverse(name, kwargs=kept))
