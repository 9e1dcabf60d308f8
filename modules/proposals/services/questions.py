"""Questions under a proposal: asked by who may support it, answered by its author or by staff.

Whoever has no account confirms the address first. No question names who asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import defer

from obshto.modules.proposals.errors import (
    AdditionsShut,
    NoSuchProposalQuestion,
    QuestionEmailNeeded,
    QuestionsPaused,
    QuestionsShut,
    QuestionTooOld,
    StaleProposalQuestion,
    WhoseQuestion,
)
from obshto.modules.proposals.events import (
    ProposalQuestionAnswered,
    ProposalQuestionAsked,
    ProposalQuestionAwaits,
    ProposalQuestionFact,
    ProposalQuestionHeld,
)
from obshto.modules.proposals.models import CitizenProposal, ProposalQuestion
from obshto.modules.proposals.services.codes import code_of, index_of
from obshto.modules.proposals.services.queries import PART, PUBLIC, proposal_of
from obshto.modules.proposals.services.states import COLLECTING, OPEN, PROMISED, STATES, record
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.references import opened_by
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.moderation.flags import is_flagged
from obshto.platform.moderation.links import is_suspicious
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.services import decisions_on, forget_appeals
from obshto.platform.modularity.awaited_answers import awaited_rows
from obshto.platform.questions.services import keep_question, question_by
from obshto.platform.unit_of_work import UnitOfWork

AUTHOR, MUNICIPALITY, ADDITION = "author", "municipality", "addition"
ADDRESSEES: Mapping[str, LazyString] = {
    AUTHOR: lazy_gettext("Авторът на предложението"),
    MUNICIPALITY: lazy_gettext("Служителите на общината"),
    ADDITION: lazy_gettext("Не питам, а допълвам: авторът решава дали да влезе в текста"),
}
ASKABLE = (*OPEN, *PROMISED)  # afterwards nothing follows that could be asked about
CONFIRMABLE, KEPT = timedelta(days=3), timedelta(days=365)
MOST_SHOWN, AT_ONCE = 50, 200
LISTS = ("waiting", "author", "flagged", "hidden", "answered")
CONFIRMED = ProposalQuestion.confirmed_at.is_not(None)
PUBLISHED = and_(CONFIRMED, ProposalQuestion.is_held.is_(False))
# Where the answer goes, and what is hidden, is read only where somebody needs it.
UNSHOWN = tuple(map(defer, (ProposalQuestion.email, ProposalQuestion.hidden_words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWords:
    """A question as typed: to whom, and where the answer goes."""

    words: str
    addressee: str = MUNICIPALITY
    email: str = ""
    language: str = "bg"
    channel: str = PORTAL


def ask_question(
    uow: UnitOfWork, proposal: CitizenProposal, asked: AskedWords, *, request_id: UUID
) -> ProposalQuestion:
    """Everybody reads it at once, or once its address is confirmed. Sent twice it is one.

    Raises QuestionsShut, QuestionsPaused, AdditionsShut, QuestionEmailNeeded.
    """
    if known := question_by(uow, ProposalQuestion, request_id):
        return known
    expect_askable(proposal)
    if asked.addressee == ADDITION and proposal.state != COLLECTING:
        raise AdditionsShut
    by_staff, me = asked.channel != PORTAL, uow.principal.person_id
    is_known = by_staff or me is not None
    if not (is_known or asked.email):
        raise QuestionEmailNeeded
    row = ProposalQuestion(
        id=new_id(),
        request_id=request_id,
        proposal_id=proposal.id,
        person_id=None if by_staff else me,
        code_index=index_of(code_of(request_id)),
        email=asked.email,
        language=asked.language,
        addressee=asked.addressee,
        words=asked.words,
        channel=asked.channel,
        entered_by_id=me if by_staff else None,
        entered_by=uow.principal.name if by_staff else "",
        answer="",
        asked_at=uow.now,
        confirmed_at=uow.now if is_known else None,
    )
    kept, is_new = keep_question(uow, row)
    if is_new and is_known:
        _publish(uow, kept)
    elif is_new:
        tell(uow, kept, ProposalQuestionAwaits)
    return kept


def confirm_question(uow: UnitOfWork, question: ProposalQuestion) -> None:
    """Its address was read by who asked. Twice changes nothing. Raises QuestionTooOld."""
    if question.confirmed_at:
        return
    if uow.now - question.asked_at > CONFIRMABLE:
        raise QuestionTooOld
    question.confirmed_at = uow.now
    _publish(uow, question)


def answer_question(
    uow: UnitOfWork,
    question: ProposalQuestion,
    words: str,
    *,
    is_official: bool,
    expected_version: int,
) -> None:
    """Everybody reads it below the question; who answers again mends the answer.

    Raises StaleProposalQuestion.
    """
    if (question.answer, question.is_official) == (words, is_official):
        return
    expect(question, expected_version)
    if question.answer and question.is_official != is_official:
        raise StaleProposalQuestion  # the other side answered: that answer is theirs to mend
    question.answer, question.is_official, question.answered_at = words, is_official, uow.now
    question.answered_by_id = uow.principal.person_id if is_official else None
    question.answered_by = uow.principal.name if is_official else ""
    uow.session.flush()
    tell(uow, question, ProposalQuestionAnswered)


def questions_under(uow: UnitOfWork, ids: Collection[UUID]) -> Sequence[ProposalQuestion]:
    """What everybody reads below these proposals, the latest first; hidden ones keep their place.

    One query.
    """
    wanted = select(ProposalQuestion).where(ProposalQuestion.proposal_id.in_(ids), PUBLISHED)
    order = (ProposalQuestion.asked_at.desc(), ProposalQuestion.id)
    return uow.session.scalars(wanted.options(*UNSHOWN).order_by(*order).limit(MOST_SHOWN)).all()


def questions_shown(
    uow: UnitOfWork, proposal: CitizenProposal, merged: Sequence[CitizenProposal]
) -> dict[str, Any]:
    """What the pages of a proposal show of its questions and of those that it absorbed.

    One query, two where something is hidden.
    """
    rows = questions_under(uow, [proposal.id, *(one.id for one in merged)])
    return {
        "questions": rows,
        "takes_questions": proposal.state in ASKABLE,
        "takes_additions": proposal.state == COLLECTING,
        "decisions": decisions_on(uow, PART, [row.id for row in rows if row.hidden_at]),
        "rules": RULES,
    }


def question_of(uow: UnitOfWork, question_id: UUID, *, to_change: bool = False) -> ProposalQuestion:
    """Any confirmed one, for staff and letters. Raises NoSuchProposalQuestion."""
    wanted = select(ProposalQuestion).where(ProposalQuestion.id == question_id, CONFIRMED)
    if to_change:  # what was read before the wait is read anew after it
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return _one(uow, wanted.options(*UNSHOWN))


def public_question(uow: UnitOfWork, question_id: UUID) -> ProposalQuestion:
    """One that everybody sees in its place. Raises NoSuchProposalQuestion."""
    seen = ProposalQuestion.proposal_id.in_(select(CitizenProposal.id).where(PUBLIC))
    wanted = select(ProposalQuestion).where(ProposalQuestion.id == question_id, PUBLISHED, seen)
    return _one(uow, wanted.options(*UNSHOWN))


def question_at(uow: UnitOfWork, ref: str) -> ProposalQuestion:
    """By its code, or by its id in the account of who is signed in.

    Raises NoSuchProposalQuestion, WhoseQuestion.
    """
    refusals = {"missing": NoSuchProposalQuestion, "whose": WhoseQuestion}
    is_open = opened_by(uow, ProposalQuestion, ref, index_of, **refusals)
    return _one(uow, select(ProposalQuestion).where(is_open))


def questions_by(person_id: UUID) -> Select[ProposalQuestion]:
    """Those of an account, the newest first."""
    wanted = select(ProposalQuestion).where(ProposalQuestion.person_id == person_id)
    return wanted.order_by(ProposalQuestion.asked_at.desc(), ProposalQuestion.id)


def queue(name: str) -> Select[ProposalQuestion]:
    """A list of the staff, what has waited longest on top; what is over, the latest first."""
    rows = select(ProposalQuestion).where(_listed(name)).options(*UNSHOWN)
    over = {"answered": ProposalQuestion.answered_at, "hidden": ProposalQuestion.hidden_at}
    if name in over:
        return rows.order_by(over[name].desc(), ProposalQuestion.id)
    return rows.order_by(ProposalQuestion.asked_at, ProposalQuestion.id)


def awaited(_uow: UnitOfWork) -> Select[Any]:
    """What waits for the municipality, each under the title of its proposal."""
    rows = awaited_rows(
        id=ProposalQuestion.id,
        title=CitizenProposal.title,
        text=ProposalQuestion.words,
        place=CitizenProposal.settlement,
        since=ProposalQuestion.asked_at,
        due=None,
    )
    under = ProposalQuestion.proposal_id == CitizenProposal.id
    return rows.join_from(ProposalQuestion, CitizenProposal, under).where(_listed("waiting"))


def counts() -> Select[*tuple[int, ...]]:
    """One row: how many stand in each list."""
    numbers = [func.count().filter(_listed(name)).label(name) for name in LISTS]
    return select(*numbers).select_from(ProposalQuestion)


def forget_old_questions(uow: UnitOfWork) -> None:
    """Job: what nobody confirmed in three days goes; a year later nothing says who asked."""
    never = ProposalQuestion.confirmed_at.is_(None)
    uow.session.execute(
        delete(ProposalQuestion).where(never, ProposalQuestion.asked_at < uow.now - CONFIRMABLE)
    )
    known = ProposalQuestion.code_index.is_not(None) | ProposalQuestion.person_id.is_not(None)
    _empty(uow, and_(known, ProposalQuestion.asked_at < uow.now - KEPT))


def forget_asker(uow: UnitOfWork, person_id: UUID) -> None:
    """What was asked stays, nobody stands beside it; of staff no name stays."""
    own = ProposalQuestion.person_id == person_id
    while _empty(uow, own):
        pass
    for column, values in (
        (ProposalQuestion.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (ProposalQuestion.answered_by_id, {"answered_by_id": None, "answered_by": ""}),
    ):
        uow.session.execute(update(ProposalQuestion).where(column == person_id).values(values))


def expect_askable(proposal: CitizenProposal) -> None:
    """Raises QuestionsShut, QuestionsPaused."""
    if proposal.hidden_at:
        raise QuestionsPaused
    if proposal.state not in ASKABLE:
        raise QuestionsShut(state=STATES[proposal.state])


def expect(question: ProposalQuestion, expected_version: int) -> None:
    """Raises StaleProposalQuestion."""
    expect_version(question, expected_version, StaleProposalQuestion)


def tell(uow: UnitOfWork, question: ProposalQuestion, fact: type[ProposalQuestionFact]) -> None:
    """Say it to the log and to others, never who asked."""
    record(uow, proposal_of(uow, question.proposal_id), fact, question_id=question.id)


def _publish(uow: UnitOfWork, question: ProposalQuestion) -> None:
    """Everybody reads it, unless it has a link to another site: then a moderator does first."""
    question.is_held = question.channel == PORTAL and is_suspicious(uow, question.words)
    uow.session.flush()
    tell(uow, question, ProposalQuestionHeld if question.is_held else ProposalQuestionAsked)


def _listed(name: str) -> ColumnElement[bool]:
    unhidden = ProposalQuestion.hidden_at.is_(None)
    seen, held = and_(PUBLISHED, unhidden), and_(ProposalQuestion.is_held.is_(True), unhidden)
    waits = and_(seen, ProposalQuestion.answered_at.is_(None))
    conditions: dict[str, ColumnElement[bool]] = {
        "waiting": and_(waits, ProposalQuestion.addressee == MUNICIPALITY),
        "author": and_(waits, ProposalQuestion.addressee.in_((AUTHOR, ADDITION))),
        "flagged": and_(CONFIRMED, or_(is_flagged(PART, ProposalQuestion.id), held)),
        "hidden": ProposalQuestion.hidden_at.is_not(None),
        "answered": and_(seen, ProposalQuestion.answered_at.is_not(None)),
    }
    return conditions[name]


def _empty(uow: UnitOfWork, condition: ColumnElement[bool]) -> bool:
    """Who asked is forgotten in so many rows; False where there were none."""
    rows = uow.session.scalars(
        select(ProposalQuestion).where(condition).limit(AT_ONCE).with_for_update()
    ).all()
    forget_appeals(uow, PART, [row.id for row in rows])
    for row in rows:
        row.person_id = row.code_index = None
        row.email = ""
        if row.confirmed_at is None:
            uow.session.delete(row)
    uow.session.flush()
    return bool(rows)


def _one(uow: UnitOfWork, wanted: Select[ProposalQuestion]) -> ProposalQuestion:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchProposalQuestion
    return found
