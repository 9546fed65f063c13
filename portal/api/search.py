"""The API's search: the same hits as the search page, best first, a page at a time."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from portal.api.asking import address, cloud_of, locale_of
from portal.api.problems import BadValue
from portal.api.schemas import SearchOut
from portal.articles.searching.answering import answer
from portal.articles.searching.wishes import MOST_LIMIT, USUAL_LIMIT, BadMark, Hit, Wish
from portal.clouds import Cloud

router = Router()


@router.get("/search", response=SearchOut, summary="Articles by words, error messages or IDs, best first")
def search(request: HttpRequest, q: str = "", cloud: str = "", locale: str = "", limit: str = "", after: str = ""):
    """Words, "phrases", -exclusions and `topic:`, `product:`, `kind:`, `cloud:`; a whole error message may be pasted.

    Without a cloud: articles of every cloud. `snippet` is HTML, escaped but for `<mark>`. `next` is the value of `after` for the
    page that follows, or null.
    """
    place, language = cloud_of(cloud, default=None), locale_of(locale)
    try:
        found = answer(Wish(text=q, locale=language, cloud=place, limit=limit_of(limit), after=after))
    except BadMark as error:
        raise BadValue("after", str(error)) from error
    return {
        "hits": [_hit(request, hit, language, place) for hit in found.hits],
        "total": found.total,
        "next": found.next or None,
    }


def _hit(request: HttpRequest, hit: Hit, locale: str, cloud: Cloud | None) -> dict:
    return {
        "collection": hit.text.collection,
        "source_path": hit.text.source_path,
        "title": hit.title,
        "url": address(request, hit.text, locale, cloud or Cloud.PUBLIC),
        "snippet": hit.snippet_html,
        "score": round(hit.score, 4),
    }


def limit_of(text: str) -> int:
    if not text:
        return USUAL_LIMIT
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not 1 <= int(text) <= MOST_LIMIT:
        raise BadValue("limit", f'"{text[:40]}" is not a number from 1 to {MOST_LIMIT}.')
    return int(text)
