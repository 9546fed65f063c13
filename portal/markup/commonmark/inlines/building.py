"""From pieces to element trees: text joined, elements nested, sentence units wrapped without crossing an element."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from .emails import emails_in
from .pieces import END, Bracket, Piece, Run, Start

# Elements deeper than that are left away, their text is not; see MAX_OPEN_BLOCKS.
MAX_DEPTH = 50


class Builder:
    """Fills one element. Elements opened here nest by themselves, so every START finds its END."""

    def __init__(self, holder: Element) -> None:
        self._around: list[Element | None] = []
        """For each open element what it stands in; None for one that is left away."""
        self._here = holder
        self._depth = 0
        self._links = 0
        self._text: list[str] = []

    def build(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if type(piece) is str:
                self._text.append(piece)
            elif piece is END:
                self._end()
            elif type(piece) is Run:
                self._run(piece)
            elif type(piece) is Start:
                self._start(piece.tag, piece.attributes)
            elif type(piece) is Bracket:
                self._text.append(piece.literal)
            elif isinstance(piece, Element):
                self._flush()
                self._here.append(piece)
        self._flush()

    def _run(self, run: Run) -> None:
        for _ in range(run.ends):
            self._end()
        if run.left:
            self._text.append(run.char * run.left)
        for tag in reversed(run.starts):
            self._start(tag, {})

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        # Strong within strong is no stronger (as cmark-gfm has it).
        if self._depth >= MAX_DEPTH or tag == self._here.tag == "strong":
            self._around.append(None)
            return
        self._flush()
        self._depth += 1
        self._links += tag == "a"
        self._around.append(self._here)
        self._here = SubElement(self._here, tag, attributes)

    def _end(self) -> None:
        around = self._around.pop()
        if around is None:
            return
        self._flush()
        self._depth -= 1
        if self._here.tag == "a":
            self._links -= 1
        elif self._here.tag == "img":
            _text_to_alt(self._here)
        self._here = around

    def _flush(self) -> None:
        if not self._text:
            return
        text = "".join(self._text)
        self._text.clear()
        if "@" in text and not self._links:
            text = self._with_emails(text)
        self._append_text(text)

    def _append_text(self, text: str) -> None:
        here = self._here
        if len(here):
            last = here[-1]
            last.tail = last.tail + text if last.tail else text
        else:
            here.text = here.text + text if here.text else text

    def _with_emails(self, text: str) -> str:
        """Add everything up to the last address; hand back what follows it."""
        read = 0
        for email in emails_in(text):
            self._append_text(text[read : email.start])
            link = SubElement(self._here, "a", {"href": email.target})
            link.text = text[email.start : email.end]
            read = email.end
        return text[read:]


def _text_to_alt(image: Element) -> None:
    image.set("alt", "".join(_plain_text(image)).replace("\n", " "))
    image.text = None
    for child in list(image):
        image.remove(child)


def _plain_text(element: Element) -> Iterable[str]:
    if element.text:
        yield element.text
    for child in element:
        yield child.get("alt", "") if child.tag == "img" else ""
        yield from _plain_text(child)
        if child.tail:
            yield child.tail
