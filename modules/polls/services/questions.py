"""Questions of a poll: written until the first answer, corrected openly after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.polls.errors import (
    NoSuchPoll,
    OptionsDiffer,
    OptionsRepeat,
    QuestionFrozen,
    TooFewOptions,
    TooManyOptions,
)
from obshto.modules.polls.events import PollEdited, QuestionCorrected
from obshto.modules.polls.models import Option, Poll, Question
from obshto.modules.polls.services.polls import check, tell, touch
from obshto.modules.polls.services.reading import Asked, asked_of
from obshto.modules.polls.services.states import SCALE, Kind
from obshto.platform.web.language import OTHERS
from obshto.platform.work import Work

MOST_OPTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What an editor writes of a question; `options` and those of `words` one for each answer."""

    kind: str
    title: str
    is_required: bool = True
    options: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def lines_of(text: str) -> tuple[str, ...]:
    """One option a line; empty lines count for nothing."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def check_options(options: Sequence[str]) -> None:
    """Raises TooFewOptions, TooManyOptions, OptionsRepeat."""
    if len(options) < 2:
        raise TooFewOptions
    if len(options) > MOST_OPTIONS:
        raise TooManyOptions(limit=MOST_OPTIONS)
    for number, option in enumerate(options):
        if option.casefold() in (other.casefold() for other in options[:number]):
            raise OptionsRepeat(piece=option)


def ask_question(
    work: Work, poll: Poll, wording: Wording, *, request_id: UUID, seen: int
) -> Question:
    """A new question, the last one. The same `request_id` again answers the first one.

    A copy that comes after the question was removed saw an older poll, so it does not return.
    Raises PollChanged, QuestionFrozen, and as `check_options`, OptionsDiffer.
    """
    known = work.session.scalar(select(Question).where(Question.request_id == request_id))
    if known:
        return known
    check(poll, seen)
    _check_free(poll)
    last = work.session.scalar(
        select(func.max(Question.position)).where(Question.poll_id == poll.id)
    )
    question = Question(
        request_id=request_id, poll_id=poll.id, position=(last or 0) + 1, correction="", words={}
    )
    _put(question, wording)
    try:
        with work.session.begin_nested():
            work.session.add(question)
    except IntegrityError:
        return work.session.scalars(select(Question).where(Question.request_id == request_id)).one()
    _offer(work, question, wording)
    touch(work, poll)
    tell(work, PollEdited, poll)
    return question


def wording_of(asked: Asked) -> Wording:
    """What is written of a question now."""
    question = asked.question
    own = asked.options if _has_own(question.kind) else ()
    return Wording(
        kind=question.kind,
        title=question.title,
        is_required=question.is_required,
        options=tuple(option.label for option in own),
        titles={language: _title(question, language) for language in OTHERS},
        labels={
            language: tuple(filter(None, (o.words.get(language, "") for o in own)))
            for language in OTHERS
        },
    )


def reads(work: Work, question: Question, wording: Wording) -> bool:
    """Whether it is asked so already, word for word. One query."""
    asked = [one for one in asked_of(work, question.poll_id) if one.question.id == question.id]
    return bool(asked) and wording_of(asked[0]) == wording


def edit_question(work: Work, poll: Poll, asked: Asked, wording: Wording, *, seen: int) -> None:
    """Another wording. Raises PollChanged, QuestionFrozen, and as `ask_question`."""
    if wording_of(asked) == wording:
        return
    check(poll, seen)
    _check_free(poll)
    _put(asked.question, wording)
    work.session.execute(delete(Option).where(Option.question_id == asked.question.id))
    _offer(work, asked.question, wording)
    touch(work, poll)
    tell(work, PollEdited, poll)


def remove_question(work: Work, poll: Poll, question: Question, *, seen: int) -> None:
    """It is asked no more. Raises PollChanged, QuestionFrozen."""
    check(poll, seen)
    _check_free(poll)
    work.session.delete(question)
    touch(work, poll)
    tell(work, PollEdited, poll)


def correct_question(
    work: Work,
    poll: Poll,
    question: Question,
    *,
    correction: str,
    words: Mapping[str, str],
    seen: int,
) -> None:
    """A note below a question that stays as it was answered. Raises PollChanged."""
    told = {
        language: {**question.words.get(language, {}), "correction": words.get(language, "")}
        for language in OTHERS
    }
    if question.correction == correction and question.words == told:
        return
    check(poll, seen)
    question.correction, question.words = correction, told
    touch(work, poll)
    tell(work, QuestionCorrected, poll)


def question_of(work: Work, question_id: UUID, *, to_change: bool = False) -> tuple[Poll, Asked]:
    """A question for staff, its poll locked if it is to be changed. Raises NoSuchPoll."""
    wanted = select(Poll).join(Question, Question.poll_id == Poll.id)
    wanted = wanted.where(Question.id == question_id, Poll.deleted_at.is_(None))
    poll = work.session.scalar(wanted.with_for_update(of=Poll) if to_change else wanted)
    if poll is None:
        raise NoSuchPoll
    asked = next((a for a in asked_of(work, poll.id) if a.question.id == question_id), None)
    if asked is None:  # taken away while we waited
        raise NoSuchPoll
    return poll, asked


def _check_free(poll: Poll) -> None:
    if poll.answers:
        raise QuestionFrozen


def _has_own(kind: str) -> bool:
    return kind in (Kind.SINGLE, Kind.SEVERAL)


def _title(question: Question, language: str) -> str:
    return str(question.words.get(language, {}).get("title", ""))


def _put(question: Question, wording: Wording) -> None:
    question.kind, question.title = wording.kind, wording.title
    question.is_required = wording.is_required and wording.kind != Kind.TEXT
    question.words = {
        language: {
            **(question.words or {}).get(language, {}),
            "title": wording.titles.get(language, ""),
        }
        for language in OTHERS
    }


def _offer(work: Work, question: Question, wording: Wording) -> None:
    labels: Sequence[str] = ()
    if _has_own(wording.kind):
        check_options(wording.options)
        labels = wording.options
    elif wording.kind == Kind.SCALE:
        labels = SCALE
    for language in OTHERS if _has_own(wording.kind) else ():
        if (told := wording.labels.get(language, ())) and len(told) != len(labels):
            raise OptionsDiffer(number=len(labels))
    for position, label in enumerate(labels):
        words = _translated(wording, position)
        work.session.add(
            Option(
                poll_id=question.poll_id,
                question_id=question.id,
                position=position,
                label=label,
                words=words,
            )
        )
    work.session.flush()


def _translated(wording: Wording, position: int) -> dict[str, str]:
    if wording.kind == Kind.SCALE:
        return {language: SCALE[position] for language in OTHERS}
    told = {language: wording.labels.get(language, ()) for language in OTHERS}
    return {language: labels[position] for language, labels in told.items() if labels}
