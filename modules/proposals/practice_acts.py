"""Practice acts of proposals: an invented citizen proposes, supports, asks, answers a question."""

from __future__ import annotations

from sqlalchemy import select

from obshto.modules.proposals.models import CitizenProposal, ProposalQuestion
from obshto.modules.proposals.seeds import MADE
from obshto.modules.proposals.services.queries import public
from obshto.modules.proposals.services.questions import (
    AUTHOR,
    MUNICIPALITY,
    PUBLISHED,
    AskedWords,
    answer_question,
    ask_question,
)
from obshto.modules.proposals.services.submission import ProposalSender, send_proposal
from obshto.modules.proposals.services.supports import support_proposal
from obshto.platform.modularity.practice import PracticeAct, PracticeTurn
from obshto.platform.support.services import Supporter
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here

ASKED = (
    "Кога ще се започне и кой ще го направи?",
    "Има ли за това пари в бюджета тази година?",
    "Може ли първо да се направи в нашето село?",
)
ANSWERED = "Говорих със съседите. Съгласни са, стига да не пречи на входа."
LOOKED_AT = 20  # of those that may be supported


def propose(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """Another one from the examples; it begins to collect support."""
    made = turn.pick(MADE)
    settlement = turn.pick(list(settlements_here(uow)) or [""])
    sender = ProposalSender(subject=made.subject, settlement=settlement, name=turn.name)
    send_proposal(uow, made.words, sender, request_id=turn.request_id)
    return True


def support(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """The first one that this citizen does not support yet."""
    by = Supporter(person_id=uow.principal.person_id)
    return any(
        support_proposal(uow, one.id, by, request_id=turn.request_id)
        for one in _open(uow)
        if one.person_id != uow.principal.person_id
    )


def ask(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """A question to whoever works here, or to the author."""
    if not (proposals := _open(uow)):
        return False
    asked = AskedWords(words=turn.pick(ASKED), addressee=turn.pick((MUNICIPALITY, AUTHOR)))
    ask_question(uow, turn.pick(proposals), asked, request_id=turn.request_id)
    return True


def answer(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """A question to the author of a proposal of theirs."""
    wanted = (
        select(ProposalQuestion)
        .join(CitizenProposal, CitizenProposal.id == ProposalQuestion.proposal_id)
        .where(
            CitizenProposal.person_id == uow.principal.person_id,
            ProposalQuestion.addressee == AUTHOR,
            ProposalQuestion.answer == "",
            PUBLISHED,
            ProposalQuestion.hidden_at.is_(None),
        )
    )
    row = uow.session.scalar(wanted.order_by(ProposalQuestion.asked_at).limit(1))
    if row:
        answer_question(uow, row, ANSWERED, is_official=False, expected_version=row.version)
    return row is not None


def _open(uow: UnitOfWork) -> list[CitizenProposal]:
    return list(uow.session.scalars(public(state="open").limit(LOOKED_AT)))


PRACTICE_ACTS = (
    PracticeAct(run=propose),
    PracticeAct(run=support),
    PracticeAct(run=ask),
    PracticeAct(run=answer, is_reply=True),
)
