"""Ports between components: one offers what another asks for, neither imports the other.

A component names in its manifest (`offers`) what it supplies. `port_here` gives it in a
municipality that has the component on, else None: who asks must do without.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar, cast

from obshto.platform.modularity.registry import components_here
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class BusRide:
    """There and back by bus. Moments are aware; `lines` are the buses of the way there."""

    leaves_at: datetime
    arrives_at: datetime
    returns_at: datetime
    home_at: datetime
    lines: tuple[str, ...]


class BusPort(Protocol):
    """Buses from a village to a place and back, offered by `transit`."""

    def ride(
        self,
        uow: UnitOfWork,
        *,
        origin: str,
        latitude: float,
        longitude: float,
        by: datetime,
        after: datetime,
    ) -> BusRide | None:
        """The latest ride from the settlement `origin` (EKATTE) that is at the point `by` then,
        with the earliest one home `after` that; None where there is no way there or back.
        """


Port = TypeVar("Port")


def port_here(port: type[Port]) -> Port | None:
    """Supplier of the protocol in the municipality at hand, if there is one."""
    found = (part.offers[port] for part in components_here() if port in part.offers)
    return cast("Port | None", next(found, None))
