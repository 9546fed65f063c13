"""A load generator in plain Python: one thread, many keep-alive connections, every answer checked."""

from __future__ import annotations

import selectors
import socket
import time

from tests.bench.course import Course, Tally
from tests.bench.line import Broken, Target, parse, request

STALLED_SECONDS = 10.0


class _Caller:
    """One connection that asks again as soon as it was answered."""

    def __init__(self, target: Target, course: Course) -> None:
        self.socket = socket.create_connection((target.host, target.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._target, self._course = target, course
        self._received = bytearray()

    def ask(self) -> None:
        self.socket.sendall(request(self._target, self._course.next()))

    def hear(self) -> bool | None:
        """Whether the answer was right; None while it is not all there."""
        more = self.socket.recv(262_144)
        if not more:
            raise Broken("the server closed a connection under load")
        self._received += more
        answer = parse(self._received)
        if answer is None:
            return None
        del self._received[: answer.length]
        return self._course.is_right(answer)


def press(target: Target, course: Course, connections: int, seconds: int) -> Tally:
    """Ask on all connections until the time is over; what is then under way is not counted."""
    callers = [_Caller(target, course) for _ in range(connections)]
    counts = {True: 0, False: 0}
    with selectors.DefaultSelector() as selector:
        for caller in callers:
            selector.register(caller.socket, selectors.EVENT_READ, caller)
        started = time.perf_counter()
        for caller in callers:
            caller.ask()
        while time.perf_counter() - started < seconds:
            ready = selector.select(STALLED_SECONDS)
            if not ready:
                raise Broken(f"no answer for {STALLED_SECONDS:g} s")
            for key, _ in ready:
                if (right := key.data.hear()) is not None:
                    counts[right] += 1
                    key.data.ask()
        taken = time.perf_counter() - started
    for caller in callers:
        caller.socket.close()
    return Tally(right=counts[True], wrong=counts[False], seconds=taken)
