"""Overview of what people ask for: by settlement and by subject, nobody's name anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from obshto.modules.proposals.models import Proposal
from obshto.modules.proposals.services.queries import PART, PUBLIC
from obshto.modules.proposals.services.states import DECIDED, OPEN
from obshto.platform.support.services import most_supported
from obshto.platform.unit_of_work import UnitOfWork

TOP, LOOKED_AT = 10, 500


@dataclass(frozen=True, slots=True)
class Asked:
    """How many proposals of one kind there are, how many wait, how many are decided."""

    settlement: str
    subject: str
    all: int
    open: int
    decided: int


def asked_for(uow: UnitOfWork) -> Sequence[Asked]:
    """The most asked for first. One query, however many proposals there are.

    A row counts proposals, which anybody may read; nothing in it is a feature of a person.
    """
    number = func.count()
    wanted = select(
        Proposal.settlement,
        Proposal.subject,
        number,
        number.filter(Proposal.state.in_(OPEN)),
        number.filter(Proposal.state.in_(DECIDED)),
    ).where(PUBLIC)
    rows = uow.session.execute(
        wanted.group_by(Proposal.settlement, Proposal.subject).order_by(
            number.desc(), Proposal.settlement, Proposal.subject
        )
    )
    return [Asked(*row) for row in rows]


def open_with_most_support(uow: UnitOfWork) -> Sequence[tuple[Proposal, int]]:
    """The open ones that most people are for, with how many. Two queries."""
    first = most_supported(uow, PART, limit=LOOKED_AT)
    wanted = select(Proposal).where(PUBLIC, Proposal.state.in_(OPEN), Proposal.id.in_(first))
    rows = {row.id: row for row in uow.session.scalars(wanted)}
    return [(rows[key], count.total) for key, count in first.items() if key in rows][:TOP]
