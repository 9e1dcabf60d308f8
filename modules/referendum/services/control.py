"""The control proposal: whoever finds its number in another municipality found a leak.

It stands in no register, and in the queue of the one who looks for it alone.
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, or_, select

from obshto.modules.referendum.models import Referendum
from obshto.platform.cases.channels import COUNTER
from obshto.platform.unit_of_work import UnitOfWork

CONTROL = "control"  # who proposed it: nobody of the law's proposers
REAL = Referendum.proposer != CONTROL


def plant(uow: UnitOfWork, mark: str) -> None:
    """A proposal with that number, entered by who plants it. Twice is once."""
    question = f"Контролно предложение {mark}"
    row = uow.session.scalar(select(Referendum).where(~REAL))
    if row is None:
        row = Referendum(
            request_id=uuid5(NAMESPACE_URL, f"referendum/{mark}"),
            channel=COUNTER,
            entered_by_id=uow.principal.person_id,
            entered_by="",
            proposer=CONTROL,
            unit="",
            question=question,
            yes_means="",
            no_means="",
            reasons="",
            decider="",
            signers=0,
            decision="",
            state="refused",
            changed_at=uow.now,
        )
        uow.session.add(row)
    elif row.question != question:
        row.question = question


def seen_by(uow: UnitOfWork) -> ColumnElement[bool]:
    """What the queue of this member of staff holds at all."""
    return or_(REAL, Referendum.entered_by_id == uow.principal.person_id)
