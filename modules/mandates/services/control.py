"""The control mandate of the leak watch."""

from __future__ import annotations

from sqlalchemy import select

from obshto.modules.mandates.models import Mandate
from obshto.modules.mandates.services.kinds import WITHDRAWN
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.db.control_rows import control_id
from obshto.platform.unit_of_work import UnitOfWork

_YEAR = 0


def plant(uow: UnitOfWork, mark: str) -> None:
    """A withdrawn mandate with that number, given to who plants it. Twice is once."""
    row = uow.session.scalar(select(Mandate).where(Mandate.year == _YEAR))
    if row and row.request_id == control_id(mark):
        return
    me = uow.principal.person_id
    row = row or Mandate(id=new_id(), year=_YEAR, sequence=0, person_id=me, has_profile=False)
    row.request_id, row.language, row.acts = control_id(mark), "bg", []
    row.state, row.prepared_at, row.ends_on = WITHDRAWN, uow.now, day_of(uow.now)
    row.signed_on, row.ended_at, row.assistant_id = row.ends_on, uow.now, me
    row.name = row.assistant = row.prepared_by = f"Контролно съгласие {mark}"
    uow.session.add(row)
