"""Port of dangers that stand now: a part that warns people answers, the frame of each page asks.

What it answers is drawn once for each version of the host and kept as a fragment; whoever changes
it emits a public fact, or invalidates the region's pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicAlarm:
    """One danger in Bulgarian words: what, where, which text of it this is, its page.

    `places` is empty for a whole municipality. `municipality` is a slug, empty on its own pages;
    `path` is below the host of the municipality.
    """

    title: str
    places: str
    number: int
    told_at: datetime
    path: str
    municipality: str = ""


class PublicAlarms(Protocol):
    """Dangers that people must see before anything else."""

    def here(self, uow: UnitOfWork) -> Sequence[PublicAlarm]:
        """Those of the municipality at hand, the newest first. One query."""
        ...

    def in_region(self, uow: UnitOfWork) -> Sequence[PublicAlarm]:
        """Those of all municipalities, the newest first. One query of the region's table."""
        ...
