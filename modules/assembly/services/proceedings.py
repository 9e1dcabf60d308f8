"""The evening of an assembly: people counted, the quorum, votes, the minutes; then what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from obshto.modules.assembly.errors import (
    AssemblyNotBegun,
    AssemblyNotFromHere,
    AssemblyWordsMissing,
    CountersUnlawful,
    DecisionNotFromHere,
    FollowDayImpossible,
    HoursImpossible,
    OpenVoteInvalid,
    PresentTooMany,
    QuestionsUnvoted,
    StaleAssembly,
    VotesTooMany,
)
from obshto.modules.assembly.events import AssemblyResultRecorded
from obshto.modules.assembly.models import Assembly, AssemblyQuestion, AssemblyStep
from obshto.modules.assembly.services import queries, rules
from obshto.modules.assembly.services.assemblies import act_here, advance
from obshto.modules.assembly.services.states import (
    ANNOUNCED,
    DECISIONS,
    HELD,
    NO_VOTE,
    OPEN,
    OPEN_VOTE,
    POSTPONED,
    QUESTION_STATES,
    STATES,
    following_law,
)
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.legal.thresholds import Threshold
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web import formats

COUNTS = ("votes_for", "votes_against", "abstained", "invalid")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteWords:
    """A vote as typed: how, how many, the proposals in short, the decision in its last wording."""

    ballot: str
    votes_for: int = 0
    votes_against: int = 0
    abstained: int = 0
    invalid: int = 0
    summary: str = ""
    decision: str = ""

    @property
    def total(self) -> int:
        """Hands or ballots, whatever stands on them."""
        return self.votes_for + self.votes_against + self.abstained + self.invalid


def quorum_due(assembly: Assembly) -> Threshold:
    """How many must be there: at the hour of the notice, or an hour later once it is put off."""
    on = day_of(assembly.starts_at)
    if assembly.is_late:
        return rules.later_quorum(assembly.voters, on)
    return rules.quorum(assembly.voters, assembly.population, on)


def count_present(
    uow: UnitOfWork, assembly: Assembly, present: int, *, expected_version: int
) -> None:
    """So many are in the hall: it opens, is put off by an hour, or has no quorum (чл. 60).

    The same form again does nothing. Raises StaleAssembly, AssemblyNotFromHere, AssemblyNotBegun,
    PresentTooMany.
    """
    counted = (assembly.present, assembly.first_present)
    if assembly.version > expected_version >= 0 and present in counted:
        return
    begins = _expect_counted(uow, assembly, present, expected_version)
    is_first, is_met = assembly.state == ANNOUNCED, quorum_due(assembly).is_met(present)
    if is_first:
        assembly.first_present = present
    if is_met or not is_first:
        assembly.present = present
    assembly.is_late = not (is_first and is_met)
    way = "open" if is_met else "postpone" if is_first else "fail"
    advance(uow, assembly, act_here(uow, assembly, way).way, happened_on=day_of(begins))


def _expect_counted(
    uow: UnitOfWork, assembly: Assembly, present: int, expected_version: int
) -> datetime:
    """The hour of which people are counted, where they may be counted now."""
    expect_version(assembly, expected_version, StaleAssembly)
    if assembly.state not in (ANNOUNCED, POSTPONED):
        raise AssemblyNotFromHere(state=STATES[assembly.state])
    begins = earliest_begin(assembly)
    if uow.now < begins:
        raise AssemblyNotBegun(moment=formats.moment(begins))
    if present > assembly.voters:
        raise PresentTooMany(voters=assembly.voters)
    return begins


def record_vote(
    uow: UnitOfWork,
    assembly: Assembly,
    question: AssemblyQuestion,
    words: VoteWords,
    *,
    expected_version: int,
) -> None:
    """How a question was voted, by hands or ballots (чл. 61); mended until the minutes are closed.

    Raises StaleAssembly, AssemblyNotFromHere, VotesTooMany, OpenVoteInvalid.
    """
    told = _told(words)
    if all(getattr(question, name) == value for name, value in told.items()):
        return
    expect_version(question, expected_version, StaleAssembly)
    if assembly.state != OPEN:
        raise AssemblyNotFromHere(state=STATES[assembly.state])
    if words.ballot == OPEN_VOTE and words.invalid:
        raise OpenVoteInvalid
    if words.ballot != NO_VOTE:
        _expect_present(assembly, words.total)
    for name, value in told.items():
        setattr(question, name, value)
    uow.emit(AssemblyResultRecorded(subject_id=assembly.id, number=assembly.number))


def close_minutes(
    uow: UnitOfWork,
    assembly: Assembly,
    *,
    began_at: datetime,
    ended_at: datetime,
    counters: int,
    expected_version: int,
) -> None:
    """The minutes say all that чл. 62 asks for: each question has its result from now on.

    The same form again does nothing. Raises StaleAssembly, AssemblyNotFromHere, QuestionsUnvoted,
    VotesTooMany, HoursImpossible, CountersUnlawful.
    """
    if assembly.state == HELD and assembly.version > expected_version >= 0:
        return
    expect_version(assembly, expected_version, StaleAssembly)
    if assembly.state != OPEN:
        raise AssemblyNotFromHere(state=STATES[assembly.state])
    agenda = queries.agenda_of(uow, assembly)
    if not all(question.ballot for question in agenda):
        raise QuestionsUnvoted
    why = rules.why_of_counters(counters, day_of(assembly.starts_at))
    if not why.holds:
        raise CountersUnlawful(why)
    first = earliest_begin(assembly)
    if not first <= began_at < ended_at <= uow.now:
        raise HoursImpossible(first=formats.moment(first))
    assembly.began_at, assembly.ended_at, assembly.counters = began_at, ended_at, counters
    assembly.half_is_enough = queries.settings_here(uow).half_is_enough
    for question in agenda:
        _settle(uow, assembly, question)
    way = act_here(uow, assembly, "hold").way
    advance(uow, assembly, way, happened_on=day_of(began_at))


def earliest_begin(assembly: Assembly) -> datetime:
    """The hour of the notice, or an hour later where the first count had no quorum."""
    starts_at = assembly.starts_at
    return rules.later_moment(starts_at) if assembly.is_late else starts_at


def majority_of(uow: UnitOfWork, assembly: Assembly) -> Threshold:
    """How many votes adopt a decision there, by the reading that held when it closed."""
    half = assembly.half_is_enough
    if assembly.state != HELD:
        half = queries.settings_here(uow).half_is_enough
    on = day_of(assembly.starts_at)
    return rules.majority(assembly.present or 0, on, half_is_enough=half)


def follow(
    uow: UnitOfWork,
    assembly: Assembly,
    question: AssemblyQuestion,
    step: str,
    *,
    happened_on: date,
    words: str,
    expected_version: int,
) -> None:
    """What the mayor or the council did about a decision. The same form again does nothing.

    Raises StaleAssembly, DecisionNotFromHere, FollowDayImpossible, AssemblyWordsMissing.
    """
    act = following_law(assembly.announced_on, on=happened_on).acts.get(step)
    if act is None or not act.has_button:
        raise DecisionNotFromHere(state=QUESTION_STATES[question.state])
    if question.state == act.way.to and question.version > expected_version >= 0:
        return
    expect_version(question, expected_version, StaleAssembly)
    if question.state not in act.way.sources:
        raise DecisionNotFromHere(state=QUESTION_STATES[question.state])
    steps = queries.steps_of(uow, [assembly.id])[assembly.id]
    own = [step.happened_on for step in steps if step.question_id == question.id]
    first, last = max([queries.held_on(assembly), *own]), day_of(uow.now)
    if not first <= happened_on <= last:
        raise FollowDayImpossible(first=formats.day(first), last=formats.day(last))
    if not words:
        raise AssemblyWordsMissing
    DECISIONS.advance_row(question, act.way)
    question.due_on = queries.last_day(assembly, question)
    uow.session.add(
        AssemblyStep(
            assembly_id=assembly.id,
            question_id=question.id,
            name=act.way.name,
            happened_on=happened_on,
            at=uow.now,
            by_id=uow.principal.person_id,
            words=words,
        )
    )
    assembly.changed_at = uow.now
    uow.session.flush()
    uow.emit(act.way.fact(subject_id=assembly.id, number=assembly.number))


def _settle(uow: UnitOfWork, assembly: Assembly, question: AssemblyQuestion) -> None:
    """Adopted, rejected or not put to the vote, by what was counted."""
    acts = following_law(assembly.announced_on, on=day_of(uow.now)).acts
    if question.ballot == NO_VOTE:
        DECISIONS.advance_row(question, acts["skip"].way)
        return
    _expect_present(assembly, sum(getattr(question, name) or 0 for name in COUNTS))
    is_adopted = majority_of(uow, assembly).is_met(question.votes_for or 0)
    DECISIONS.advance_row(question, acts["adopt" if is_adopted else "reject"].way)
    question.due_on = queries.last_day(assembly, question)


def _expect_present(assembly: Assembly, votes: int) -> None:
    present = assembly.present or 0
    if votes > present:
        raise VotesTooMany(votes=votes, present=present)


def _told(words: VoteWords) -> Mapping[str, object]:
    told = {name: getattr(words, name) for name in VoteWords.__slots__}
    if words.ballot == NO_VOTE:
        return told | dict.fromkeys(COUNTS) | {"decision": ""}
    return told
