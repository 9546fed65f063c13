"""What the block phase hands to the inline phase besides the tree: texts to parse, references, source lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from .references import References


class Holder(NamedTuple):
    """An element whose content is inline text still to be parsed."""

    element: Element
    text: str
    line: int


@dataclass
class Document:
    """One document between its block phase and its inline phase."""

    references: References = field(default_factory=References)
    holders: list[Holder] = field(default_factory=list)
    tight_items: list[Element] = field(default_factory=list)
    lines: dict[Element, int] = field(default_factory=dict)

    def hold(self, element: Element, text: str, line: int) -> Element:
        """Have the text parsed into the element, which is handed back."""
        self.holders.append(Holder(element, text, line))
        return element
