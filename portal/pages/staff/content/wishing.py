"""What a content owner asks of a list, from its address and back into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.articles.health.listing import STATES, Wish
from portal.problems import Severity

LONGEST = 200
LARGEST_ID = 2**63 - 1
TEXTS = ("collection", "code", "locale", "owner", "author", "file")


class BadWish(ValueError):
    """A value that the list does not know; the message is a sentence."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A wish, and after which row the page goes on."""

    wish: Wish
    after: int | None

    def query(self, *, without: str = "", **more: object) -> str:
        """The query of this wish, with other values for some of its names; '' for the plain list."""
        kept = {**fields(self.wish), **more}
        kept = {name: value for name, value in kept.items() if value and name != without}
        return f"?{urlencode(kept)}" if kept else ""


def read(given: Mapping[str, str]) -> Asked:
    """Raises BadWish."""
    texts = {name: " ".join(given.get(name, "")[:LONGEST].replace("\x00", " ").split()) for name in TEXTS}
    wish = Wish(
        **texts,
        severity=_one_of(given, "severity", tuple(Severity)),
        state=_one_of(given, "state", STATES) or STATES[0],
        run=_number(given, "run"),
    )
    return Asked(wish=wish, after=_number(given, "after"))


def fields(wish: Wish) -> dict[str, Any]:
    """The parameters of a wish that differ from the plain list."""
    plain = vars(Wish())
    return {name: value for name, value in vars(wish).items() if value != plain[name]}


def _one_of(given: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    value = given.get(name, "")
    if value and value not in known:
        raise BadWish(
            _("“%(name)s” can be one of: %(known)s.") % {"name": name, "known": ", ".join(str(one) for one in known)}
        )
    return value


def _number(given: Mapping[str, str], name: str) -> int | None:
    value = given.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 20) or int(value) > LARGEST_ID:
        raise BadWish(_("“%(name)s” is a number.") % {"name": name})
    return int(value)
