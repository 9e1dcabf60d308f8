"""The control proposal: whoever finds its number in another municipality found a leak.

It takes no number of the register, counts nowhere, and stands in the queue of the one who looks
for it alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, or_, select

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.states import REFUSED
from obshto.platform.cases.channels import PORTAL
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork

YEAR = 0
ENDED = datetime(9999, 1, 1, tzinfo=UTC)  # the last of all: it stands first among what is done
REAL = CitizenProposal.year > YEAR


def plant(uow: UnitOfWork, mark: str) -> None:
    """A proposal with that number, made and handled by who plants it. Twice is once."""
    words = f"Контролно предложение {mark}"
    proposal = uow.session.scalar(select(CitizenProposal).where(~REAL)) or _proposal(uow, mark)
    if proposal.assignee != words:
        proposal.title = proposal.text = proposal.assignee = words
        proposal.applicant = words
        uow.session.add(proposal)


def seen_by(uow: UnitOfWork) -> ColumnElement[bool]:
    """What the queue of this member of staff holds at all."""
    return or_(REAL, CitizenProposal.assignee_id == uow.principal.person_id)


def _proposal(uow: UnitOfWork, mark: str) -> CitizenProposal:
    me = uow.principal.person_id
    return CitizenProposal(
        id=new_id(),
        request_id=uuid5(NAMESPACE_URL, f"proposals/{mark}"),
        year=YEAR,
        sequence=0,
        person_id=me,
        channel=PORTAL,
        entered_by="",
        state=REFUSED,
        sent_at=uow.now,
        assignee_id=me,
        assignee="",
        ended_at=ENDED,
        hidden_at=uow.now,
        subject="other",
        settlement="",
        reason="",
        place="",
        cost="",
        is_named=False,
        language="bg",
        needs_mayor=0,
        needs_council=0,
    )
