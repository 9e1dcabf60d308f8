"""One request to an address of somebody else, with a limit of bytes, seconds and redirects."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from socket import SHUT_RDWR, socket
from threading import Event, Timer
from time import monotonic
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as WaitedTooLong

from obshto.platform.fetching.guard import NotFetched, ResolvedTarget, Trouble, current_guard
from obshto.platform.scope import is_in_practice

KB, MB = 1024, 1024 * 1024
PIECE = 64 * KB
CONNECTING = 5.0  # seconds; the same for each wait within the whole
MOVED = {301, 302, 303, 307, 308}
AGENT = "Obshto (+https://obshto.example/feeds)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may take, redirects included."""

    size: int = 2 * MB
    seconds: float = 15.0
    redirects: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request. Only one without a body follows redirects, and its secret stays with its host."""

    address: str
    method: str = "GET"
    headers: Mapping[str, str] | None = None
    secret: str = ""  # goes as a bearer token
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, headers by their name in small letters, body; `address` is where it came from."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(asked: Asked, limits: Limits | None = None) -> Answer:
    """Ask. Each redirect passes the guard anew. Raises NotFetched."""
    if is_in_practice():
        raise NotFetched(Trouble.FORBIDDEN)
    limits = limits or Limits()
    end, address, secret = monotonic() + limits.seconds, asked.address, asked.secret
    first = ""
    for _ in range(limits.redirects + 1):
        target = current_guard().target(address)
        first = first or target.origin
        answer = _once(asked, target, secret if target.origin == first else "", limits, end)
        if answer.status not in MOVED or asked.body is not None or asked.method != "GET":
            return answer
        address = urljoin(address, answer.headers.get("location", ""))
    raise NotFetched(Trouble.ASTRAY)


def _once(asked: Asked, target: ResolvedTarget, secret: str, limits: Limits, end: float) -> Answer:
    headers = {"Host": target.named, "User-Agent": AGENT, "Accept-Encoding": "identity"}
    headers |= asked.headers or {}
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    with _connected(target, end) as (connection, is_late):
        try:
            connection.request(
                asked.method, target.path, asked.body, headers, preload_content=False
            )
            with closing(connection.getresponse()) as answer:
                body = b"".join(_pieces(answer, limits.size, end))
        except (OSError, HTTPException, HTTPError, ValueError) as error:
            is_slow = is_late.is_set() or isinstance(error, (TimeoutError, WaitedTooLong))
            trouble = Trouble.SLOW if is_slow else Trouble.UNREACHABLE
            raise NotFetched(trouble, is_heard=True) from None
        if is_late.is_set():  # what was cut off looks like a short answer
            raise NotFetched(Trouble.SLOW, is_heard=True)
    told = {name.lower(): value for name, value in answer.headers.items()}
    return Answer(address=target.url.geturl(), status=answer.status, headers=told, body=body)


def _pieces(answer: BaseHTTPResponse, most: int, end: float) -> Iterator[bytes]:
    got = 0
    while piece := answer.read1(PIECE):
        got += len(piece)
        if got > most:
            raise NotFetched(Trouble.LARGE, is_heard=True)
        if monotonic() > end:
            raise NotFetched(Trouble.SLOW, is_heard=True)
        yield piece


@contextmanager
def _connected(target: ResolvedTarget, end: float) -> Iterator[tuple[HTTPConnection, Event]]:
    """To that machine and no other; the line is cut when the time is over.

    A server that sends a letter a second never lets a wait run out, so waits alone are no limit.
    """
    left, is_late = end - monotonic(), Event()
    if left <= 0:
        raise NotFetched(Trouble.SLOW)
    connection = _connection(target, min(CONNECTING, left))

    try:
        try:
            connection.connect()
        except (TimeoutError, WaitedTooLong):
            raise NotFetched(Trouble.SLOW) from None
        except (OSError, HTTPError):
            raise NotFetched(Trouble.UNREACHABLE) from None
        clock = _clock(end - monotonic(), connection.sock, is_late)
        try:
            yield connection, is_late
        finally:
            clock.cancel()
    finally:
        connection.close()


def _clock(seconds: float, line: socket, is_late: Event) -> Timer:
    """Cuts the line then. The connection itself lets go of it once an answer has begun."""

    def cut() -> None:
        is_late.set()
        with suppress(OSError):
            socket.shutdown(line, SHUT_RDWR)  # below TLS, which somebody is reading

    clock = Timer(max(seconds, 0), cut)
    clock.daemon = True
    clock.start()
    return clock


def _connection(target: ResolvedTarget, timeout: float) -> HTTPConnection:
    if target.url.scheme == "http":
        return HTTPConnection(target.ip, target.port, timeout=timeout)
    return HTTPSConnection(
        target.ip,
        target.port,
        timeout=timeout,
        server_hostname=target.host,
        ssl_context=ssl.create_default_context(),
    )
