"""A flow walked without an error: the answers stand in the address, as choices only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import flows, locales
from portal.articles.flow_files import library
from portal.articles.models import ArticleText
from portal.articles.topics import NATIVE
from portal.flows import Flow, Walk
from portal.pages import packing, problem_pages
from portal.pages.reader import Reader, for_reader
from portal.pages.same_origin import same_origin
from portal.pages.showing import show

# Longer than any message people paste; the rest is cut off and said so.
LONGEST_PASTE = 8_000
# A flow with more ends than this is too tall to draw whole.
MOST_DRAWN = 24
SHOWN_AS = ("drawing", "outline", "table")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One answered question, and the address that goes back to it and keeps the later answers."""

    ask: str
    say: str
    address: str


@for_reader
@require_safe
def index(request: HttpRequest, reader: Reader) -> HttpResponse:
    found = [library().flow(name, reader.locale.code) for name in library().names]
    return _cacheable(show(request, reader, "flows/index.html", {"title": _("Guided diagnoses"), "flows": found}))


@for_reader
@require_safe
def flow(request: HttpRequest, reader: Reader, name: str) -> HttpResponse:
    """One question, or where the answers lead. Answers of the address that are none are said, not followed."""
    found = _flow(reader, name)
    answers = flows.from_query(found, request.GET.items())
    until = request.GET.get("back") if request.GET.get("back") in found.questions else None
    walk = flows.walk(found, answers, until=until)
    if walk.invalid is not None:
        known = ", ".join(walk.question.answers)
        says = _("“%(value)s” is no answer to “%(question)s”. Answers are: %(known)s.") % {
            "value": walk.invalid,
            "question": walk.question.ask,
            "known": known,
        }
        return problem_pages.bad_value(request, reader, says=says)
    context = step_context(reader, walk, answers)
    return _cacheable(show(request, reader, "flows/flow.html", context, part="flows/_step.html"))


@for_reader
@require_safe
def map_of(request: HttpRequest, reader: Reader, name: str) -> HttpResponse:
    """The whole flow as a drawing, an outline or a table, with the way taken marked."""
    found = _flow(reader, name)
    shown_as = request.GET.get("as", "drawing")
    if shown_as not in SHOWN_AS:
        return problem_pages.bad_value(
            request, reader, says=_("“as” can be one of: %(ways)s.") % {"ways": ", ".join(SHOWN_AS)}
        )
    answers = flows.known(found, dict(request.GET.items()))
    walk = flows.walk(found, answers)
    context = {
        "title": found.title,
        "flow": found,
        "shown": locales.get(found.locale),
        "walk": walk,
        "query": flows.to_query(found, answers),
        "shown_as": shown_as,
        "is_whole": len(found.outcomes) <= MOST_DRAWN,
        "drawings": _drawings(found, walk) if shown_as == "drawing" else [],
        "outline": flows.outline(found, walk) if shown_as == "outline" else None,
        "lines": flows.table(found, walk) if shown_as == "table" else [],
    }
    return _cacheable(show(request, reader, "flows/map.html", context))


def _drawings(found: Flow, walk: Walk) -> list[str]:
    """The drawing for wide and for narrow pages; the stylesheet shows one. A very long flow shows the way taken only."""
    words, whole = library().words_in(found.locale), len(found.outcomes) <= MOST_DRAWN
    return [
        flows.drawing(found, walk, words=words, width=width, whole=whole, prefix=f"flow-{width}")
        for width in (720, 360)
    ]


@for_reader
@require_safe
def offline_pack(request: HttpRequest, reader: Reader, name: str) -> HttpResponse:
    """The flow with its articles and pictures as one file to take along."""
    found = _flow(reader, name)
    response = _cacheable(render(request, "packs/pack.html", packing.pack(reader, found)))
    response.headers["Content-Disposition"] = f'attachment; filename="{packing.file_name(reader, found)}"'
    return response


@require_http_methods(["POST"])
@same_origin
@for_reader
def paste(request: HttpRequest, reader: Reader, name: str) -> HttpResponse:
    """Recognise a pasted message. It may hold names and addresses, so it comes by POST and is neither kept nor logged."""
    found = _flow(reader, name)
    text = request.POST.get("text", "")
    guesses = flows.guess(found, text[:LONGEST_PASTE])
    walks = [(guess, flows.walk(found, guess.answers)) for guess in guesses]
    context = {
        **step_context(reader, flows.walk(found, {}), {}),
        "pasted": text[:LONGEST_PASTE],
        "was_cut": len(text) > LONGEST_PASTE,
        "guesses": [
            {
                "words": walk.here.title if walk.outcome else walk.here.ask,
                "address": _address(reader, walk, walk.answers),
            }
            for _guess, walk in walks
        ],
        "looked": bool(text.strip()),
    }
    response = show(request, reader, "flows/flow.html", context, part="flows/_step.html")
    response.headers["Cache-Control"] = "no-store"
    return response


def step_context(reader: Reader, walk: Walk, answers: dict[str, str]) -> dict[str, Any]:
    """What the step part shows: the way here, the question or the outcome, and the words around them."""
    found = walk.flow
    outcome = walk.outcome
    return {
        "title": found.title,
        "flow": found,
        "shown": locales.get(found.locale),
        "walk": walk,
        "question": walk.question,
        "outcome": outcome,
        "words": library().words_in(found.locale),
        "kept": [
            (name, value) for name, value in {**walk.answers, **dict(walk.remembered)}.items() if name != walk.here.name
        ],
        "taken": _taken(reader, walk, answers),
        "articles": own_articles(reader, walk.here.articles),
        "next_flow": library().flow(outcome.flow, reader.locale.code) if outcome and outcome.flow else None,
        "error_kind": library().bindings.kind_for(found.name),
        "query": flows.to_query(found, answers),
        "steps_in_all": len(walk.taken) + 1,
    }


def _taken(reader: Reader, walk: Walk, answers: dict[str, str]) -> list[Taken]:
    everything = {**dict(walk.remembered), **answers}
    base = reader.address("flow", name=walk.flow.name)
    query = flows.to_query(walk.flow, everything)
    return [
        Taken(ask=step.question.ask, say=step.answer.say, address=f"{base}?{query}&back={step.question.name}")
        for step in walk.taken
    ]


def own_articles(reader: Reader, slugs: tuple[str, ...]) -> list[ArticleText]:
    """Our own articles of that name, in the reader's language where there is one; one query."""
    if not slugs:
        return []
    rows = ArticleText.objects.filter(collection=NATIVE, path__in=slugs).in_cloud(reader.cloud).light()
    order = {locales.ENGLISH: 1, reader.locale.code: 0}
    best: dict[str, ArticleText] = {}
    for row in sorted(rows, key=lambda one: order.get(one.locale, 2)):
        best.setdefault(row.path, row)
    return [best[slug] for slug in slugs if slug in best]


def _address(reader: Reader, walk: Walk, answers: dict[str, str]) -> str:
    query = flows.to_query(walk.flow, answers)
    return reader.address("flow", name=walk.flow.name) + (f"?{query}" if query else "")


def _flow(reader: Reader, name: str) -> Flow:
    try:
        return library().flow(name, reader.locale.code)
    except flows.UnknownFlow as error:
        raise Http404 from error


def _cacheable(response: HttpResponse) -> HttpResponse:
    """The same for everyone; shared caches may hold it for a minute."""
    response.headers["Cache-Control"] = "public, max-age=0, s-maxage=60, must-revalidate"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
