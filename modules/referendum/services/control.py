"""The control proposal of the leak watch: it stands in no register, list or count of people."""

from __future__ import annotations

from sqlalchemy import select

from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services.states import MAYOR
from obshto.platform.cases.channels import COUNTER
from obshto.platform.db.control_rows import control_id
from obshto.platform.unit_of_work import UnitOfWork

_CONTROL = "Контролно предложение"  # its first words, by which it is found


def plant(uow: UnitOfWork, mark: str) -> None:
    """A proposal with that number, entered by who plants it. Twice is once."""
    row = uow.session.scalar(select(Referendum).where(Referendum.question.startswith(_CONTROL)))
    if row is None:
        texts = ("unit", "yes_means", "no_means", "reasons", "decider", "decision", "entered_by")
        row = Referendum(
            channel=COUNTER,
            entered_by_id=uow.principal.person_id,
            signers=0,
            state="refused",
            changed_at=uow.now,
            **dict.fromkeys(texts, ""),
        )
    row.proposer = MAYOR  # of the law's proposers, so that its page can be opened
    row.request_id, row.question = control_id(mark), f"{_CONTROL} {mark}"
    uow.session.add(row)
