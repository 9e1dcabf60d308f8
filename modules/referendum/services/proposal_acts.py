"""Acts upon a proposal: the way, its guard of law, the day it happened, what everybody reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _

from obshto.modules.referendum.errors import (
    LawSaysNo,
    QuestionRefused,
    ReasonMissing,
    ReferendumNotFromHere,
    SameDay,
    StaleReferendum,
    VotersUnknown,
)
from obshto.modules.referendum.events import (
    ReferendumAdvanced,
    ReferendumChanged,
)
from obshto.modules.referendum.models import ProposalStep, Referendum, RegisterCounter
from obshto.modules.referendum.services import petition, queries
from obshto.modules.referendum.services.committee import COMMITTEE
from obshto.modules.referendum.services.outcome import VoteNumbers, outcome_of
from obshto.modules.referendum.services.proposals import FIRST_DAY, check_day, is_askable
from obshto.modules.referendum.services.states import (
    ENDED,
    FAILED,
    HIDDEN,
    MACHINE,
    REJECTED,
    STATES,
    TERM_IS_OVER,
    Act,
    law_of,
)
from obshto.modules.referendum.services.voting_days import (
    VotingWindow,
    why_of_day,
    window_of,
    window_of_demand,
)
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.cases.numbers import next_number
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.legal.reasons import Why, why_of_term, why_of_threshold
from obshto.platform.legal.terms import term
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web import formats


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWords:
    """An act as typed: the day it happened on paper, its public words, what else it asked.

    `is_unlawful`: the council refuses because the question may not be asked at all.
    `is_common_date`: two referenda on one day are meant so.
    """

    happened_on: date
    words: str = ""
    vote_on: date | None = None
    is_common_date: bool = False
    is_unlawful: bool = False
    numbers: VoteNumbers | None = None


def take_step(
    uow: UnitOfWork,
    proposal: Referendum,
    step: str,
    said: ActWords,
    *,
    expected_version: int,
) -> None:
    """Take a way where the law that this proposal goes by lets it. The same form again does
    nothing.

    Raises StaleReferendum, ReferendumNotFromHere, DayImpossible, LawSaysNo, what the guard refuses.
    """
    law = law_of(proposal.begun_on, on=said.happened_on)
    if (act := law.acts.get(step)) is None:
        raise ReferendumNotFromHere(state=STATES[proposal.state])
    reached = (act.way.to, FAILED) if act.asks == "result" else (act.way.to,)
    if proposal.state in reached and proposal.version > expected_version:
        return
    expect_version(proposal, expected_version, StaleReferendum)
    if proposal.state not in act.way.sources or proposal.proposer not in act.proposers:
        raise ReferendumNotFromHere(state=STATES[proposal.state])
    _check_step(uow, proposal, act, said)
    for condition in act.conditions:
        _GUARDS[condition](uow, proposal, act, said)
    if said.numbers is not None:
        act = law.acts[_by_numbers(proposal, said.numbers, said.happened_on)]
    _advance(uow, proposal, act, said)


def window_here(uow: UnitOfWork, proposal: Referendum, act: Act, happened_on: date) -> VotingWindow:
    """Days among which an act sets the vote, by the readings that hold here. Raises NoRuleYet."""
    settings = settings_of(uow, "referendum", ReferendumSettings)
    days = queries.days_of(proposal, queries.steps_of(uow, proposal))
    runs_from = [days[name] for name in act.runs_from if name in days]
    if act.window == "demanded":
        return window_of_demand(
            runs_from[0],
            begun_on=proposal.begun_on,
            from_any_day=settings.demand_from_any_day,
            votes_on_holidays=settings.votes_on_holidays,
        )
    # After a judgment the days run from it (чл. 32, ал. 2), else from the decision itself.
    starts_on = runs_from[0] if runs_from else happened_on
    return window_of(
        starts_on, begun_on=proposal.begun_on, votes_on_holidays=settings.votes_on_holidays
    )


def _check_step(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    steps = queries.steps_of(uow, proposal)
    first = steps[-1].happened_on if steps else FIRST_DAY
    check_day(said.happened_on, first=first, last=day_of(uow.now))
    if act.words and not said.words:
        raise ReasonMissing


def _advance(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    MACHINE.advance_row(proposal, act.way)
    if act.begins and proposal.begun_on is None:
        proposal.begun_on = said.happened_on
    uow.session.add(
        ProposalStep(
            petition_id=proposal.id,
            name=act.way.name,
            happened_on=said.happened_on,
            at=uow.now,
            by_id=uow.principal.person_id,
            by_name=uow.principal.name if act.way.who else "",
            words=said.words,
        )
    )
    uow.session.flush()
    is_over = proposal.state in (*ENDED, REJECTED)
    proposal.ended_on = said.happened_on if is_over else None
    due = queries.due_here(uow, proposal, queries.steps_of(uow, proposal))
    proposal.due_on = due.term.due_on if due and due.term and not due.is_wait else proposal.vote_on
    if proposal.state in ENDED:
        proposal.due_on = None
    proposal.changed_at = uow.now
    _number(uow, proposal, act)  # last: the counter stays locked until the commit
    _tell(uow, proposal, act)


def _number(uow: UnitOfWork, proposal: Referendum, act: Act) -> None:
    """The number in the public register (чл. 27, ал. 5), once, when the council is told of it."""
    if not proposal.sequence and act.begins:
        proposal.year, proposal.sequence = next_number(uow, RegisterCounter, "register")


def _tell(uow: UnitOfWork, proposal: Referendum, act: Act) -> None:
    fact = ReferendumAdvanced if proposal.state in HIDDEN else act.way.fact
    told = {"subject_id": proposal.id, "number": proposal.number}
    if fact is ReferendumChanged:
        uow.emit(ReferendumChanged(**told, state=proposal.state))  # type: ignore[arg-type]
    else:
        uow.emit(fact(**told))  # type: ignore[arg-type]


def _by_numbers(proposal: Referendum, numbers: VoteNumbers, on: date) -> str:
    is_adopted, _whys = outcome_of(numbers, on=on, begun_on=proposal.begun_on)
    proposal.participants, proposal.yes_votes = numbers.participants, numbers.yes
    return "adopt" if is_adopted else "fail"


def _whole_committee(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    COMMITTEE.expect_whole(uow, proposal)
    proposal.meeting_on = said.happened_on


def _askable(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    if not is_askable(uow, proposal):
        raise QuestionRefused


def _in_time(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    """By the last day of what is owed here (чл. 28, ал. 8; чл. 29, ал. 3)."""
    due = queries.due_here(uow, proposal, queries.steps_of(uow, proposal))
    if due and due.term and said.happened_on > due.term.due_on:
        raise LawSaysNo(why_of_term(due.term))


def _enough(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    """With the share of law (чл. 27, ал. 1, т. 3, ал. 3)."""
    needed = petition.needed_of(proposal, on=said.happened_on)
    if needed is None:
        raise VotersUnknown
    counted = petition.PETITION.counts(uow, proposal).counted
    if not needed.is_met(counted):
        raise LawSaysNo(why_of_threshold(needed, number=counted))


def _protocol(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    _enough(uow, proposal, act, said)
    counted = petition.PETITION.counts(uow, proposal).counted
    proposal.ground = petition.ground_of(uow, proposal, counted, on=said.happened_on)


def _term_is_over(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    due = queries.due_here(uow, proposal, queries.steps_of(uow, proposal))
    if due and due.term and said.happened_on <= due.term.due_on:
        raise LawSaysNo(_not_yet(why_of_term(due.term)))


def _not_yet(why: Why) -> Why:
    return Why(
        answer=_("Срокът още не е изтекъл"),
        article=why.article,
        inputs=why.inputs,
        steps=why.steps,
        holds=False,
        in_force=why.in_force,
    )


def _free_to_refuse(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    """With a tenth of the voters the council may refuse an unlawful question alone
    (чл. 27, ал. 2; чл. 31, ал. 2).
    """
    if proposal.ground == petition.TENTH and not said.is_unlawful:
        settings = settings_of(uow, "referendum", ReferendumSettings)
        tenth = petition.tenth_of(proposal, settings, on=said.happened_on)
        assert tenth
        raise LawSaysNo(
            why_of_threshold(tenth, number=petition.PETITION.counts(uow, proposal).counted)
        )


def _appeal_in_time(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    days = queries.days_of(proposal, queries.steps_of(uow, proposal))
    found = term("zpu_appeal", starts_on=days["reject"], begun_on=proposal.begun_on)
    if said.happened_on > found.due_on:
        raise LawSaysNo(why_of_term(found))


def _lawful_day(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    if said.vote_on is None:
        raise ReasonMissing
    why = why_of_day(said.vote_on, window_here(uow, proposal, act, said.happened_on))
    if not why.holds:
        raise LawSaysNo(why)
    if queries.called_on(uow, said.vote_on, proposal) and not said.is_common_date:
        raise SameDay(day=formats.day(said.vote_on))
    proposal.vote_on = said.vote_on


def _voted(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    """Not before the day of the vote, and only with numbers."""
    assert proposal.vote_on
    check_day(said.happened_on, first=proposal.vote_on, last=day_of(uow.now))
    if said.numbers is None:
        raise ReasonMissing


def _without_result(uow: UnitOfWork, proposal: Referendum, act: Act, said: ActWords) -> None:
    proposal.participants = proposal.yes_votes = None


# By the word of a row's condition.
_GUARDS: Mapping[str, Callable[[UnitOfWork, Referendum, Act, ActWords], None]] = {
    "committee_is_whole": _whole_committee,
    "question_may_be_asked": _askable,
    "in_time": _in_time,
    "signatures_are_enough": _enough,
    "protocol_confirms": _protocol,
    TERM_IS_OVER: _term_is_over,
    "council_may_refuse": _free_to_refuse,
    "appeal_is_in_time": _appeal_in_time,
    "day_is_lawful": _lawful_day,
    "vote_is_over": _voted,
    "result_falls": _without_result,
}
