"""What a load generator asks for, what it must get, and what it counts; the same for wrk and for our own client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.line import Answer, Target

WHOLE_PAGE = b"</html>"


class UsedUp(Exception):
    """A course of distinct addresses has none left that was not asked before."""


@dataclass(kw_only=True)
class Course:
    """The addresses to ask for. One address is asked for ever; of several each only once, over all presses."""

    paths: tuple[str, ...]
    length: int | None
    position: int = 0

    @property
    def is_endless(self) -> bool:
        return len(self.paths) == 1

    def next(self) -> str:
        if self.is_endless:
            return self.paths[0]
        if self.position >= len(self.paths):
            raise UsedUp(f"All {len(self.paths)} distinct addresses were asked for: run fewer or shorter rounds.")
        self.position += 1
        return self.paths[self.position - 1]

    def is_right(self, answer: Answer) -> bool:
        if self.length is not None:
            return answer.status == 200 and answer.length == self.length
        return answer.status == 200 and WHOLE_PAGE in answer.body


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What a press counted."""

    right: int
    wrong: int
    seconds: float


Press = Callable[[Target, Course, int, int], Tally]
