"""Questions of a poll: written until the first answer, corrected openly after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import delete, func, select

from obshto.modules.polls.errors import (
    AnotherFollows,
    AskedOfNobody,
    LastQuestion,
    NoSuchPoll,
)
from obshto.modules.polls.events import PollEdited, QuestionCorrected
from obshto.modules.polls.models import Option, Poll, Question
from obshto.modules.polls.services.pictures import forget_pictures, hand_over
from obshto.modules.polls.services.polls import check, check_free, raise_version, tell
from obshto.modules.polls.services.queries import Asked, asked_of
from obshto.modules.polls.services.wordings import Wording, offer, put, replaced, wording_of
from obshto.platform.entity import create_once, of_request
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import OTHERS


def ask_question(
    uow: UnitOfWork, poll: Poll, wording: Wording, *, request_id: UUID, expected_version: int
) -> Question:
    """A new question, the last one. The same `request_id` again answers the first one.

    A copy that comes after the question was removed saw an older poll, so it does not return.
    Raises PollChanged, QuestionFrozen, AskedOfNobody, and as `offer`.
    """
    known = of_request(uow, Question, request_id)
    if known:
        return known
    check(poll, expected_version)
    check_free(poll)
    _check_before(wording, asked_of(uow, poll.id))
    last = uow.session.scalar(
        select(func.max(Question.position)).where(Question.poll_id == poll.id)
    )
    question = Question(
        request_id=request_id, poll_id=poll.id, position=(last or 0) + 1, correction="", words={}
    )
    put(question, wording)
    if (first := create_once(uow, question)) is not question:
        return first
    offer(uow, question, wording)
    raise_version(uow, poll)
    tell(uow, PollEdited, poll)
    return question


def reads(uow: UnitOfWork, question: Question, wording: Wording) -> bool:
    """Whether it is asked so already, word for word. One query."""
    asked = [one for one in asked_of(uow, question.poll_id) if one.question.id == question.id]
    return bool(asked) and wording_of(asked[0]) == wording


def edit_question(
    uow: UnitOfWork, poll: Poll, asked: Asked, wording: Wording, *, expected_version: int
) -> int:
    """Another wording. Its options become new rows, so that a form drawn before fits no more.

    Answers how many pictures went with options that are no more.

    Raises PollChanged, QuestionFrozen, AskedOfNobody, AnotherFollows, and as `offer`.
    """
    if wording_of(asked) == wording:
        return 0
    check(poll, expected_version)
    check_free(poll)
    every = asked_of(uow, poll.id)
    _check_before(wording, [one for one in every if _is_before(one, asked)])
    put(asked.question, wording)
    now = replaced(asked.options, offer(uow, asked.question, wording))
    _lead_on(every, asked, now)
    gone = hand_over(uow, asked, now)
    old = [option.id for option in asked.options]
    uow.session.execute(delete(Option).where(Option.id.in_(old)))
    raise_version(uow, poll)
    tell(uow, PollEdited, poll)
    return gone


def move_question(
    uow: UnitOfWork, poll: Poll, asked: Asked, *, to: int, expected_version: int
) -> None:
    """Change places with its neighbour at `to`, counted from 0; where it stands there, or nobody
    does, nothing is done.

    Raises PollChanged, QuestionFrozen, and AnotherFollows where one of the two leads to the other.
    """
    every = asked_of(uow, poll.id)
    at = next(n for n, one in enumerate(every) if one.question.id == asked.question.id)
    if to == at:
        return
    check(poll, expected_version)
    check_free(poll)
    if to not in range(len(every)) or abs(to - at) != 1:
        return
    first, second = every[min(at, to)], every[max(at, to)]
    if _leads_to(first, second):
        raise AnotherFollows(title=second.question.title)
    places = second.question.position, first.question.position
    first.question.position, second.question.position = places
    raise_version(uow, poll)
    tell(uow, PollEdited, poll)


def remove_question(uow: UnitOfWork, poll: Poll, asked: Asked, *, expected_version: int) -> None:
    """It is asked no more.

    Raises PollChanged, QuestionFrozen, AnotherFollows, LastQuestion of a poll that is public.
    """
    check(poll, expected_version)
    check_free(poll)
    every = asked_of(uow, poll.id)
    if poll.published_at and len(every) == 1:
        raise LastQuestion
    _lead_on(every, asked, {})
    forget_pictures(uow, [*asked.pictures.values()])
    uow.session.delete(asked.question)
    raise_version(uow, poll)
    tell(uow, PollEdited, poll)


def correct_question(
    uow: UnitOfWork,
    poll: Poll,
    question: Question,
    *,
    correction: str,
    words: Mapping[str, str],
    expected_version: int,
) -> None:
    """A note below a question that stays as it was answered. Raises PollChanged."""
    told = {
        language: {**question.words.get(language, {}), "correction": words.get(language, "")}
        for language in OTHERS
    }
    if question.correction == correction and question.words == told:
        return
    check(poll, expected_version)
    question.correction, question.words = correction, told
    raise_version(uow, poll)
    tell(uow, QuestionCorrected, poll)


def question_of(
    uow: UnitOfWork, question_id: UUID, *, to_change: bool = False
) -> tuple[Poll, Asked]:
    """A question for staff, its poll locked if it is to be changed. Raises NoSuchPoll."""
    wanted = select(Poll).join(Question, Question.poll_id == Poll.id)
    wanted = wanted.where(Question.id == question_id, Poll.deleted_at.is_(None))
    poll = uow.session.scalar(wanted.with_for_update(of=Poll) if to_change else wanted)
    if poll is None:
        raise NoSuchPoll
    asked = next((a for a in asked_of(uow, poll.id) if a.question.id == question_id), None)
    if asked is None:  # taken away while we waited
        raise NoSuchPoll
    return poll, asked


def _check_before(wording: Wording, before: Sequence[Asked]) -> None:
    if wording.only_if - {option.id for one in before for option in one.options}:
        raise AskedOfNobody


def _is_before(one: Asked, other: Asked) -> bool:
    return one.question.position < other.question.position


def _leads_to(one: Asked, other: Asked) -> bool:
    return bool({option.id for option in one.options}.intersection(other.question.only_if))


def _lead_on(every: Sequence[Asked], asked: Asked, now: Mapping[UUID, UUID]) -> None:
    """Who was led on by an old option is led on by the one that stands for it."""
    for one in every:
        if _leads_to(asked, one):
            one.question.only_if = [
                _stands_for(option, asked, one, now) for option in one.question.only_if
            ]


def _stands_for(option: UUID, asked: Asked, one: Asked, now: Mapping[UUID, UUID]) -> UUID:
    if option not in {known.id for known in asked.options}:
        return option
    if option not in now:
        raise AnotherFollows(title=one.question.title)
    return now[option]
