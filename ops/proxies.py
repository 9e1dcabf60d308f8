"""Which proxies may say whose request they pass on."""

from __future__ import annotations

from ipaddress import ip_network

from obshto.platform.rate_limit.address import Network

__all__ = ["Network", "networks_in"]


def networks_in(written: str, problems: list[str]) -> tuple[Network, ...]:
    """`10.0.0.5, 192.0.2.0/24` as networks; what is none of them is added to the problems."""
    found: list[Network] = []
    for word in filter(None, (word.strip() for word in written.split(","))):
        try:
            found.append(ip_network(word))
        except ValueError:
            problems.append(f"PROXIES={word} is no network: write it as 192.0.2.0/24.")
    return tuple(found)
