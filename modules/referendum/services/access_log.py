"""Words of looks at the rows of a petition and at its committee, by whoever works with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select

from obshto.modules.referendum.models import Member, Referendum
from obshto.platform.modularity.manifest import LookedAt
from obshto.platform.unit_of_work import UnitOfWork


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The petitions and seats of committees among these ids, by their questions. One query."""
    own = select(Referendum.id, Referendum.question).where(Referendum.id.in_(ids))
    seats = select(Member.id, Referendum.question).join(
        Referendum, Referendum.id == Member.petition_id
    )
    rows = own.union_all(seats.where(Member.id.in_(ids)))
    return {
        row.id: LookedAt(gettext("Подписка"), about=row.question)
        for row in uow.session.execute(rows)
    }
