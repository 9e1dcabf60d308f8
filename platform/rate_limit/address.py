"""The neighbourhood that a request comes from, never the address itself."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NEIGHBOURS = {4: 24, 6: 48}  # bits that are kept: a village's line, a customer's own network
UNKNOWN = "unknown"


def neighbourhood(remote: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """`192.0.2.0/24` or `2001:db8::/48`; one word for everybody whose address is not told."""
    address = client_of(remote, forwarded, proxies)
    if address is None:
        return UNKNOWN
    return str(ip_network((address, NEIGHBOURS[address.version]), strict=False))


def client_of(remote: str, forwarded: str, proxies: Sequence[Network]) -> Address | None:
    """Who sent the request: `remote`, unless that is a proxy of ours, whose word then counts.

    `forwarded` is X-Forwarded-For. It is read from its end, since anybody may write its beginning,
    and only as far as each next one is a proxy of ours too.
    """
    address = _read(remote)
    hops = [hop for hop in forwarded.split(",") if hop.strip()]
    while hops and address and any(address in network for network in proxies):
        address = _read(hops.pop())
    return address


def _read(written: str) -> Address | None:
    try:
        address = ip_address(written.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
