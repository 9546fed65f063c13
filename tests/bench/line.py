"""One keep-alive HTTP connection, read down to the byte, so that a benchmark can check what it counts."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Self

PATIENCE_SECONDS = 30
END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a server listens."""

    host: str
    port: int


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer; `length` counts its head too, as it came over the wire."""

    status: int
    body: bytes
    length: int


class Broken(Exception):
    """The server closed the connection, or sent what is no answer."""


def request(target: Target, path: str) -> bytes:
    """The bytes of a GET as wrk sends it."""
    return f"GET {path} HTTP/1.1\r\nHost: {target.host}:{target.port}\r\n\r\n".encode("ascii")


def parse(received: bytes | bytearray) -> Answer | None:
    """The answer that `received` begins with; None while it is not all there."""
    end = received.find(END_OF_HEAD)
    if end < 0:
        return None
    head = bytes(received[:end]).decode("latin-1").split("\r\n")
    fields = {name.strip().casefold(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    if not head[0].startswith("HTTP/1.1 ") or "content-length" not in fields:
        raise Broken(f"no answer with a length: {head[0]!r}")
    start = end + len(END_OF_HEAD)
    length = start + int(fields["content-length"])
    if len(received) < length:
        return None
    return Answer(status=int(head[0].split()[1]), body=bytes(received[start:length]), length=length)


class Line:
    """One connection; one worker of the server answers everything that is asked on it."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._socket = socket.create_connection((target.host, target.port), timeout=PATIENCE_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str) -> Answer:
        self._socket.sendall(request(self._target, path))
        received = bytearray()
        while (answer := parse(received)) is None:
            if not (more := self._socket.recv(262_144)):
                raise Broken(f"the server closed the connection after {len(received)} bytes of {path}")
            received += more
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()


def get(target: Target, path: str) -> Answer:
    with Line(target) as line:
        return line.get(path)


def answers(target: Target, path: str) -> bool:
    """Whether the server is up and answers 200 there."""
    try:
        return get(target, path).status == 200
    except (OSError, Broken):
        return False
