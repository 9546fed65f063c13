"""Processes that end before or after any of their steps: a statement to the database, or a call to the directory.

All of a machine's run is in one transaction on one connection, in which the portal's own transactions are savepoints: the end
of a process rolls back the one that is open, and what was committed before stays, as in earnest. The simulated directory is no
part of it, and keeps what was done. Between two steps lie the beginning and the end of every transaction, so none is missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

from portal.sync import doors

T = TypeVar("T")
CALLS = ("errors", "find", "plan", "observe", "apply", "start_cycle")
NOT_STEPS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Crash(BaseException):
    """The process ends here. Not an Exception, so that nobody mends it."""


@dataclass
class Life:
    """A process that ends before, or after, its `at`th step; where that is 0, or never comes, it does all it has to do."""

    at: int = 0
    after: bool = False

    def __post_init__(self) -> None:
        self._left = self.at

    def live(self, act: Callable[[], T]) -> T:
        """What the act gives. Raises Crash."""
        make = doors.DOORS["memory"]
        doors.DOORS["memory"] = lambda tenant: MortalDoor(make(tenant), self)
        try:
            with connection.execute_wrapper(self._statement):
                return act()
        finally:
            doors.DOORS["memory"] = make
            assert not connection.needs_rollback, "a transaction of the portal that was not rolled back by its end"

    def step(self, do: Callable[[], T]) -> T:
        self._left -= 1
        if self._left == 0 and not self.after:
            raise Crash
        result = do()
        if self._left == 0:
            raise Crash
        return result

    def _statement(self, execute: Callable[..., Any], sql: Any, parameters: Any, many: bool, context: Any) -> Any:
        if str(sql).lstrip().upper().startswith(NOT_STEPS):
            return execute(sql, parameters, many, context)
        return self.step(lambda: execute(sql, parameters, many, context))


class MortalDoor:
    """The real door; each call is a step of the process that makes it."""

    def __init__(self, door: object, life: Life) -> None:
        self._door, self._life = door, life

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._door, name)
        if name not in CALLS:
            return found
        return lambda *given: self._life.step(lambda: found(*given))
