"""An answer is counted: once for each person or device, and so that nobody can trace it.

In one transaction every counter row of the poll is written, those that do not change too, and the
last hundred of those who took part are written anew in another order, with their free texts. So
neither `xmin`, nor the place of a row, nor an id says which answer is whose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import SystemRandom
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Integer, case, delete, insert, select, update

from obshto.modules.polls.errors import (
    AnsweredAlready,
    AskedAnew,
    ClosedMeanwhile,
    NotOpen,
    SignInFirst,
)
from obshto.modules.polls.models import Option, Participation, Poll, Question, Said
from obshto.modules.polls.services.states import State, Who, state_of
from obshto.platform.clock import now
from obshto.platform.keys.sealed import blind_index
from obshto.platform.work import Work

COUNTERS = ("online", "paper", "shown_online", "shown_paper")
POOL = 100  # the last ones lie together, shuffled at each answer
TEN = 10
_random = SystemRandom()
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was chosen and written: ids of options, ids of the questions answered, free texts."""

    options: frozenset[UUID] = frozenset()
    questions: frozenset[UUID] = frozenset()
    texts: Mapping[UUID, str] = field(default_factory=dict)


def pseudonyms(poll: Poll, *, person_id: UUID | None, token: str) -> list[bytes]:
    """The names under which somebody may have taken part; the first one is to be written down.

    A person's is made of the person and the poll, else that of the device's random token; both
    with the municipality's key, another one for each poll.
    """
    names = [f"person|{person_id}"] if person_id else []
    names += [f"device|{token}"] if token and poll.who == Who.ANYONE else []
    return [blind_index("polls_participation.pseudonym", f"{poll.id}|{name}") for name in names]


def has_answered(work: Work, poll: Poll, names: list[bytes]) -> bool:
    """Whether somebody took part under one of these names. At most one query."""
    if not names:
        return False
    wanted = select(Participation.poll_id).where(
        Participation.poll_id == poll.id, Participation.pseudonym.in_(names)
    )
    return work.session.scalar(wanted.limit(1)) is not None


def answer_poll(work: Work, poll: Poll, answers: Answers, *, names: list[bytes]) -> None:
    """Count it. Raises SignInFirst, NotOpen, ClosedMeanwhile, AskedAnew, AnsweredAlready."""
    lock_open(work, poll)
    if not names or (poll.who == Who.SIGNED_IN and not work.principal.is_known):
        raise SignInFirst
    if has_answered(work, poll, names):
        raise AnsweredAlready
    count_answers(work, poll, answers, on_paper=False)
    _take_part(work, poll, names[0])


def lock_open(work: Work, poll: Poll) -> None:
    """Wait for whoever answers or closes, then look whether it is open.

    The clock is read anew: the request may have waited for somebody who closed it, or, before the
    first answer, who changed what is asked. Raises NotOpen, ClosedMeanwhile, AskedAnew.
    """
    seen, may_change = poll.version, not poll.answers
    work.session.refresh(poll, with_for_update=True)
    if may_change and poll.version != seen:
        work.session.expire_all()  # the questions that were read before
        raise AskedAnew
    moment = max(work.now, now())
    state = state_of(poll, moment)
    if poll.deleted_at or state in (State.DRAFT, State.PLANNED):
        raise NotOpen
    if state == State.CLOSED:
        raise ClosedMeanwhile


def count_answers(work: Work, poll: Poll, answers: Answers, *, on_paper: bool) -> None:
    """One statement a table; each writes every row of the poll. The poll must be locked."""
    is_ten = (poll.answers + 1) % TEN == 0
    channel = "paper" if on_paper else "online"
    for table, owner, chosen in (
        (Poll, Poll.id, frozenset([poll.id])),
        (Question, Question.poll_id, answers.questions),
        (Option, Option.poll_id, answers.options),
    ):
        one = case((table.id.in_(list(chosen)), 1), else_=0).cast(Integer)
        values = _counted(table, channel, one, is_ten)
        counting = update(table).where(owner == poll.id).values(values)
        work.session.execute(counting, execution_options={"synchronize_session": False})
    work.session.expire(poll, COUNTERS)
    _say(work, poll, answers.texts, on_paper=on_paper)


def _counted(
    table: type[Poll] | type[Question] | type[Option],
    channel: str,
    one: ColumnElement[int],
    is_ten: bool,
) -> dict[str, ColumnElement[int]]:
    """The counter, and at each full ten what is shown: so nobody sees what the last one added."""
    now_there = {name: getattr(table, name) for name in ("online", "paper")}
    now_there[channel] = now_there[channel] + one
    shown = {f"shown_{name}": value for name, value in now_there.items()} if is_ten else {}
    return {channel: now_there[channel], **shown}


def _take_part(work: Work, poll: Poll, pseudonym: bytes) -> None:
    pool = delete(Participation).where(
        Participation.poll_id == poll.id, Participation.is_settled.is_(False)
    )
    names = [*work.session.scalars(pool.returning(Participation.pseudonym)), pseudonym]
    rows = [
        {"poll_id": poll.id, "pseudonym": name, "is_settled": is_settled}
        for name, is_settled in _shuffled(names)
    ]
    work.session.execute(insert(Participation), rows)


def _say(work: Work, poll: Poll, texts: Mapping[UUID, str], *, on_paper: bool) -> None:
    """The urn is shuffled at each answer, whether it brings a text or not."""
    # The table itself: the ORM compares columns with each other, and a sealed one forbids that.
    table: Any = Said.__table__
    urn = table.c
    pool = delete(table).where(urn.poll_id == poll.id, urn.is_settled.is_(False))
    old = pool.returning(urn.question_id, urn.text, urn.on_paper)
    said = [tuple(row) for row in work.session.execute(old)]
    said += [(question_id, text, on_paper) for question_id, text in texts.items()]
    rows = [
        {
            "id": uuid4(),
            "poll_id": poll.id,
            "question_id": question_id,
            "text": text,
            "on_paper": paper,
            "is_settled": is_settled,
        }
        for (question_id, text, paper), is_settled in _shuffled(said)
    ]
    if rows:
        work.session.execute(insert(Said), rows)


def _shuffled(things: list[Thing]) -> list[tuple[Thing, bool]]:
    """In another order. Of two hundred, one hundred chosen by chance is left in peace from now."""
    _random.shuffle(things)
    settled = POOL if len(things) >= 2 * POOL else 0
    return [(thing, number < settled) for number, thing in enumerate(things)]
