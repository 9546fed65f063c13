"""What the address of a health page asks for: topics or products, in which state, for which cloud and language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal import clouds, locales
from portal.articles.topic_health import Of, State
from portal.articles.topics import parse_topic


class BadWish(Exception):
    """The address asks for what there is not; the words say what there is."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A list of topics or products; an empty cloud or locale stands for any."""

    of: Of = Of.TOPICS
    state: State = State.ALL
    cloud: str = ""
    locale: str = ""
    after: str = ""

    def query(self, **changes: str) -> str:
        """The query of this list with changes; what is as usual is left out."""
        wish = replace(self, **changes)
        given = {"of": wish.of, "state": wish.state, "in": wish.cloud, "for": wish.locale, "after": wish.after}
        usual = {"of": Of.TOPICS, "state": State.ALL}
        return urlencode({name: str(value) for name, value in given.items() if value and usual.get(name) != value})


Known = TypeVar("Known", bound=StrEnum)


def read_wish(request: HttpRequest) -> Wish:
    """The wish of an address. Unknown parameters are ignored."""
    cloud, locale, after = (request.GET.get(name, "").strip() for name in ("in", "for", "after"))
    if cloud and clouds.find(cloud) is None:
        raise BadWish(_bad("in", [one.value for one in clouds.ALL]))
    if locale and locales.find(locale) is None:
        raise BadWish(_bad("for", list(locales.KNOWN)))
    if after and parse_topic(after) is None:
        raise BadWish(_("“after” is not a support topic ID."))
    return Wish(
        of=_choice(request, "of", Of.TOPICS),
        state=_choice(request, "state", State.ALL),
        cloud=clouds.find(cloud).value if cloud else "",
        locale=locales.find(locale).code if locale else "",
        after=after.casefold(),
    )


def _choice(request: HttpRequest, name: str, usual: Known) -> Known:
    kinds = type(usual)
    try:
        return kinds(request.GET.get(name) or usual)
    except ValueError:
        raise BadWish(_bad(name, list(kinds))) from None


def _bad(name: str, ways: list[str]) -> str:
    return _("“%(name)s” can be one of: %(ways)s.") % {"name": name, "ways": ", ".join(ways)}
