"""Repairs of slips that CommonMark takes at their word: `] (`, `</br>`, `##Title`; each is reported with its line."""

from __future__ import annotations

import re

import markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from portal.problems import Problem, Severity

_FENCE = re.compile(r"^ *(`{3,}|~{3,})")
_CODE = re.compile(r"(`+[^`]*`+)")
_APART = re.compile(r"\]\s+\((?=\s*(?:https?:|mailto:|data-blade|\.|/))")
_CLOSED_BREAK = re.compile(r"</br\s*>", re.IGNORECASE)
_GLUED_HEADING = re.compile(r"^( {0,3}#{2,6})(?=[^#\s])")

_SAID = {
    "link-apart": "A blank stands between a link's text and its address; it was joined. Remove the blank.",
    "closed-break": "A line break is written </br>; it was read as <br>. Write <br>.",
    "glued-heading": "A heading has no blank after its number signs; it was read as a heading. Add the blank.",
}


class Repairs(Preprocessor):
    """Mends lines outside code, and tells `md.problems` about each. Line ends of any script are line ends."""

    def run(self, lines: list[str]) -> list[str]:
        mended, fence = [], ""
        for number, line in enumerate("\n".join(lines).splitlines(), 1):
            mark = _FENCE.match(line)
            if mark and mark[1].startswith(fence):
                fence = "" if fence else mark[1]
            elif not fence:
                line = self._mended(line, number)
            mended.append(line)
        return mended

    def _mended(self, line: str, number: int) -> str:
        if "]" not in line and "</" not in line and "#" not in line:
            return line
        parts = _CODE.split(line)
        for index in range(0, len(parts), 2):
            parts[index] = self._replaced(_APART, "](", parts[index], "link-apart", number)
            parts[index] = self._replaced(_CLOSED_BREAK, "<br>", parts[index], "closed-break", number)
        return self._replaced(_GLUED_HEADING, r"\1 ", "".join(parts), "glued-heading", number)

    def _replaced(self, pattern: re.Pattern[str], by: str, text: str, code: str, number: int) -> str:
        text, count = pattern.subn(by, text)
        if count:
            problem = Problem(code=code, message=_SAID[code], severity=Severity.WARNING, line=number)
            self.md.problems.extend([problem] * count)
        return text


class RepairsExtension(Extension):
    """Repairs before parsing. `md.problems` lists them for the last document; lines count from 1 in the body."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        md.problems = []
        md.registerExtension(self)
        md.preprocessors.register(Repairs(md), "repairs", 25)
        self._md = md

    def reset(self) -> None:
        self._md.problems = []
