"""The control request: whoever finds its number in another municipality found a leak.

It takes no number of the register, counts nowhere, and stands in the queue of the one who looks
for it alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, or_, select

from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.services.states import REFUSED
from obshto.platform.cases.channels import PORTAL
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork

YEAR = 0
ENDED = datetime(9999, 1, 1, tzinfo=UTC)  # the last of all: it stands first among what is done
REAL = DataRequest.year > YEAR


def plant(uow: UnitOfWork, mark: str) -> None:
    """A request with that number, sent and handled by who plants it. Twice is once."""
    words = f"Контролно искане {mark}"
    row = uow.session.scalar(select(DataRequest).where(~REAL)) or _row(uow, mark)
    if row.assignee != words:
        row.applicant = row.words = row.assignee = words
        uow.session.add(row)


def seen_by(uow: UnitOfWork) -> ColumnElement[bool]:
    """What the queue of this member of staff holds at all."""
    return or_(REAL, DataRequest.assignee_id == uow.principal.person_id)


def _row(uow: UnitOfWork, mark: str) -> DataRequest:
    me = uow.principal.person_id
    return DataRequest(
        id=new_id(),
        request_id=uuid5(NAMESPACE_URL, f"personaldata/{mark}"),
        year=YEAR,
        sequence=0,
        person_id=me,
        channel=PORTAL,
        entered_by="",
        state=REFUSED,
        sent_at=uow.now,
        starts_on=day_of(uow.now),
        assignee_id=me,
        assignee="",
        ended_at=ENDED,
        kind="complaint",
        behalf="",
        language="bg",
        asked_again=0,
        identified_how="",
        identified_by="",
    )
