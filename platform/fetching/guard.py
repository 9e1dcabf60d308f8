"""Where we go, and where never: the address is judged after its name is resolved, and only once."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from flask import current_app

GUARD = "obshto.guard"
PORTS = {"http": 80, "https": 443}
LONGEST = 2_000  # letters of an address
# A path in the letters of its people; what is escaped stays so.
SAFE = "/?&=%:;,+~*!$'()[]@-._"
NAT64, SIX_TO_FOUR = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16")


class Trouble(StrEnum):
    """Why nothing came back."""

    FORBIDDEN = "forbidden"  # not an address that we ask
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    LARGE = "large"
    ASTRAY = "astray"  # one redirect after the other


class NotFetched(Exception):
    """No answer that could be used. `trouble` says why; nothing of the answer is told.

    `is_heard` where the request may have arrived: what it asked for may have been done.
    """

    def __init__(self, trouble: Trouble, *, is_heard: bool = False) -> None:
        super().__init__(trouble.value)
        self.trouble, self.is_heard = trouble, is_heard


Resolve = Callable[..., list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedTarget:
    """What is asked: the address, and the one machine that its name stood for when it was read."""

    url: SplitResult
    host: str
    port: int
    ip: str

    @property
    def path(self) -> str:
        """As it stands in the first line of a request."""
        query = f"?{self.url.query}" if self.url.query else ""
        return quote(f"{self.url.path or '/'}{query}", safe=SAFE)

    @property
    def origin(self) -> str:
        """Whom we speak to, and whether others can listen."""
        return f"{self.url.scheme}://{self.named}"

    @property
    def named(self) -> str:
        """As it stands in the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.url.scheme] else f"{host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Lets through http and https on their own ports to machines of the internet.

    `trusted` are hosts with their ports that pass unasked („127.0.0.1:9100“): a stand-in of tests.
    """

    trusted: frozenset[str] = frozenset()
    resolve: Resolve = socket.getaddrinfo

    def target(self, address: str) -> ResolvedTarget:
        """Resolves the name, once: who connects does so to `ip`. Raises NotFetched."""
        url, host, port = _read(address)
        if f"{host}:{port}" in self.trusted:
            return ResolvedTarget(url=url, host=host, port=port, ip=host)
        if port != PORTS[url.scheme]:
            raise NotFetched(Trouble.FORBIDDEN)
        try:
            found = self.resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NotFetched(Trouble.UNREACHABLE) from None
        machines = sorted({answer[4][0] for answer in found})
        # One private answer among public ones is enough to be led astray.
        if not machines or not all(map(is_of_the_internet, machines)):
            raise NotFetched(Trouble.FORBIDDEN)
        return ResolvedTarget(url=url, host=host, port=port, ip=machines[0])


def current_guard() -> Guard:
    """The guard of this installation."""
    guard: Guard = current_app.extensions.get(GUARD) or Guard()
    return guard


def is_of_the_internet(machine: str) -> bool:
    """Whether an address is one that everybody can reach, also when it is written inside another.

    Private, local, link-local with the clouds' metadata, shared, reserved and multicast are not.
    """
    ip = ipaddress.ip_address(machine.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner: ipaddress.IPv4Address | None = ip.ipv4_mapped
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        elif ip in SIX_TO_FOUR:
            inner = ipaddress.IPv4Address((int(ip) >> 80) & 0xFFFFFFFF)
        ip = inner or ip
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _read(address: str) -> tuple[SplitResult, str, int]:
    """Raises NotFetched: another scheme, a name with a password, what browsers read otherwise."""
    is_odd = len(address) > LONGEST or any(ord(c) < 33 or c == "\\" for c in address)
    try:
        url = urlsplit(address)
        is_odd = is_odd or "@" in url.netloc
        port = url.port or PORTS.get(url.scheme, 0)
        host = url.hostname or ""
        host = host if ":" in host else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        raise NotFetched(Trouble.FORBIDDEN) from None
    if is_odd or not host or not port or url.scheme not in PORTS:
        raise NotFetched(Trouble.FORBIDDEN)
    return url, host, port
