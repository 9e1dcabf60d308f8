"""The control application: whoever finds its number in another municipality found a leak.

It takes no number of the register, and no list, count or export of people has it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.states import CLOSED
from obshto.platform.cases.channels import PORTAL
from obshto.platform.db.base import new_id
from obshto.platform.db.control_rows import control_id
from obshto.platform.legal.terms import received_on
from obshto.platform.unit_of_work import UnitOfWork

YEAR, SERVICE = 0, "1998"
ENDED = datetime(9999, 1, 1, tzinfo=UTC)  # the last of all: it stands first among what is done


def plant(uow: UnitOfWork, mark: str) -> None:
    """An application with that number, sent by and handled by who plants it. Twice is once."""
    words = f"Контролно заявление {mark}"
    case = uow.session.scalar(select(Case).where(Case.year == YEAR)) or _case(uow, mark)
    if case.assignee != words:
        case.request_id = control_id(mark)
        case.applicant = case.assignee = words
        case.keep({"applicant_name": words})
        uow.session.add(case)


def _case(uow: UnitOfWork, mark: str) -> Case:
    definition, me = latest(SERVICE), uow.principal.person_id
    assert definition
    return Case(
        id=new_id(),
        request_id=control_id(mark),
        year=YEAR,
        sequence=0,
        service=SERVICE,
        definition_version=definition.version,
        person_id=me,
        channel=PORTAL,
        entered_by="",
        state=CLOSED,
        sent_at=uow.now,
        starts_on=received_on(uow.now),
        assignee_id=me,
        assignee="",
        ended_at=ENDED,
    )
