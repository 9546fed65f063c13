"""Links and images: a stack of brackets, settled at each `]` (CommonMark sections 6.3 and 6.4)."""

from __future__ import annotations

import re

from ..blocks.references import Reference
from ..destinations import scan_destination, scan_label, scan_title
from ..escapes import address
from .delimiters import match_runs
from .pieces import END, Bracket, Start
from .scan import Scan


def scan_open(scan: Scan, at: int) -> int:
    return _push(scan, at + 1, is_image=False)


def scan_bang(scan: Scan, at: int) -> int | None:
    if not scan.text.startswith("[", at + 1):
        return None
    return _push(scan, at + 2, is_image=True)


def _push(scan: Scan, after: int, *, is_image: bool) -> int:
    if scan.brackets:
        scan.brackets[-1].has_inner = True
    bracket = Bracket(len(scan.pieces), after, len(scan.runs), is_image=is_image)
    scan.brackets.append(bracket)
    scan.pieces.append(bracket)
    return after


def scan_close(scan: Scan, at: int) -> int | None:
    """Make a link or image of what stands since the last bracket, if an address is given or known for it."""
    if not scan.brackets:
        return None
    bracket = scan.brackets.pop()
    if not bracket.usable:
        return None
    found = _inline_target(scan.text, at + 1) or _reference_target(scan, bracket, at)
    if not found:
        return None
    target, end = found
    scan.pieces[bracket.piece] = _start(target, is_image=bracket.is_image)
    match_runs(scan.runs, bracket.delimiters)
    scan.pieces.append(END)
    if not bracket.is_image:
        _refuse_links_around(scan.brackets)
    return end


def _start(target: Reference, *, is_image: bool) -> Start:
    attributes = {"src" if is_image else "href": address(target.destination)}
    if target.title:
        attributes["title"] = target.title
    return Start("img" if is_image else "a", attributes)


def _refuse_links_around(brackets: list[Bracket]) -> None:
    """No link within a link. Stops at the first that is refused already: those before it are, too."""
    for bracket in reversed(brackets):
        if bracket.is_image:
            continue
        if not bracket.usable:
            return
        bracket.usable = False


def _inline_target(text: str, at: int) -> tuple[Reference, int] | None:
    """`(destination "title")`"""
    if not text.startswith("(", at):
        return None
    destination = scan_destination(text, _skip(text, at + 1))
    if not destination:
        return None
    address_end = destination[1]
    at = _skip(text, address_end)
    title = ""
    if at > address_end and (found := scan_title(text, at)):
        title, at = found
        at = _skip(text, at)
    if not text.startswith(")", at):
        return None
    return Reference(destination[0], title), at + 1


# Matches anywhere, if only nothing, so that `match` never answers None.
_SPACE = re.compile(r"[ \t\n\v\f\r]*")


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()


def _reference_target(scan: Scan, bracket: Bracket, at: int) -> tuple[Reference, int] | None:
    """`[label]`, `[]` or nothing after the bracket: the text within is the label."""
    if not len(scan.references):
        return None
    following = scan_label(scan.text, at + 1)
    end = following[1] if following else at + 1
    if following and following[0].strip():
        label = following[0]
    elif bracket.has_inner:
        return None
    else:
        label = scan.text[bracket.after : at]
    reference = scan.references.find(label)
    return (reference, end) if reference else None
