"""Own rows: what a person wrote into one table, as export and erasure know it.

Use it where the text stays when its author goes. Do not use it for rows that go with the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRows:
    """One table: `author` is the column with the person, `told` what the export says of a row.

    `cleared` are the columns that are emptied beside the author. `word` is the key of the export.
    """

    word: str
    author: InstrumentedAttribute[UUID | None]
    told: tuple[InstrumentedAttribute[Any], ...]
    cleared: tuple[InstrumentedAttribute[Any], ...] = ()

    def export(self, uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
        """The rows that the person wrote, in the order of their ids. One query."""
        rows = uow.session.scalars(self._of(person_id)).all()
        return {
            self.word: [
                {one.key: _plain(getattr(row, one.key)) for one in self.told} for row in rows
            ]
        }

    def erase(self, uow: UnitOfWork, person_id: UUID) -> None:
        """Takes the person out of the rows, with what is cleared; the rows stay."""
        for row in uow.session.scalars(self._of(person_id)):
            for column in (self.author, *self.cleared):
                setattr(row, column.key, None)
        uow.session.flush()

    def _of(self, person_id: UUID) -> Select[Any]:
        model = self.author.class_
        return select(model).where(self.author == person_id).order_by(model.id)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
