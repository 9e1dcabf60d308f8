"""The control assembly of the leak watch: it stands in no list, calendar or count of people."""

from __future__ import annotations

from sqlalchemy import select

from obshto.modules.assembly.models import Assembly
from obshto.modules.assembly.services.states import ANNOUNCED, MAYOR
from obshto.platform.clock import day_of
from obshto.platform.content.wheelchair import WheelchairAccess
from obshto.platform.db.control_rows import control_id
from obshto.platform.unit_of_work import UnitOfWork

_CONTROL = "Контролно събрание"  # its first words, by which it is found


def plant(uow: UnitOfWork, mark: str) -> None:
    """An assembly with that mark, without a number and so on no public page. Twice is once."""
    row = uow.session.scalar(select(Assembly).where(Assembly.place.startswith(_CONTROL)))
    if row is None:
        texts = ("unit", "quarter", "population_source", "voters_source", "document", "reasons")
        row = Assembly(
            population=1,
            voters=1,
            caller=MAYOR,
            starts_at=uow.now,
            announced_on=day_of(uow.now),
            access=WheelchairAccess.UNKNOWN,
            state=ANNOUNCED,  # of the list that staff open first
            changed_at=uow.now,
            entered_by_id=uow.principal.person_id,
            **dict.fromkeys(texts, ""),
        )
    row.request_id, row.place = control_id(mark), f"{_CONTROL} {mark}"
    uow.session.add(row)
