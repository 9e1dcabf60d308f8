"""Looks at the author of a proposal, for a purpose that the author reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import load_only

from obshto.modules.proposals.events import AuthorLookedAt
from obshto.modules.proposals.models import CitizenProposal, ProposalQuestion
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.break_glass import BREAK_GLASS
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

PART = "proposals"
PURPOSES: Mapping[str, LazyString] = {
    "contact": lazy_gettext("Свързва се с автора"),
    "identity": lazy_gettext("Проверява кой е авторът по закон"),
    "announce": lazy_gettext("Съобщава на автора какво е станало"),
    **BREAK_GLASS,
}
HIDDEN_QUESTION = "question"
QUESTION_PURPOSES: Mapping[str, LazyString] = {
    HIDDEN_QUESTION: lazy_gettext("Преглежда скрит въпрос под предложение"),
}
KINDS = (DataKind.NAME, DataKind.CONTACT)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“; АПК, чл. 107–118"
QUESTION_GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“; ЗМСМА, чл. 17"


def look_at_author(
    uow: UnitOfWork, proposal: CitizenProposal, purpose: str, *, request_id: UUID, reason: str = ""
) -> None:
    """Open who the author is, for a purpose that they will read."""
    fact = AuthorLookedAt(subject_id=proposal.id, number=proposal.number, topic=proposal.subject)
    said = purposes.Purpose(
        word=purpose, kinds=KINDS, ground=GROUND, request_id=request_id, reason=reason, fact=fact
    )
    opened = purposes.Opened(part=PART, object_id=proposal.id, subject=subject_of(proposal))
    purposes.look(uow, opened, said)


def look_at_hidden_question(uow: UnitOfWork, question: ProposalQuestion) -> None:
    """Record that staff read words which nobody else sees; who asked reads that."""
    subject = subject_of_question(question)
    opened = purposes.Opened(part=PART, object_id=question.id, subject=subject)
    said = purposes.Purpose(word=HIDDEN_QUESTION, kinds=(DataKind.WORDS,), ground=QUESTION_GROUND)
    purposes.look(uow, opened, said)


def subject_of(proposal: CitizenProposal) -> Subject:
    """Whose a proposal is: an account, or the e-mail or phone left with it."""
    return Subject(
        person_id=proposal.person_id, email=proposal.email or "", phone=proposal.phone or ""
    )


def subject_of_question(question: ProposalQuestion) -> Subject:
    """Whose a question is."""
    return Subject(person_id=question.person_id, email=question.email)


def restricted(uow: UnitOfWork, proposal: CitizenProposal) -> DataRestricted | None:
    """Why staff may not act upon it: the author's restriction, accepted after it was sent."""
    return restriction_refusal(uow, lambda: subject_of(proposal), since=proposal.sent_at)


def question_restricted(uow: UnitOfWork, question: ProposalQuestion) -> DataRestricted | None:
    """Why staff may not answer it."""
    return restriction_refusal(uow, lambda: subject_of_question(question), since=question.asked_at)


def sees_author(uow: UnitOfWork, proposal: CitizenProposal) -> bool:
    """Said a purpose in this sitting."""
    return purposes.is_looking(uow, PART, proposal.id)


def looks_at(uow: UnitOfWork, proposal: CitizenProposal) -> Sequence[RecordedLook]:
    """Who looked at the author, the newest first. One query."""
    return uow.session.scalars(purposes.looks_at_objects(PART, (proposal.id,))).all()


def looks_at_question(uow: UnitOfWork, question: ProposalQuestion) -> Sequence[RecordedLook]:
    """Who read its hidden words, the newest first. One query."""
    return uow.session.scalars(purposes.looks_at_objects(PART, (question.id,))).all()


def described_questions(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The questions among these ids, as who asked knows them. One query."""
    columns = ProposalQuestion.id, ProposalQuestion.person_id
    rows = uow.session.execute(select(*columns).where(ProposalQuestion.id.in_(ids)))
    return {
        question_id: LookedAt(
            gettext("Ваш въпрос под предложение"),
            f"/proposals/question/{question_id}" if person_id else "",
        )
        for question_id, person_id in rows
    }


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The proposals among these ids, as their authors know them. One query."""
    known = load_only(CitizenProposal.title, CitizenProposal.person_id)
    rows = select(CitizenProposal).where(CitizenProposal.id.in_(ids)).options(known)
    return {
        row.id: LookedAt(
            gettext("Предложение „%(title)s“", title=row.title),
            f"/proposals/case/{row.id}" if row.person_id else "",
        )
        for row in uow.session.scalars(rows)
    }
