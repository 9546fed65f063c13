"""The search page: the same for everyone at its address. What may hold personal data comes by POST and is kept nowhere."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import clouds
from portal.articles.searching.answering import answer
from portal.articles.searching.missed import count_miss
from portal.articles.searching.suggesting import suggest as titles_for
from portal.articles.searching.wishes import BadMark, Wish
from portal.pages import problem_pages
from portal.pages.caching import public_page
from portal.pages.finding import FILTERS, exact, examples, helping, shown
from portal.pages.reader import Reader, for_reader
from portal.pages.same_origin import same_origin
from portal.pages.showing import show
from portal.search.query import LONGEST_TEXT
from portal.search.words import clean

# A longer query is a message, and a message may name people: it stands in no address, log or cache.
LONGEST_SHARED = 200
LONGEST_VALUE = 80
PARAMETERS = ("q", *FILTERS, "after")
# Says in kept pages, too, that nothing was found, so that each asking is counted.
HITS = "X-Search-Hits"


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin
def search(request: HttpRequest, **parts: str) -> HttpResponse:
    text = given(request).get("q", "")
    if request.method == "POST" or is_personal(text):
        response = _for_reader(request, **parts)
        response.headers["Cache-Control"] = "no-store"
    else:
        response = _for_everyone(request, **parts)
    if request.method != "HEAD" and response.headers.get(HITS) == "0":
        count_miss(text, locale=parts["locale"], cloud=clouds.find(parts["cloud"]))
    return response


@require_safe
def suggest(request: HttpRequest, **parts: str) -> HttpResponse:
    """Titles for what is being typed; what looks personal is not looked up, for it should not have come this way."""
    if is_personal(request.GET.get("q", "")):
        return HttpResponse(headers={"Cache-Control": "no-store"})
    if not request.htmx:
        return _to_the_page(request, **parts)
    return _suggestions(request, **parts)


def is_personal(text: str) -> bool:
    return "@" in text or len(text) > LONGEST_SHARED


def given(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


@public_page("q")
@for_reader
def _suggestions(request: HttpRequest, reader: Reader) -> HttpResponse:
    found = titles_for(clean(request.GET.get("q", "")), reader.locale.code, reader.cloud)
    response = render(request, "search/_suggestions.html", {"reader": reader, "suggestions": found})
    patch_vary_headers(response, ["HX-Request"])
    return response


@for_reader
def _to_the_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Suggestions are no page; whoever comes to their address by a link gets the results."""
    query = urlencode({"q": request.GET.get("q", "")})
    return HttpResponseRedirect(
        f"{reader.address('search')}?{query}", headers={"Cache-Control": "no-store", "Vary": "HX-Request"}
    )


@for_reader
def _for_reader(request: HttpRequest, reader: Reader) -> HttpResponse:
    return _page(request, reader)


@public_page(*PARAMETERS)
@for_reader
def _for_everyone(request: HttpRequest, reader: Reader) -> HttpResponse:
    return _page(request, reader)


def _page(request: HttpRequest, reader: Reader) -> HttpResponse:
    asked = given(request)
    text = asked.get("q", "")[:LONGEST_TEXT]
    is_private = request.method == "POST" or is_personal(text)
    context = {
        "title": _("Search"),
        "query": text,
        "is_private": is_private,
        "was_cut": len(asked.get("q", "")) > LONGEST_TEXT,
        # Another language or cloud is asked the same, unless that would put the query into an address.
        "here": request.path if is_private else _known(request),
    }
    if not text.strip():
        return show(request, reader, "search/search.html", {**context, "examples": examples()})
    filters = {name: clean(asked.get(name, ""))[:LONGEST_VALUE] for name in FILTERS}
    wish = Wish(
        text=text, locale=reader.locale.code, cloud=reader.cloud, after=clean(asked.get("after", ""))[:200], **filters
    )
    try:
        found = answer(wish)
    except BadMark:
        return problem_pages.bad_value(request, reader, says=_("“after” is no mark of a page of results."))
    if not wish.after and (address := exact(reader, text, found)):
        return _lead(request, address)
    context |= shown(reader, wish, found)
    is_missed = not found.total and not any(filters.values())
    context |= helping(reader, wish) if not found.total else {}
    response = show(request, reader, "search/search.html", context)
    if is_missed:
        response.headers[HITS] = "0"
    return response


def _known(request: HttpRequest) -> str:
    """The address with what counts of its query: what one reader appends to it must not stand in the page all others get."""
    query = urlencode({name: request.GET[name] for name in PARAMETERS if request.GET.get(name)})
    return f"{request.path}?{query}" if query else request.path


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    """Straight to the answer; htmx is told to go there, since it would put the other page's parts into this one."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303 if request.method == "POST" else 302)
