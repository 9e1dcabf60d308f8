"""Threads of the points of an agenda: what led to each, what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from obshto.modules.meetings.models import AgendaItem
from obshto.platform.thread.lines import ThreadLine, lines_at
from obshto.platform.unit_of_work import UnitOfWork

PART = "meetings"
FROM_ELSEWHERE = AgendaItem.from_id.is_not(None)


def thread_key(item: AgendaItem) -> tuple[str, UUID] | None:
    """By which threads know a point; None for one that came from nowhere else."""
    return (PART, item.id) if item.from_id else None


def lines_of_points(uow: UnitOfWork, items: Sequence[AgendaItem]) -> Mapping[UUID, ThreadLine]:
    """By point, where there is more to read than the point itself. One query at most."""
    return lines_at(uow, {key for item in items if (key := thread_key(item))})
