"""Port of departments: the part that keeps them says who is in which; others choose among them.

Where no such part is switched on there are none, and forms ask for a colleague alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from obshto.platform.modularity.ports import port_here

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


class Departments(Protocol):
    """Offered by the part in which a municipality writes its departments down."""

    def people(self, uow: UnitOfWork) -> Mapping[str, Collection[UUID]]:
        """Who is in each, by its name, in the order of names. Two queries."""
        ...


def departments_here(uow: UnitOfWork) -> Mapping[str, Collection[UUID]]:
    """Who is in each department of the municipality at hand, by its name."""
    desk = port_here(Departments)
    return desk.people(uow) if desk else {}
