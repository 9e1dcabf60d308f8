"""Overview of what people discuss: by settlement and subject, nobody's name anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from obshto.modules.forum.models import Discussion
from obshto.modules.forum.services.queries import LISTED
from obshto.platform.unit_of_work import UnitOfWork

LATE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Discussed:
    """Discussions of one village and subject: how many, how many posts, how many wait."""

    settlement: str
    subject: str
    discussions: int
    posts: int
    unheard: int
    late: int


def discussed(uow: UnitOfWork) -> Sequence[Discussed]:
    """The most discussed first. One query, however many posts there are.

    A row counts what anybody may read; nothing in it is a feature of a person.
    """
    number = func.count()
    unheard = Discussion.heard_at.is_(None)
    late = Discussion.awaiting_since < uow.now - LATE
    rows = uow.session.execute(
        select(
            Discussion.settlement,
            Discussion.subject,
            number,
            func.sum(Discussion.last_number),
            number.filter(unheard),
            number.filter(late),
        )
        .where(LISTED)
        .group_by(Discussion.settlement, Discussion.subject)
        .order_by(func.sum(Discussion.last_number).desc(), Discussion.settlement)
    )
    return [Discussed(*row) for row in rows]
