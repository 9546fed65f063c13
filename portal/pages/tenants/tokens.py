"""API tokens of a tenant: a person makes hers, sees each secret once, and revokes them; an administrator revokes anybody's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock
from portal.accounts import tokens
from portal.accounts.models import ApiToken, ApiTokens
from portal.accounts.rights import Right
from portal.pages import problem_pages
from portal.pages.tenants.entering import Visit, see_other, show_to, tenant_page

DAYS = (7, 30, 90, 365)
USUAL_DAYS = 30
LONGEST_NAME = 80
MOST_SHOWN = 200

CARRIES = {
    Right.SEE: gettext_lazy("Errors, diagnoses and cycles"),
    Right.SEE_RECORD: gettext_lazy("The record"),
}


@tenant_page(Right.SEE, methods=("GET", "HEAD", "POST"))
def api_tokens(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The list and a form; a POST makes one and shows its secret, in this answer and never again."""
    if request.method != "POST":
        return _show(request, visit, {})
    name = " ".join(request.POST.get("name", "").replace("\x00", "").split())
    days = next((one for one in DAYS if str(one) == request.POST.get("days")), USUAL_DAYS)
    rights = [right for right in tokens.offered(visit.tenant, visit.person) if right in request.POST.getlist("right")]
    kept = {"name": name[:LONGEST_NAME], "chosen_days": days, "chosen": rights}
    if faults := _faults(name, rights):
        return _show(request, visit, {**kept, "faults": faults})
    try:
        made, secret = tokens.make(visit.tenant, visit.person, name=name, rights=rights, days=days)
    except tokens.TooMany:
        says = _("You have %(number)s tokens here. Revoke one that is no longer used.") % {"number": tokens.MOST_LIVING}
        return _show(request, visit, {**kept, "faults": [("name", says)]})
    return _show(request, visit, {"made": made, "secret": secret})


@tenant_page(Right.SEE, methods=("POST",))
def revoke(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    token = _seen(visit).filter(pk=number).select_related("person", "tenant").first()
    if token is None:
        return problem_pages.missing(request, visit.reader)
    done = tokens.revoke(token, visit.person)
    says = _("“%(name)s” is revoked.") if done else _("“%(name)s” was revoked before.")
    return see_other(request, visit.address("api-tokens"), says % {"name": token.name})


def _faults(name: str, rights: list[Right]) -> list[tuple[str, str]]:
    """What has to be corrected, each with the id of its box."""
    faults = []
    if not name:
        faults.append(("name", _("Give the token a name, so that you know later what uses it.")))
    elif len(name) > LONGEST_NAME:
        faults.append(("name", _("Shorten the name to %(most)s characters.") % {"most": LONGEST_NAME}))
    if not rights:
        faults.append(("right-1", _("Choose what the token may read.")))
    return faults


def _seen(visit: Visit) -> ApiTokens:
    """Her own; all of the tenant's for somebody who may revoke them."""
    found = ApiToken.objects.filter(tenant=visit.tenant)
    return found if visit.may(Right.REVOKE_TOKENS) else found.filter(person=visit.person)


def _show(request: HttpRequest, visit: Visit, more: dict[str, Any]) -> HttpResponse:
    now = clock.now()
    rows = list(_seen(visit).select_related("person", "tenant").order_by("-pk")[:MOST_SHOWN])
    for row in rows:
        row.living = row.is_living(now)
        row.carries = [CARRIES[Right(one)] for one in row.rights if one in CARRIES]
    context = {
        "title": _("API tokens"),
        "section": "tokens",
        "rows": rows,
        "offered": [(right.value, CARRIES[right]) for right in tokens.offered(visit.tenant, visit.person)],
        "days": DAYS,
        "chosen_days": USUAL_DAYS,
        "chosen": [Right.SEE],
        **more,
    }
    return show_to(request, visit, "tokens/tokens.html", context)
