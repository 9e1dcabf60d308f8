"""Port of training: a part that keeps records of courses names them, who trains others asks.

Where no such part is switched on, titles are typed and no page leads there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


class TrainingCourses(Protocol):
    """Offered by the part of training. `path` is where staff keep the records, below the host."""

    path: str

    def titles(self, uow: UnitOfWork) -> Sequence[str]:
        """Courses that are written down, the newest first. One query."""
        ...
