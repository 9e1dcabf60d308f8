"""The control initiative of the leak watch: it stands in no list and no count."""

from __future__ import annotations

from sqlalchemy import select

from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.services.states import COUNCIL, WITHDRAWN
from obshto.platform.cases.channels import COUNTER
from obshto.platform.db.control_rows import control_id
from obshto.platform.unit_of_work import UnitOfWork

_CONTROL = "Контролна инициатива"  # its first words, by which it is found


def plant(uow: UnitOfWork, mark: str) -> None:
    """An initiative with that mark, entered by who plants it. Twice is once."""
    row = uow.session.scalar(select(Initiative).where(Initiative.question.startswith(_CONTROL)))
    if row is None:
        row = Initiative(
            channel=COUNTER,
            entered_by_id=uow.principal.person_id,
            addressee=COUNCIL,
            state=WITHDRAWN,
            meeting_at=uow.now,
            attended=0,
            changed_at=uow.now,
            **dict.fromkeys(("unit", "reasons", "entered_by"), ""),
        )
    row.request_id, row.question = control_id(mark), f"{_CONTROL} {mark}"
    uow.session.add(row)
