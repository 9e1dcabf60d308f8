"""Days on which staff are away, as detection and the page of a finding read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from obshto.modules.dataprotection.models import StaffLeave
from obshto.platform.unit_of_work import UnitOfWork

Days = tuple[date, date]  # the first and the last, both of them away


def leaves_between(
    uow: UnitOfWork, people: Collection[UUID], first: date, last: date
) -> Mapping[UUID, Sequence[Days]]:
    """Leaves of these people that touch the days from first to last, by person. One query."""
    rows = select(StaffLeave).where(
        StaffLeave.person_id.in_(people),
        StaffLeave.removed_at.is_(None),
        StaffLeave.starts_on <= last,
        StaffLeave.ends_on >= first,
    )
    found: dict[UUID, list[Days]] = defaultdict(list)
    for row in uow.session.scalars(rows.order_by(StaffLeave.starts_on)) if people else ():
        found[row.person_id].append((row.starts_on, row.ends_on))
    return found


def leave_on(uow: UnitOfWork, person_id: UUID | None, day: date) -> Days | None:
    """The leave that somebody had on a day."""
    if person_id is None:
        return None
    return next(iter(leaves_between(uow, (person_id,), day, day).get(person_id, ())), None)
