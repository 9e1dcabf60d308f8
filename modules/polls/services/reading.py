"""Polls as they are read: lists, one poll, what it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.polls.errors import NoSuchPoll
from obshto.modules.polls.models import Option, Poll, Question
from obshto.platform.returnable import count as count  # for whoever asks about lists
from obshto.platform.returnable import row_of
from obshto.platform.work import Work


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its options, in order."""

    question: Question
    options: Sequence[Option]

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"q{self.question.id.hex}"


def public() -> Select[Poll]:
    """What citizens see, the last one to end first."""
    shown = select(Poll).where(Poll.published_at.is_not(None), Poll.deleted_at.is_(None))
    return shown.order_by(Poll.closes_at.desc(), Poll.id.desc())


def open_at(moment: datetime) -> Select[Poll]:
    """What can be answered now, the first one to end first."""
    now = public().order_by(None).where(Poll.opens_at <= moment, Poll.closes_at > moment)
    return now.order_by(Poll.closes_at, Poll.id)


def under_way(moment: datetime) -> Select[Poll]:
    """Public and not yet over, the first one to end first; for staff."""
    shown = public().order_by(None).where(Poll.closes_at > moment)
    return shown.order_by(Poll.closes_at, Poll.id)


def closed_at(moment: datetime) -> Select[Poll]:
    """What is over, the last one first."""
    return public().where(Poll.closes_at <= moment)


def drafts() -> Select[Poll]:
    """What waits to be opened, last changed first."""
    waiting = select(Poll).where(Poll.published_at.is_(None), Poll.deleted_at.is_(None))
    return waiting.order_by(Poll.changed_at.desc())


def deleted() -> Select[Poll]:
    """What can still come back, last deleted first."""
    return select(Poll).where(Poll.deleted_at.is_not(None)).order_by(Poll.deleted_at.desc())


def lists(moment: datetime) -> dict[str, Select[Poll]]:
    """The lists of the console, by the word in the address."""
    return {
        "open": under_way(moment),
        "drafts": drafts(),
        "closed": closed_at(moment),
        "deleted": deleted(),
    }


def poll_of(
    work: Work, poll_id: UUID, *, to_change: bool = False, or_deleted: bool = False
) -> Poll:
    """For staff; `to_change` makes others wait, those who answer too. Raises NoSuchPoll."""
    wanted = {"to_change": to_change, "or_deleted": or_deleted}
    return row_of(work, select(Poll), poll_id, missing=NoSuchPoll, **wanted)


def public_poll(work: Work, poll_id: UUID) -> Poll:
    """For everybody. Raises NoSuchPoll for a draft as for what never was."""
    poll = work.session.scalar(public().where(Poll.id == poll_id))
    if poll is None:
        raise NoSuchPoll
    return poll


def asked_of(work: Work, poll_id: UUID) -> list[Asked]:
    """What a poll asks, in order. One query."""
    rows = (
        select(Question, Option)
        .outerjoin(Option, Option.question_id == Question.id)
        .where(Question.poll_id == poll_id)
        .order_by(Question.position, Question.id, Option.position)
    )
    found: dict[UUID, tuple[Question, list[Option]]] = {}
    for question, option in work.session.execute(rows):
        _, options = found.setdefault(question.id, (question, []))
        if option:
            options.append(option)
    return [Asked(question, options) for question, options in found.values()]
