"""The staff pages that stand in the bar at the top, in their order: one row each."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Section:
    """One page of the bar: the name of its address, and what it is called."""

    name: str
    words: Promise


SECTIONS: tuple[Section, ...] = (
    Section(name="content", words=_("Content health")),
    Section(name="design", words=_("Design language")),
)
