"""What a person asks of the list of errors, from a form or an address, and back into one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.directories.faults import Category
from portal.sync.listing import SIZES, Sort, Wish
from portal.sync.models import Marked, Status

LONGEST_TEXT = 200
# A longer text may well be about one person, and so may one with an @: neither stands in an address (design section 10).
LONGEST_IN_ADDRESS = 40
LARGEST_ID = 2**63 - 1

E = TypeVar("E", bound=StrEnum | Status)


class BadWish(ValueError):
    """A value that the list does not know; the message is a sentence."""


def read_wish(given: Mapping[str, str]) -> Wish:
    """The wish in a query or a form. Raises BadWish."""
    return Wish(
        category=_one_of(given, "category", Category) or "",
        status=_one_of(given, "status", Status),
        attribute=given.get("attribute", "")[:120].replace("\x00", ""),
        mark=_one_of(given, "mark", Marked),
        text=" ".join(given.get("q", "")[:LONGEST_TEXT].replace("\x00", " ").split()),
        sort=_one_of(given, "sort", Sort) or Sort.NEWEST,
        size=_number(given, "size", SIZES) or 50,
        after=_number(given, "after", None),
    )


def is_private(wish: Wish) -> bool:
    """Whether the text may be about a person, so that it must not stand in an address."""
    return "@" in wish.text or len(wish.text) > LONGEST_IN_ADDRESS


def fields(wish: Wish) -> dict[str, str]:
    """The parameters of a wish that differ from the plain list; without where the page goes on."""
    plain = Wish()
    named = {
        "category": wish.category,
        "status": wish.status.value if wish.status else "",
        "attribute": wish.attribute,
        "mark": wish.mark.value if wish.mark else "",
        "q": wish.text,
        "sort": wish.sort.value if wish.sort != plain.sort else "",
        "size": str(wish.size) if wish.size != plain.size else "",
    }
    return {name: value for name, value in named.items() if value}


def query(wish: Wish, *, without: str = "", **more: object) -> str:
    """The query of a wish, '' for the plain list; never with a private text. `without` leaves one parameter out."""
    if is_private(wish):
        without_text = {name: value for name, value in fields(wish).items() if name != "q"}
        kept = without_text
    else:
        kept = fields(wish)
    kept = {name: value for name, value in {**kept, **more}.items() if name != without}
    return f"?{urlencode(kept)}" if kept else ""


def _one_of(given: Mapping[str, str], name: str, known: type[E]) -> E | None:
    value = given.get(name, "")
    if not value:
        return None
    try:
        return known(value)
    except ValueError:
        raise BadWish(
            _("“%(name)s” can be one of: %(known)s.") % {"name": name, "known": ", ".join(one.value for one in known)}
        ) from None


def _number(given: Mapping[str, str], name: str, known: tuple[int, ...] | None) -> int | None:
    value = given.get(name, "")
    if not value:
        return None
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 20 else 0
    if known and number not in known:
        raise BadWish(
            _("“%(name)s” can be one of: %(known)s.") % {"name": name, "known": ", ".join(str(one) for one in known)}
        )
    if not 1 <= number <= LARGEST_ID:
        raise BadWish(_("“%(name)s” must be the number of an error.") % {"name": name})
    return number
