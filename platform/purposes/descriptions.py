"""Descriptions of opened things by a column of their table, for the list of looks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from flask_babel import LazyString
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from obshto.platform.modularity.processing_activities import LookedAt
from obshto.platform.unit_of_work import UnitOfWork

Describe = Callable[[UnitOfWork, Collection[UUID]], Mapping[UUID, LookedAt]]


def described_by(title: LazyString, about: InstrumentedAttribute[str]) -> Describe:
    """A `describe` that calls each row by this word and by what stands in the column. One query."""

    def describe(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
        key = about.class_.id
        rows = uow.session.execute(select(key, about).where(key.in_(ids)))
        return {row_id: LookedAt(str(title), about=words) for row_id, words in rows}

    return describe
