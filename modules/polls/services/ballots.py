"""An answer is counted: once for each person or device, and so that nobody can trace it.

In one transaction the sealed numbers of the poll are written, and the last hundred of those who
took part are written anew in another order, with their free texts. So neither `xmin`, nor the place
of a row, nor an id says which text is whose; and which numbers moved, nobody sees at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Boolean, LargeBinary, cast, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert

from obshto.modules.polls.errors import (
    AnsweredAlready,
    AnsweredHere,
    AskedAnew,
    ClosedMeanwhile,
    NothingAnswered,
    NotOpen,
    SignInFirst,
)
from obshto.modules.polls.models import Participation, Poll, Said
from obshto.modules.polls.services.states import State, Who, state_of
from obshto.modules.polls.services.tally import Answers, with_one_more
from obshto.platform.clock import now
from obshto.platform.keys.encryption import blind_index
from obshto.platform.unit_of_work import UnitOfWork

POOL = 100  # the last ones lie together, shuffled at each answer
_random = SystemRandom()
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Names:
    """The names under which somebody takes part, and those under which they may have.

    Each is made with the municipality's key, another one for each poll, of a person or of the
    random token of a device. Who is signed in is known by themselves, whoever sat at the same
    device before; who is not, by the device alone.
    """

    own: Sequence[bytes] = ()
    known: Sequence[bytes] = ()


def names_of(poll: Poll, *, person_id: UUID | None, token: str) -> Names:
    """Of who is signed in, of a device with this token, or of both; none of neither."""
    device = [_name(poll, f"device|{token}")] if token and poll.who == Who.ANYONE else []
    beside = [_name(poll, f"signed|{token}")] if device else []  # somebody signed in sat there
    if person_id is None:
        return Names(device, [*device, *beside])
    person = name_of_person(poll, person_id)
    return Names([person, *beside], [person])


def name_of_person(poll: Poll, person_id: UUID) -> bytes:
    """Under which a person takes part in this poll."""
    return _name(poll, f"person|{person_id}")


def _name(poll: Poll, of: str) -> bytes:
    return blind_index("polls_participation.pseudonym", f"{poll.id}|{of}")


def must_sign_in(uow: UnitOfWork, poll: Poll) -> bool:
    """Whether whoever acts is to sign in before they answer."""
    return poll.who == Who.SIGNED_IN and not uow.principal.is_known


def has_answered(uow: UnitOfWork, poll: Poll, names: Sequence[bytes]) -> bool:
    """Whether somebody took part under one of these names. At most one query."""
    if not names:
        return False
    wanted = select(Participation.poll_id).where(
        Participation.poll_id == poll.id, Participation.pseudonym.in_(names)
    )
    return uow.session.scalar(wanted.limit(1)) is not None


def answer_poll(uow: UnitOfWork, poll: Poll, answers: Answers, *, names: Names) -> None:
    """Count it.

    Raises SignInFirst, NotOpen, ClosedMeanwhile, AskedAnew, AnsweredAlready, NothingAnswered.
    """
    lock_open(uow, poll)
    if not names.own or must_sign_in(uow, poll):
        raise SignInFirst
    if has_answered(uow, poll, names.known):
        raise AnsweredAlready if uow.principal.is_known else AnsweredHere
    count_answers(uow, poll, answers, on_paper=False)
    _take_part(uow, poll, names.own)


def lock_open(uow: UnitOfWork, poll: Poll) -> None:
    """Wait for whoever answers or closes, then look whether it is open.

    The clock is read anew: the request may have waited for somebody who closed it, or, before the
    first answer, who changed what is asked. Raises NotOpen, ClosedMeanwhile, AskedAnew.
    """
    expected_version, may_change = poll.version, not poll.answers
    uow.session.refresh(poll, with_for_update=True)
    if may_change and poll.version != expected_version:
        uow.session.expire_all()  # the questions that were read before
        raise AskedAnew
    moment = max(uow.now, now())
    state = state_of(poll, moment)
    if poll.deleted_at or state in (State.DRAFT, State.PLANNED):
        raise NotOpen
    if state == State.CLOSED:
        raise ClosedMeanwhile


def count_answers(uow: UnitOfWork, poll: Poll, answers: Answers, *, on_paper: bool) -> None:
    """One row is written, and its version stays: nobody changed what is asked. The poll must be
    locked. Raises NothingAnswered.
    """
    if not answers.questions:
        raise NothingAnswered
    counted = with_one_more(poll, answers, "paper" if on_paper else "online")
    counting = update(Poll).where(Poll.id == poll.id).values(counted)
    uow.session.execute(counting, execution_options={"synchronize_session": False})
    uow.session.expire(poll, counted)
    _say(uow, poll, answers.texts, on_paper=on_paper)


def _take_part(uow: UnitOfWork, poll: Poll, own: Sequence[bytes]) -> None:
    pool = delete(Participation).where(
        Participation.poll_id == poll.id, Participation.is_settled.is_(False)
    )
    names = [*uow.session.scalars(pool.returning(Participation.pseudonym)), *own]
    shuffled = _shuffled([*dict.fromkeys(names)])
    # One statement, however many lie in the pool. Where several who are signed in share a device,
    # its name stands there already.
    rows = select(
        literal(poll.id),
        func.unnest(cast([name for name, _ in shuffled], ARRAY(LargeBinary))),
        func.unnest(cast([is_settled for _, is_settled in shuffled], ARRAY(Boolean))),
    )
    columns = ["poll_id", "pseudonym", "is_settled"]
    laying = insert(Participation).from_select(columns, rows)
    uow.session.execute(laying.on_conflict_do_nothing())


def _say(uow: UnitOfWork, poll: Poll, texts: Mapping[UUID, str], *, on_paper: bool) -> None:
    """The urn is shuffled at each answer, whether it brings a text or not."""
    # The table itself: the ORM compares columns with each other, and a sealed one forbids that.
    table: Any = Said.__table__
    urn = table.c
    pool = delete(table).where(urn.poll_id == poll.id, urn.is_settled.is_(False))
    old = pool.returning(urn.question_id, urn.text, urn.on_paper)
    said = [tuple(row) for row in uow.session.execute(old)]
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
        uow.session.execute(insert(Said), rows)


def _shuffled(things: list[Thing]) -> list[tuple[Thing, bool]]:
    """In another order. Of two hundred, one hundred chosen by chance is left in peace from now."""
    _random.shuffle(things)
    settled = POOL if len(things) >= 2 * POOL else 0
    return [(thing, number < settled) for number, thing in enumerate(things)]
