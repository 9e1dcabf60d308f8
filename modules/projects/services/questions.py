"""Questions of citizens: sent, answered for everybody or for who asked, forgotten in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import defer

from obshto.modules.projects.errors import NoSuchProjectQuestion, QuestionDecided
from obshto.modules.projects.events import (
    ProjectQuestionAnswered,
    ProjectQuestionDeclined,
    ProjectQuestionSent,
)
from obshto.modules.projects.models import Project, ProjectQuestion
from obshto.platform.questions.services import keep_question
from obshto.platform.unit_of_work import UnitOfWork

KEPT_WAITING, KEPT_DECIDED = timedelta(days=365), timedelta(days=183)
UNSHOWN = (defer(ProjectQuestion.words), defer(ProjectQuestion.email))
PORTAL, COUNTER, PHONE = "portal", "counter", "phone"
MOST = 50  # public answers on one page
AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectQuestionWords:
    """A question as it came. `email` may be empty, and is for the answer alone."""

    words: str
    email: str = ""
    language: str = "bg"
    channel: str = PORTAL


def ask_question(
    uow: UnitOfWork, project: Project, told: ProjectQuestionWords, *, request_id: UUID
) -> ProjectQuestion:
    """Keep it for who answers. The same `request_id` again finds the first."""
    row = ProjectQuestion(
        request_id=request_id,
        project_id=project.id,
        channel=told.channel,
        words=told.words,
        email=told.email,
        language=told.language,
        person_id=uow.principal.person_id if told.channel == PORTAL else None,
        sent_at=uow.now,
        is_public=False,
        asked="",
        answer="",
    )
    kept, is_new = keep_question(uow, row)
    if is_new:
        uow.emit(ProjectQuestionSent(subject_id=kept.id))
    return kept


def waiting() -> Select[ProjectQuestion]:
    """Questions without an answer, the oldest first."""
    rows = select(ProjectQuestion).options(*UNSHOWN).where(ProjectQuestion.decided_at.is_(None))
    return rows.order_by(ProjectQuestion.sent_at, ProjectQuestion.id)


def decided() -> Select[ProjectQuestion]:
    """Answered questions, the latest first."""
    rows = select(ProjectQuestion).options(*UNSHOWN)
    rows = rows.where(ProjectQuestion.decided_at.is_not(None))
    return rows.order_by(ProjectQuestion.decided_at.desc(), ProjectQuestion.id)


def question_of(uow: UnitOfWork, question_id: UUID, *, to_change: bool = False) -> ProjectQuestion:
    """For staff. Raises NoSuchProjectQuestion."""
    found = uow.session.get(ProjectQuestion, question_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchProjectQuestion
    return found


def answers_on(uow: UnitOfWork, project: Project) -> list[ProjectQuestion]:
    """Public questions with their answers, the latest first. One query."""
    own = decided().where(
        ProjectQuestion.project_id == project.id, ProjectQuestion.is_public.is_(True)
    )
    return list(uow.session.scalars(own.limit(MOST)))


def answer_question(
    uow: UnitOfWork,
    row: ProjectQuestion,
    *,
    asked: str,
    answer: str,
    is_public: bool,
    expected_version: int,
) -> None:
    """Public with the words in `asked`, else for who asked alone. Raises QuestionDecided."""
    if row.decided_at and (row.answer, row.is_public) == (answer, is_public):
        return
    if row.decided_at or row.version != expected_version:
        raise QuestionDecided
    row.decided_at, row.answer, row.is_public = uow.now, answer, is_public
    row.asked = asked if is_public else ""
    fact = ProjectQuestionAnswered if is_public else ProjectQuestionDeclined
    uow.emit(fact(subject_id=row.id))


def forget_old(uow: UnitOfWork) -> None:
    """Job: the sender goes half a year after the answer, a question that nobody took in a year."""
    stale = ProjectQuestion.sent_at < uow.now - KEPT_WAITING
    uow.session.execute(delete(ProjectQuestion).where(ProjectQuestion.decided_at.is_(None), stale))
    over = decided().where(
        ProjectQuestion.decided_at < uow.now - KEPT_DECIDED,
        ProjectQuestion.language != "",
    )
    for row in uow.session.scalars(over.order_by(None).limit(AT_ONCE)).all():
        _empty(row)
    private = ProjectQuestion.is_public.is_(False)
    gone = ProjectQuestion.decided_at < uow.now - KEPT_DECIDED
    uow.session.execute(delete(ProjectQuestion).where(private, gone))


def questions_of_person(uow: UnitOfWork, person_id: UUID) -> list[dict[str, Any]]:
    """What the person asked while signed in."""
    own = select(ProjectQuestion).where(ProjectQuestion.person_id == person_id)
    return [
        {
            "question": row.words,
            "email": row.email,
            "sent_at": row.sent_at.isoformat(),
            "answer": row.answer,
        }
        for row in uow.session.scalars(own.order_by(ProjectQuestion.sent_at))
    ]


def forget_sender(uow: UnitOfWork, person_id: UUID) -> None:
    """What the person asked and nobody answered is gone; beside the rest nobody stands any more."""
    own = ProjectQuestion.person_id == person_id
    uow.session.execute(delete(ProjectQuestion).where(own, ProjectQuestion.is_public.is_(False)))
    for row in uow.session.scalars(select(ProjectQuestion).options(*UNSHOWN).where(own)).all():
        _empty(row)
    uow.session.flush()


def _empty(row: ProjectQuestion) -> None:
    row.words = row.email = row.language = ""
    row.person_id = None
