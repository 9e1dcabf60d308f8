"""Polls written, opened, extended, closed, followed up, deleted, brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.polls.errors import (
    ClosesTooEarly,
    NothingAsked,
    NotOver,
    NotUnderWay,
    PollChanged,
    PollNotLonger,
    QuestionFrozen,
    TextFrozen,
)
from obshto.modules.polls.events import (
    OutcomeCorrected,
    OutcomeTold,
    PollClosed,
    PollDeleted,
    PollEdited,
    PollExtended,
    PollFact,
    PollOpened,
    PollRestored,
    PollWritten,
)
from obshto.modules.polls.models import Poll, Question
from obshto.modules.polls.services.states import State, state_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.soft_delete import turn
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import OTHERS

Words = Mapping[str, Mapping[str, str]]  # by language, then by the part of the poll


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an editor writes of a poll; `words` are title and introduction in other languages.

    `asks_about` offers who answers to say their age group and where they live.
    """

    title: str
    who: str
    closes_at: datetime
    opens_at: datetime | None = None
    intro: str = ""
    asks_about: bool = False
    words: Words = field(default_factory=dict)


def draft_of(poll: Poll) -> Draft:
    """What is written of a poll now."""
    return Draft(
        title=poll.title,
        intro=poll.intro,
        who=poll.who,
        asks_about=poll.asks_about,
        opens_at=poll.opens_at,
        closes_at=poll.closes_at,
        words=_parts(poll.words, "title", "intro"),
    )


# Each act says how the poll shall be, and which version its author saw. Where it is so already,
# nothing is done: that was the same form, sent twice. Else it must be as it was seen.


def write_poll(uow: UnitOfWork, draft: Draft, *, request_id: UUID) -> Poll:
    """A new draft. The same `request_id` again answers the first one. Raises ClosesTooEarly."""
    _check_span(uow, draft)
    poll = Poll(request_id=request_id, written_at=uow.now, note="", outcome="", words={})
    poll.online = poll.paper = 0
    _put(uow, poll, draft)
    if (first := create_once(uow, poll)) is not poll:
        return first
    tell(uow, PollWritten, poll)
    return poll


def edit_poll(uow: UnitOfWork, poll: Poll, draft: Draft, *, expected_version: int) -> None:
    """Save what is written now. Once open, only its words change: dates have acts of their own.

    Raises PollChanged, ClosesTooEarly, TextFrozen once somebody has answered.
    """
    if poll.published_at:
        kept = draft_of(poll)
        draft = replace(draft, who=kept.who, opens_at=kept.opens_at, closes_at=kept.closes_at)
        draft = replace(draft, asks_about=kept.asks_about)
    if draft_of(poll) == draft:
        return
    check(poll, expected_version)
    if poll.published_at is None:
        _check_span(uow, draft)
        _put(uow, poll, draft)
    else:
        if poll.answers:
            _check_words(draft_of(poll), draft)
        poll.title, poll.intro = draft.title, draft.intro
        poll.words = _with(poll.words, draft.words)
    raise_version(uow, poll)
    tell(uow, PollEdited, poll)


def open_poll(uow: UnitOfWork, poll: Poll, *, expected_version: int) -> None:
    """Everybody sees it; it can be answered from its beginning on.

    Raises PollChanged, NothingAsked, ClosesTooEarly.
    """
    if poll.published_at:
        return
    check(poll, expected_version)
    asked = select(Question.id).where(Question.poll_id == poll.id).limit(1)
    if uow.session.scalar(asked) is None:
        raise NothingAsked
    if poll.closes_at <= uow.now:
        raise ClosesTooEarly
    poll.published_at = uow.now
    poll.opens_at = max(poll.opens_at or uow.now, uow.now)
    raise_version(uow, poll)
    tell(uow, PollOpened, poll)


def extend_poll(
    uow: UnitOfWork,
    poll: Poll,
    *,
    closes_at: datetime,
    note: str,
    words: Words,
    expected_version: int,
) -> None:
    """A later end, with a reason that everybody reads; the same end again corrects the reason.

    Raises PollChanged, NotUnderWay, PollNotLonger.
    """
    told = (poll.closes_at, poll.note, poll.words)
    if told == (closes_at, note, _with(poll.words, words)):
        return
    check(poll, expected_version)
    if state_of(poll, uow.now) not in (State.OPEN, State.PLANNED):
        raise NotUnderWay
    is_longer = closes_at > poll.closes_at
    if not is_longer and not (poll.extended_at and closes_at == poll.closes_at):
        raise PollNotLonger
    poll.closes_at, poll.note = closes_at, note
    poll.extended_at = uow.now if is_longer else poll.extended_at
    poll.words = _with(poll.words, words)
    raise_version(uow, poll)
    tell(uow, PollExtended if is_longer else PollEdited, poll)


def close_poll(uow: UnitOfWork, poll: Poll, *, expected_version: int) -> None:
    """Nobody answers any more, from now on. Raises PollChanged, NotUnderWay."""
    state = state_of(poll, uow.now)
    if state == State.CLOSED:
        return
    check(poll, expected_version)
    if state == State.DRAFT:
        raise NotUnderWay
    poll.closes_at = poll.told_closed_at = uow.now
    poll.opens_at = min(poll.opens_at or uow.now, uow.now)
    raise_version(uow, poll)
    tell(uow, PollClosed, poll)


def tell_outcome(
    uow: UnitOfWork,
    poll: Poll,
    *,
    outcome: str,
    words: Words,
    expected_version: int,
    again: bool = False,
) -> None:
    """What the municipality did with the answers. Who asked hears of it once, or of news `again`.

    Raises PollChanged, NotOver.
    """
    if poll.outcome == outcome and _parts(poll.words, "outcome") == words:
        return
    check(poll, expected_version)
    if state_of(poll, uow.now) != State.CLOSED:
        raise NotOver
    fact = OutcomeTold if again or not poll.outcome else OutcomeCorrected
    poll.outcome, poll.outcome_at = outcome, uow.now
    poll.words = _with(poll.words, words)
    raise_version(uow, poll)
    tell(uow, fact, poll)


def delete_poll(uow: UnitOfWork, poll: Poll, *, expected_version: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises PollChanged."""
    if turn(
        uow, poll, "deleted_at", uow.now, expected_version=expected_version, refusal=PollChanged()
    ):
        tell(uow, PollDeleted, poll)


def restore_poll(uow: UnitOfWork, poll: Poll, *, expected_version: int) -> None:
    """Undo a deletion. Raises PollChanged."""
    if turn(
        uow, poll, "deleted_at", None, expected_version=expected_version, refusal=PollChanged()
    ):
        tell(uow, PollRestored, poll)


def check(poll: Poll, expected_version: int) -> None:
    """Raises PollChanged when the poll has moved on since."""
    expect_version(poll, expected_version, PollChanged)


def check_free(poll: Poll) -> None:
    """Raises QuestionFrozen once somebody has answered."""
    if poll.answers:
        raise QuestionFrozen


def raise_version(uow: UnitOfWork, poll: Poll) -> None:
    """It has changed now; its version rises with that."""
    poll.changed_at = uow.now


def tell(uow: UnitOfWork, fact: type[PollFact], poll: Poll) -> None:
    """Record what happened to it."""
    uow.session.flush()
    uow.emit(fact(subject_id=poll.id, title=poll.title))


def _check_span(uow: UnitOfWork, draft: Draft) -> None:
    if draft.closes_at <= max(draft.opens_at or uow.now, uow.now):
        raise ClosesTooEarly


def _check_words(kept: Draft, draft: Draft) -> None:
    """What nobody could read may be added; what somebody has read stays. Raises TextFrozen."""
    was = {
        (language, part): text
        for language, said in kept.words.items()
        for part, text in said.items()
    }
    is_new = (kept.title, kept.intro) != (draft.title, draft.intro)
    if is_new or any(text != draft.words[key[0]][key[1]] for key, text in was.items() if text):
        raise TextFrozen


def _put(uow: UnitOfWork, poll: Poll, draft: Draft) -> None:
    poll.title, poll.intro, poll.who = draft.title, draft.intro, draft.who
    poll.asks_about = draft.asks_about
    poll.opens_at, poll.closes_at = draft.opens_at, draft.closes_at
    poll.words = _with(poll.words, draft.words)
    raise_version(uow, poll)


def _with(kept: Mapping[str, Any], words: Words) -> dict[str, dict[str, str]]:
    return {language: {**kept.get(language, {}), **words.get(language, {})} for language in OTHERS}


def _parts(kept: Mapping[str, Any], *parts: str) -> dict[str, dict[str, str]]:
    return {
        language: {part: kept.get(language, {}).get(part, "") for part in parts}
        for language in OTHERS
    }
