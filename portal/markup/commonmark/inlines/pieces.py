"""What the scanner leaves behind for the builder: text, finished elements, and where elements start and end."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..marks import Mark


class Start:
    """An element starts here; the matching END is further on."""

    __slots__ = ("attributes", "tag")

    def __init__(self, tag: str, attributes: dict[str, str] | None = None) -> None:
        self.tag = tag
        self.attributes = attributes or {}


class End:
    """The element started last ends here."""


END = End()


class Bracket:
    """`[` or `![`: text, unless a link or image starts here."""

    __slots__ = ("after", "delimiters", "has_inner", "is_image", "piece", "usable")

    def __init__(self, piece: int, after: int, delimiters: int, *, is_image: bool) -> None:
        self.piece = piece
        """Its index among the pieces."""
        self.after = after
        """Where the text within starts."""
        self.delimiters = delimiters
        """How many delimiter runs stand before it."""
        self.is_image = is_image
        self.usable = True
        self.has_inner = False

    @property
    def literal(self) -> str:
        return "![" if self.is_image else "["


class Run:
    """A run of `*`, `_` or `~`: it ends `ends` elements, shows the `left` characters unused, starts `starts` (reversed)."""

    __slots__ = ("can_close", "can_open", "char", "ends", "left", "length", "starts")

    def __init__(self, char: str, length: int, *, can_open: bool, can_close: bool) -> None:
        self.char = char
        self.length = self.left = length
        self.can_open = can_open
        self.can_close = can_close
        self.ends = 0
        self.starts: list[str] = []


Piece = str | Element | Start | End | Bracket | Run | Mark
