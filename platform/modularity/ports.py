"""Ports between components: one offers what another asks for, neither imports the other.

A component names in its manifest (`offers`) what it supplies. `port_here` gives it in a
municipality that has the component on, else None: who asks must do without.
"""

from __future__ import annotations

from typing import TypeVar, cast

from obshto.platform.modularity.registry import components_here

Port = TypeVar("Port")


def port_here(port: type[Port]) -> Port | None:
    """Supplier of the protocol in the municipality at hand, if there is one."""
    found = (part.offers[port] for part in components_here() if port in part.offers)
    return cast("Port | None", next(found, None))
