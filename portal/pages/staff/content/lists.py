"""The lists of content health: one row of a table each, with its words, its rows and its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.articles.feedback.models import Reason
from portal.articles.health import listing
from portal.articles.health.listing import Wish
from portal.articles.health.models import Kind
from portal.pages.staff.content import columns
from portal.pages.staff.content.cells import Column

Rows = QuerySet[Any] | list[Any]
CODE = _("Code")
MOST_MISSED = 2_000  # nobody reads further, and each row is small


def _named_as_they_are(kind: Kind | None) -> list[tuple[str, str]]:
    return [(code, code) for code in listing.codes(kind)]


def _as_they_are(rows: list[Any]) -> list[Any]:
    return rows


@dataclass(frozen=True, kw_only=True)
class List:
    """One list: its name in the address, what it is called, what it says, and how its rows are found and shown."""

    name: str
    words: Promise
    says: Promise
    nothing: Promise
    rows: Callable[[Wish], Rows]
    columns: tuple[Column, ...]
    filters: tuple[str, ...]
    prepare: Callable[[list[Any]], Iterable[Any]] = _as_they_are
    newest_first: bool = False
    code_name: Promise = CODE
    codes: Callable[[], Iterable[tuple[str, object]]] = tuple


TEXT_FILTERS = ("collection", "locale", "owner", "author", "file")

LISTS: dict[str, List] = {
    one.name: one
    for one in (
        List(
            name="problems",
            words=_("Problems of imports"),
            says=_("What the imports met in the files, with the place and the cure; since when, and what is gone."),
            nothing=_("No problem like that."),
            rows=listing.problems,
            columns=columns.PROBLEMS,
            codes=lambda: _named_as_they_are(None),
            filters=("state", "collection", "code", "severity", "locale", "owner", "author", "file"),
        ),
        List(
            name="stale",
            words=_("Stale translations"),
            says=_("Translations that are older than what they were made from, with the sign by which we know."),
            nothing=_("No translation is known to be stale."),
            rows=lambda wish: listing.findings(Kind.STALE, wish),
            columns=columns.STALE,
            filters=TEXT_FILTERS,
            prepare=columns.with_share,
        ),
        List(
            name="terms",
            words=_("Garbled names"),
            says=_("Names of products, attributes and commands that a translation lost or spelt in a way nobody searches for."),
            nothing=_("No name of the glossary is garbled."),
            rows=lambda wish: listing.findings(Kind.TERM, wish),
            columns=columns.TERMS,
            code_name=_("Name"),
            codes=lambda: _named_as_they_are(Kind.TERM),
            filters=("code", *TEXT_FILTERS),
        ),
        List(
            name="links",
            words=_("Dead links"),
            says=_("Links to articles that are not stored, and addresses that nobody could place."),
            nothing=_("No dead link is known."),
            rows=lambda wish: listing.findings(Kind.LINK, wish),
            columns=columns.LINKS,
            codes=lambda: _named_as_they_are(Kind.LINK),
            filters=("code", *TEXT_FILTERS),
        ),
        List(
            name="moved",
            words=_("Addresses that moved"),
            says=_("Readers are led to the new place already; the files should name it too. Most used first."),
            nothing=_("No file names an address that moved."),
            rows=lambda wish: list(listing.moved(wish)),
            columns=columns.MOVED,
            filters=TEXT_FILTERS,
        ),
        List(
            name="unhelpful",
            words=_("Articles that do not help"),
            says=_(
                "Texts with at least five votes of which some say no. They are ordered by the share of no that the votes "
                "can prove, so that one angry reader does not put an article on top."
            ),
            nothing=_("No text has votes enough that say it does not help."),
            rows=listing.votes,
            columns=columns.VOTES,
            filters=TEXT_FILTERS,
            prepare=columns.with_texts,
        ),
        List(
            name="comments",
            words=_("Comments of readers"),
            says=_("What readers wrote under articles, newest first. We do not know who they are."),
            nothing=_("No reader wrote a comment."),
            rows=listing.comments,
            columns=columns.COMMENTS,
            code_name=_("Reason"),
            codes=lambda: Reason.choices,
            filters=("code", *TEXT_FILTERS),
            prepare=columns.with_texts,
            newest_first=True,
        ),
        List(
            name="missed",
            words=_("Searches that found nothing"),
            says=_("What readers sought in vain, most often first: only words that our own texts have too are kept, so that nobody can be recognised."),
            nothing=_("Every search found something."),
            rows=lambda wish: list(listing.missed(wish)[:MOST_MISSED]),
            columns=columns.MISSED,
            filters=("locale", "file"),
        ),
        List(
            name="owners",
            words=_("By owner"),
            says=_("Who looks after how many texts, and what ails them; texts without an owner stand under their author. Most to do first; notes are not counted."),
            nothing=_("No text is stored."),
            rows=listing.owners,
            columns=columns.OWNERS,
            filters=("collection", "locale", "author"),
        ),
    )
}  # fmt: skip
