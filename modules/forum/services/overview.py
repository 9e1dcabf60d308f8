"""Overview of what people discuss: by settlement and subject, nobody's name anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import false, func, select

from obshto.modules.forum.models import Discussion
from obshto.modules.forum.services.queries import LISTED
from obshto.modules.forum.services.terms import days_here, due_column
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork


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

    `late` is past the promised term. A row counts what anybody may read; nothing in it is a
    feature of a person.
    """
    number = func.count()
    unheard = Discussion.heard_at.is_(None)
    due = due_column(days_here(uow))
    late = false() if due is None else due < day_of(uow.now)
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
