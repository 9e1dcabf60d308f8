"""Initiatives written and led: the words, the minutes of the meeting, each step with its day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from obshto.modules.initiatives.errors import (
    InitiativeAgainstLaw,
    InitiativeNotFromHere,
    NothingSigned,
    NothingToCarryOut,
    StaleInitiative,
    StepDayImpossible,
    StepWordsMissing,
)
from obshto.modules.initiatives.events import InitiativeDrafted, InitiativeEdited, InitiativeFact
from obshto.modules.initiatives.models import Initiative, InitiativeCounter, InitiativeStep
from obshto.modules.initiatives.services import queries
from obshto.modules.initiatives.services.committee import COMMITTEE
from obshto.modules.initiatives.services.moderation import hold_links
from obshto.modules.initiatives.services.petition import PETITION
from obshto.modules.initiatives.services.states import (
    DRAFT,
    LAPSE,
    MACHINE,
    OVER,
    REFUSED,
    STATES,
    InitiativeAct,
)
from obshto.platform.cases.channels import COUNTER, PORTAL
from obshto.platform.cases.numbers import next_number
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version, of_request
from obshto.platform.legal.reasons import why_of_term, why_of_threshold
from obshto.platform.legal.thresholds import threshold
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web import formats
from obshto.platform.workflow import Transition

FIRST_DAY = date(2026, 11, 1)  # the texts of law that we have read begin there


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeWords:
    """An initiative as typed: to whom, where, what, why."""

    addressee: str
    unit: str = ""
    question: str
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of the founding meeting, without the names of those who came."""

    at: datetime
    place: str
    chair: str
    attended: int
    collects_until: date
    places: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """A step as typed: the day it happened, its public words, what else it asked."""

    happened_on: date
    words: str = ""
    minutes: Minutes | None = None
    outcome: str = ""


def write_initiative(
    uow: UnitOfWork, words: InitiativeWords, *, request_id: UUID, by_staff: bool = False
) -> Initiative:
    """A draft that nobody else sees; the same request again finds the first."""
    if first := of_request(uow, Initiative, request_id):
        return first
    me = uow.principal
    initiative = Initiative(
        request_id=request_id,
        person_id=None if by_staff else me.person_id,
        channel=COUNTER if by_staff else PORTAL,
        entered_by_id=me.person_id if by_staff else None,
        entered_by=me.name if by_staff else "",
        state=DRAFT,
        changed_at=uow.now,
        **_columns(words),
    )
    if (first := create_once(uow, initiative)) is not initiative:
        return first
    uow.emit(InitiativeDrafted(subject_id=initiative.id, number=""))
    return initiative


def edit_initiative(
    uow: UnitOfWork, initiative: Initiative, words: InitiativeWords, *, expected_version: int
) -> None:
    """Before the meeting approves it. Raises StaleInitiative, InitiativeNotFromHere."""
    told = _columns(words)
    if all(getattr(initiative, name) == value for name, value in told.items()):
        return
    expect_version(initiative, expected_version, StaleInitiative)
    if initiative.state != DRAFT:
        raise InitiativeNotFromHere(state=STATES[initiative.state])
    for name, value in told.items():
        setattr(initiative, name, value)
    initiative.changed_at = uow.now
    uow.emit(InitiativeEdited(subject_id=initiative.id, number=""))


def take_step(
    uow: UnitOfWork,
    initiative: Initiative,
    act: InitiativeAct,
    said: StepWords,
    *,
    expected_version: int,
) -> None:
    """Take a way where the law lets it. The same form again does nothing.

    Raises StaleInitiative, InitiativeNotFromHere, StepDayImpossible, what the guard refuses.
    """
    if initiative.state == act.way.to and initiative.version > expected_version:
        return
    expect_version(initiative, expected_version, StaleInitiative)
    if initiative.state not in act.way.sources:
        raise InitiativeNotFromHere(state=STATES[initiative.state])
    steps = queries.steps_of(uow, initiative)
    first, last = (steps[-1].happened_on if steps else FIRST_DAY), day_of(uow.now)
    if not first <= said.happened_on <= last:
        raise StepDayImpossible(first=formats.day(first), last=formats.day(last))
    if act.words and not said.words:
        raise StepWordsMissing
    if guard := _GUARDS.get(act.way.name):
        guard(uow, initiative, said)
    _advance(uow, initiative, act.way, said)
    if said.minutes:  # from here on everybody reads it
        hold_links(uow, initiative)


def lapse(uow: UnitOfWork, initiative: Initiative) -> None:
    """Nobody handed it over: it ends today, and the names go as after every other end."""
    _advance(uow, initiative, LAPSE, StepWords(happened_on=day_of(uow.now)))


def _advance(
    uow: UnitOfWork,
    initiative: Initiative,
    way: Transition[InitiativeFact],
    said: StepWords,
) -> None:
    MACHINE.advance_row(initiative, way)
    step = InitiativeStep(
        petition_id=initiative.id,
        name=way.name,
        happened_on=said.happened_on,
        at=uow.now,
        by_id=uow.principal.person_id,
        by_name=uow.principal.name if way.who else "",
        words=said.words,
    )
    uow.session.add(step)
    uow.session.flush()
    if initiative.state in OVER and initiative.ended_on is None:
        initiative.ended_on = said.happened_on
    steps, notice = queries.steps_of(uow, initiative), queries.notice_rule(uow)
    due = queries.due_of(initiative, steps, notice=notice)
    initiative.due_on, initiative.changed_at = queries.last_day(initiative, due), uow.now
    if said.minutes and not initiative.sequence:  # last: the counter stays locked until the commit
        initiative.year, initiative.sequence = next_number(uow, InitiativeCounter, "list")
    uow.emit(way.fact(subject_id=initiative.id, number=initiative.number))


def _founded(uow: UnitOfWork, initiative: Initiative, said: StepWords) -> None:
    """Fifty people, a committee of three to five, at most two months (чл. 47 и 48)."""
    minutes = said.minutes
    if minutes is None:
        raise StepWordsMissing
    COMMITTEE.expect_whole(uow, initiative)
    needed = threshold("zpu_initiative_meeting", base=minutes.attended, on=said.happened_on)
    if not needed.is_met(minutes.attended):
        raise InitiativeAgainstLaw(why_of_threshold(needed, number=minutes.attended))
    longest = queries.collecting_term(said.happened_on)
    if minutes.collects_until > longest.due_on:
        raise InitiativeAgainstLaw(why_of_term(longest))
    if minutes.collects_until < said.happened_on:
        day, last = formats.day(said.happened_on), formats.day(longest.due_on)
        raise StepDayImpossible(first=day, last=last)
    initiative.meeting_at, initiative.meeting_place = minutes.at, minutes.place
    initiative.meeting_chair, initiative.attended = minutes.chair, minutes.attended
    initiative.collects_until, initiative.places = minutes.collects_until, minutes.places


def _signed(uow: UnitOfWork, initiative: Initiative, said: StepWords) -> None:
    """The law asks for no number of signatures; without any there is nothing to hand over."""
    if not PETITION.counts(uow, initiative).counted:
        raise NothingSigned


def _judged(uow: UnitOfWork, initiative: Initiative, said: StepWords) -> None:
    if not said.outcome:
        raise StepWordsMissing
    initiative.outcome = said.outcome


def _promised(uow: UnitOfWork, initiative: Initiative, said: StepWords) -> None:
    if initiative.outcome == REFUSED:
        raise NothingToCarryOut


_GUARDS: Mapping[str, Callable[[UnitOfWork, Initiative, StepWords], None]] = {
    "meet": _founded,
    "file": _signed,
    "answer": _judged,
    "carry-out": _promised,
}


def _columns(words: InitiativeWords) -> dict[str, str]:
    return {name: getattr(words, name) for name in InitiativeWords.__slots__}
