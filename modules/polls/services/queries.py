"""Polls as they are read: lists, one poll, what it asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select

from obshto.modules.polls.errors import NoSuchPoll
from obshto.modules.polls.models import Option, Picture, Poll, Question
from obshto.platform.db.turns import first_until
from obshto.platform.soft_delete import row_of
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its options, in order.

    `after` are the answers before it that lead to it, by their question; empty where everybody is
    asked. `pictures` are by the id of their option, that of the question by None.
    """

    question: Question
    options: Sequence[Option]
    after: Sequence[tuple[Question, Sequence[Option]]] = ()
    pictures: Mapping[UUID | None, Picture] = field(default_factory=dict)

    @property
    def field(self) -> str:
        """The name of its field in a form."""
        return f"q{self.question.id.hex}"


def reached(asked: Sequence[Asked], chosen: Collection[UUID]) -> Iterator[Asked]:
    """What is asked of who chose these options. An answer to what is not asked leads nowhere."""
    counted: set[UUID] = set()
    for one in asked:
        if not one.question.only_if or counted.intersection(one.question.only_if):
            yield one
            counted.update(option.id for option in one.options if option.id in chosen)


def public() -> Select[Poll]:
    """What citizens see, the last one to end first."""
    shown = select(Poll).where(Poll.published_at.is_not(None), Poll.deleted_at.is_(None))
    return shown.order_by(Poll.closes_at.desc(), Poll.id.desc())


def open_at(moment: datetime) -> Select[Poll]:
    """What can be answered now, the first one to end first."""
    now = public().order_by(None).where(Poll.opens_at <= moment, Poll.closes_at > moment)
    return now.order_by(Poll.closes_at, Poll.id)


def first_open(uow: UnitOfWork) -> tuple[Poll | None, datetime | None]:
    """The one that ends first, and when the next opens or is over by the clock."""
    return first_until(uow.session, Poll, open_at(uow.now), _next_turn(uow))


def _next_turn(uow: UnitOfWork) -> Select[datetime]:
    opens = func.min(Poll.opens_at).filter(Poll.opens_at > uow.now)
    closes = func.min(Poll.closes_at).filter(Poll.closes_at > uow.now)
    shown = Poll.published_at.is_not(None), Poll.deleted_at.is_(None)
    return select(func.least(opens, closes)).where(*shown)


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
    uow: UnitOfWork, poll_id: UUID, *, to_change: bool = False, or_deleted: bool = False
) -> Poll:
    """For staff; `to_change` makes others wait, those who answer too. Raises NoSuchPoll."""
    wanted = {"to_change": to_change, "or_deleted": or_deleted}
    return row_of(uow, select(Poll), poll_id, missing=NoSuchPoll, **wanted)


def public_poll(uow: UnitOfWork, poll_id: UUID) -> Poll:
    """For everybody. Raises NoSuchPoll for a draft as for what never was."""
    poll = uow.session.scalar(public().where(Poll.id == poll_id))
    if poll is None:
        raise NoSuchPoll
    return poll


def asked_of(uow: UnitOfWork, poll_id: UUID) -> list[Asked]:
    """What a poll asks, in order. One query."""
    return asked_by(uow, [poll_id]).get(poll_id, [])


def asked_by(uow: UnitOfWork, poll_ids: Collection[UUID]) -> dict[UUID, list[Asked]]:
    """What these polls ask, by their ids, in order. One query."""
    of_option = or_(Picture.option_id == Option.id, Picture.option_id.is_(None))
    rows = (
        select(Question, Option, Picture)
        .outerjoin(Option, Option.question_id == Question.id)
        .outerjoin(Picture, and_(Picture.question_id == Question.id, of_option))
        .where(Question.poll_id.in_(poll_ids))
        .order_by(Question.position, Question.id, Option.position)
    )
    found: dict[UUID, _Found] = {}
    for question, option, picture in uow.session.execute(rows):
        one = found.setdefault(question.id, _Found(question))
        if option:
            one.options[option.id] = option
        if picture:
            one.pictures[picture.option_id] = picture
    asked: dict[UUID, list[Asked]] = {}
    for one in found.values():
        before = asked.setdefault(one.question.poll_id, [])
        before.append(
            Asked(one.question, [*one.options.values()], _after(one, before), one.pictures)
        )
    return asked


@dataclass(frozen=True, slots=True)
class _Found:
    """What the rows of a question say of it."""

    question: Question
    options: dict[UUID, Option] = field(default_factory=dict)
    pictures: dict[UUID | None, Picture] = field(default_factory=dict)


def _after(one: _Found, before: Sequence[Asked]) -> list[tuple[Question, Sequence[Option]]]:
    if not one.question.only_if:
        return []
    leading = [
        (other.question, [o for o in other.options if o.id in one.question.only_if])
        for other in before
    ]
    return [(question, options) for question, options in leading if options]
