"""Words of looks at the rows of a petition, by its committee and by staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select

from obshto.modules.referendum.models import Referendum
from obshto.platform.modularity.manifest import LookedAt
from obshto.platform.unit_of_work import UnitOfWork


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The petitions among these ids, by their questions. One query."""
    rows = select(Referendum.id, Referendum.question).where(Referendum.id.in_(ids))
    return {
        row.id: LookedAt(gettext("Подписка „%(question)s“", question=row.question))
        for row in uow.session.execute(rows)
    }
