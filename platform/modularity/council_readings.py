"""Port of council readings: lists that wait for the council, offered by the part that keeps them.

The council's desk shows each with its number; where no such part is switched on there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


class OverdueReports(Protocol):
    """Offered by the part of reports: what is overdue for so long that the council reads it."""

    @property
    def path(self) -> str:
        """Of the public list without names, below the host and the language."""
        ...

    def number(self, uow: UnitOfWork) -> int:
        """How many stand in it. One query."""
        ...
