"""An answer is counted: once for each person or device, and so that nobody can trace it.

In one transaction the sealed numbers of the poll are written, and the last hundred of those who
took part are written anew in another order, with their free texts. So neither `xmin`, nor the place
of a row, nor an id says which text is whose; and which numbers moved, nobody sees at all.

Two statements: one waits for the row of the poll and reads it, the other does all the rest. They
are two because what a statement sees was settled before it waited: who took part meanwhile is seen
by the next one alone (`ballot_statements`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom
from secrets import token_bytes
from typing import TypeVar, cast
from uuid import UUID, uuid4

from sqlalchemy import insert, select

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
from obshto.modules.polls.services.ballot_statements import COUNTED, LOCKING, counting
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
    """Count it. The poll may be of no session, as it was asked.

    Raises SignInFirst, NotOpen, ClosedMeanwhile, AskedAnew, AnsweredAlready, NothingAnswered.
    """
    locked = lock_open(uow, poll)
    if not names.own or must_sign_in(uow, poll):
        raise SignInFirst
    told = AnsweredAlready if uow.principal.is_known else AnsweredHere
    if not answers.questions and has_answered(uow, poll, names.known):
        raise told
    if not count_answers(uow, locked, answers, names=names):
        raise told
    read_anew(uow, poll)


def lock_open(uow: UnitOfWork, poll: Poll) -> Poll:
    """Wait for whoever answers or closes, then look whether it is open. One query: a row that has
    what is read of a poll here, as it is now.

    The clock is read anew: the request may have waited for somebody who closed it, or, before the
    first answer, who changed what is asked. Raises NotOpen, ClosedMeanwhile, AskedAnew.
    """
    expected_version, may_change = poll.version, not poll.answers
    uow.session.flush()
    row = uow.session.execute(LOCKING, {"poll": poll.id}).one_or_none()
    if row is None:
        raise NotOpen
    locked = cast(Poll, row)
    if may_change and locked.version != expected_version:
        uow.session.expire_all()  # the questions that were read before
        raise AskedAnew
    state = state_of(locked, max(uow.now, now()))
    if locked.deleted_at or state in (State.DRAFT, State.PLANNED):
        raise NotOpen
    if state == State.CLOSED:
        raise ClosedMeanwhile
    return locked


def count_answers(
    uow: UnitOfWork, locked: Poll, answers: Answers, *, names: Names | None = None
) -> bool:
    """Its row is written, and its version stays: nobody changed what is asked. Without names it is
    one on paper. False, and nothing is written, where one of those known has taken part.

    Raises NothingAnswered.
    """
    if not answers.questions:
        raise NothingAnswered
    changed = with_one_more(locked, answers, "online" if names else "paper")
    values = {
        **changed,
        "poll": locked.id,
        "own": [*names.own] if names else [],
        "known": [*names.known] if names else [],
        "order": token_bytes(32),  # kept nowhere: the order can be found by nobody again
        "pool": POOL,
    }
    rows = uow.session.execute(counting(*changed), values).all()
    if rows[0].has_answered:
        return False
    said = [(row.question_id, row.text, row.on_paper) for row in rows if row.question_id]
    said += [(question, text, names is None) for question, text in answers.texts.items()]
    if said:
        _say(uow, locked.id, said)
    return True


def read_anew(uow: UnitOfWork, poll: Poll) -> None:
    """What the session knows of what was counted. None knows a poll that was only asked."""
    if poll in uow.session:
        uow.session.expire(poll, COUNTED)


def _say(uow: UnitOfWork, poll_id: UUID, said: list[tuple[UUID, str, bool]]) -> None:
    """The urn is shuffled at each answer, whether it brings a text or not."""
    rows = [
        {
            "id": uuid4(),
            "poll_id": poll_id,
            "question_id": question_id,
            "text": text,
            "on_paper": on_paper,
            "is_settled": is_settled,
        }
        for (question_id, text, on_paper), is_settled in _shuffled(said)
    ]
    uow.session.execute(insert(Said), rows)


def _shuffled(things: list[Thing]) -> list[tuple[Thing, bool]]:
    """In another order. Of two hundred, one hundred chosen by chance is left in peace from now."""
    _random.shuffle(things)
    settled = POOL if len(things) >= 2 * POOL else 0
    return [(thing, number < settled) for number, thing in enumerate(things)]
