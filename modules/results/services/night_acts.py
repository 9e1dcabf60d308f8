"""Acts upon a result: announced from the protocols, challenged, judged, final; reported in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from obshto.modules.results.errors import (
    BeforeTheEnd,
    DayNotPossible,
    NotInThisState,
    ProtocolsMissing,
    PublicWordsMissing,
    ResultForbidden,
    StaleNight,
)
from obshto.modules.results.events import ResultStepped
from obshto.modules.results.models import NightStep, VoteNight
from obshto.modules.results.services.due_terms import days_of, publish_due
from obshto.modules.results.services.duties import owe_publication
from obshto.modules.results.services.nights import (
    lock_counting,
    lock_night,
    steps_of,
)
from obshto.modules.results.services.states import FINAL, MACHINE, STATES, NightAct, law_of
from obshto.modules.results.services.totals import totals_of
from obshto.modules.results.services.votes import closes_at, outcomes
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.legal.reasons import why_of_term
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.petitions.due_rows import due_by_rows
from obshto.platform.petitions.stations import Due
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web import formats


@dataclass(frozen=True, slots=True, kw_only=True)
class NightActWords:
    """An act as typed: its day on paper, its public words.

    `council_votes` are the valid votes for councillors, where the vote was together with those.
    """

    happened_on: date
    words: str = ""
    council_votes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAct:
    """What a condition looks at: the vote, what was typed, what is owed in the state."""

    vote: CalledVote
    night: VoteNight
    said: NightActWords
    due: Due | None


def take_act(
    uow: UnitOfWork,
    vote: CalledVote,
    name: str,
    said: NightActWords,
    *,
    expected_version: int,
) -> None:
    """Take a way where the law of the day of the vote lets it. The same form again does nothing.

    Raises StaleNight, NotInThisState, DayNotPossible, PublicWordsMissing, ResultForbidden,
    ProtocolsMissing, what the part of referenda refuses.
    """
    night = lock_night(uow, vote)
    law = law_of(night.vote_on, on=said.happened_on)
    if (act := law.acts.get(name)) is None:
        raise NotInThisState(state=STATES[night.state])
    if night.state == act.way.to and night.version > expected_version:
        return
    expect_version(night, expected_version, StaleNight)
    if night.state not in act.way.sources:
        raise NotInThisState(state=STATES[night.state])
    days = days_of(steps_of(uow, night))
    _check(uow, night, act, said, days)
    taken = TakenAct(vote=vote, night=night, said=said, due=due_by_rows(law, night.state, days))
    for condition in act.conditions:
        _GUARDS[condition](uow, taken)
    left = night.state
    MACHINE.advance_row(night, act.way)
    _write(uow, night, act, said)
    if night.state == FINAL and night.is_adopted:
        due = publish_due(law, act, left, {**days, name: said.happened_on})
        owe_publication(uow, night, due)
    uow.session.flush()
    uow.emit(act.way.fact(subject_id=night.id))


def write_report(
    uow: UnitOfWork, vote: CalledVote, reported_at: datetime, *, expected_version: int
) -> None:
    """When the municipal commission reported to the central one (чл. 40, ал. 3).

    Raises StaleNight, BeforeTheEnd, DayNotPossible, ResultAnnounced.
    """
    night = lock_counting(uow, vote)
    if night.reported_at == reported_at:
        return
    expect_version(night, expected_version, StaleNight)
    if reported_at < closes_at(uow, vote):
        raise BeforeTheEnd
    if reported_at > uow.now:
        raise DayNotPossible(first=formats.day(night.vote_on), last=formats.day(day_of(uow.now)))
    night.reported_at = night.changed_at = reported_at
    uow.session.flush()
    uow.emit(ResultStepped(subject_id=night.id))


def _check(
    uow: UnitOfWork,
    night: VoteNight,
    act: NightAct,
    said: NightActWords,
    days: Mapping[str, date],
) -> None:
    first, last = max(days.values(), default=night.vote_on), day_of(uow.now)
    if not first <= said.happened_on <= last:
        raise DayNotPossible(first=formats.day(first), last=formats.day(last))
    if act.words and not said.words:
        raise PublicWordsMissing


def _in_time(uow: UnitOfWork, taken: TakenAct) -> None:
    """By the last day of what is owed in the state."""
    found = taken.due.term if taken.due else None
    if found and taken.said.happened_on > found.due_on:
        raise ResultForbidden(why_of_term(found))


def _term_is_over(uow: UnitOfWork, taken: TakenAct) -> None:
    found = taken.due.term if taken.due else None
    if found and taken.said.happened_on <= found.due_on:
        raise ResultForbidden(why_of_term(found))


def _announce(uow: UnitOfWork, taken: TakenAct) -> None:
    """The numbers are the sums of the protocols, nobody types them again."""
    vote, night, said = taken.vote, taken.night, taken.said
    totals = totals_of(uow, vote)
    if uow.now < closes_at(uow, vote):
        raise BeforeTheEnd
    if not totals.is_complete:
        raise ProtocolsMissing(done=totals.done, all=len(totals.sections))
    if night.is_together and said.council_votes is None:
        raise PublicWordsMissing
    told = totals.result(said.council_votes if night.is_together else None)
    night.is_adopted = outcomes().decide(uow, vote.id, told, on=said.happened_on, words=said.words)
    night.voters, night.participants = told.voters, told.participants
    night.yes, night.no, night.invalid = told.yes, told.no, totals.sums["invalid"]
    night.council_votes = told.council_votes
    night.announced_on, night.decision = said.happened_on, said.words


def _fall(uow: UnitOfWork, taken: TakenAct) -> None:
    """There is no result any more: protocols can be corrected, one is announced again."""
    vote, night, said = taken.vote, taken.night, taken.said
    words = said.words or night.decision
    outcomes().reopen(uow, vote.id, on=said.happened_on, words=words)
    night.is_adopted = night.announced_on = None
    for name in ("voters", "participants", "yes", "no", "invalid", "council_votes"):
        setattr(night, name, None)
    night.decision = ""


def _write(uow: UnitOfWork, night: VoteNight, act: NightAct, said: NightActWords) -> None:
    night.changed_at = uow.now
    uow.session.add(
        NightStep(
            night_id=night.id,
            name=act.way.name,
            happened_on=said.happened_on,
            at=uow.now,
            by_id=uow.principal.person_id,
            by_name=uow.principal.name,
            words=said.words,
        )
    )


# By the word of a row's condition.
_GUARDS: Mapping[str, Callable[[UnitOfWork, TakenAct], None]] = {
    "in_time": _in_time,
    "term_is_over": _term_is_over,
    "protocols_are_whole": _announce,
    "result_falls": _fall,
}
