"""Overview of what people ask for: by settlement and by subject, nobody's name anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.queries import PART, PUBLIC, UNSHOWN
from obshto.modules.proposals.services.states import DECIDED, OPEN
from obshto.platform.support.services import most_supported
from obshto.platform.unit_of_work import UnitOfWork

TOP, LOOKED_AT = 10, 500


@dataclass(frozen=True, slots=True)
class AskedFor:
    """How many proposals of one kind there are, how many wait, how many are decided."""

    settlement: str
    subject: str
    all: int
    open: int
    decided: int


def asked_for(uow: UnitOfWork) -> Sequence[AskedFor]:
    """The most asked for first. One query, however many proposals there are.

    A row counts proposals, which anybody may read; nothing in it is a feature of a person.
    """
    number = func.count()
    wanted = select(
        CitizenProposal.settlement,
        CitizenProposal.subject,
        number,
        number.filter(CitizenProposal.state.in_(OPEN)),
        number.filter(CitizenProposal.state.in_(DECIDED)),
    ).where(PUBLIC)
    rows = uow.session.execute(
        wanted.group_by(CitizenProposal.settlement, CitizenProposal.subject).order_by(
            number.desc(), CitizenProposal.settlement, CitizenProposal.subject
        )
    )
    return [AskedFor(*row) for row in rows]


def open_with_most_support(uow: UnitOfWork) -> Sequence[tuple[CitizenProposal, int]]:
    """The open ones that most people are for, with how many. Two queries."""
    first = most_supported(uow, PART, limit=LOOKED_AT)
    wanted = (
        select(CitizenProposal)
        .where(PUBLIC, CitizenProposal.state.in_(OPEN), CitizenProposal.id.in_(first))
        .options(*UNSHOWN)
    )
    rows = {row.id: row for row in uow.session.scalars(wanted)}
    return [(rows[key], count.total) for key, count in first.items() if key in rows][:TOP]
