"""Assemblies called: the notice, its agenda, the acts upon it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from obshto.modules.assembly.errors import (
    AgendaEmpty,
    AssemblyNotFromHere,
    AssemblyWordsMissing,
    DecisionsFollowed,
    MomentUnlawful,
    SignersTooFew,
    StaleAssembly,
    TooManyQuestions,
    UnitTooLarge,
    VotersUnlikely,
)
from obshto.modules.assembly.events import AssemblyDrafted, AssemblyEdited
from obshto.modules.assembly.models import (
    Assembly,
    AssemblyCounter,
    AssemblyQuestion,
    AssemblyStep,
)
from obshto.modules.assembly.services import queries, rules
from obshto.modules.assembly.services.petition_steps import answer_petition
from obshto.modules.assembly.services.states import (
    ANNOUNCED,
    ASKED,
    DRAFT,
    MACHINE,
    STATES,
    VOTERS,
    AssemblyAct,
    Way,
    law_of,
)
from obshto.platform.cases.numbers import next_number
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version, of_request
from obshto.platform.legal.reasons import why_of_threshold
from obshto.platform.unit_of_work import UnitOfWork

MOST_QUESTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyWords:
    """An assembly as typed: where, how many live and vote there, who calls it, when and why."""

    unit: str = ""
    quarter: str = ""
    population: int
    population_source: str
    voters: int
    voters_source: str
    caller: str
    document: str
    signatures: int | None = None
    petition_id: UUID | None = None
    reasons: str
    starts_at: datetime
    place: str
    access: str


def write_assembly(uow: UnitOfWork, words: AssemblyWords, *, request_id: UUID) -> Assembly:
    """A draft that staff alone see; the same request again finds the first.

    Raises UnitTooLarge, SignersTooFew, MomentUnlawful, VotersUnlikely.
    """
    if first := of_request(uow, Assembly, request_id):
        return first
    expect_lawful(uow, words, on=day_of(uow.now))
    return write_past(uow, words, request_id=request_id)


def write_past(uow: UnitOfWork, words: AssemblyWords, *, request_id: UUID) -> Assembly:
    """The same without asking whether it could be announced today: for what was announced then."""
    first_one = select(Assembly).where(Assembly.request_id == request_id)
    if first := uow.session.scalar(first_one):
        return first
    assembly = Assembly(
        request_id=request_id,
        state=DRAFT,
        changed_at=uow.now,
        entered_by_id=uow.principal.person_id,
        **_columns(words),
    )
    if (first := create_once(uow, assembly)) is not assembly:
        return first
    uow.emit(AssemblyDrafted(subject_id=assembly.id, number=""))
    return assembly


def edit_assembly(
    uow: UnitOfWork, assembly: Assembly, words: AssemblyWords, *, expected_version: int
) -> None:
    """Before it is announced. Raises StaleAssembly, AssemblyNotFromHere, what the law refuses."""
    told = _columns(words)
    if all(getattr(assembly, name) == value for name, value in told.items()):
        return
    _expect_draft(assembly, expected_version)
    expect_lawful(uow, words, on=day_of(uow.now))
    for name, value in told.items():
        setattr(assembly, name, value)
    assembly.changed_at = uow.now
    uow.emit(AssemblyEdited(subject_id=assembly.id, number=""))


def add_question(
    uow: UnitOfWork, assembly: Assembly, text: str, *, request_id: UUID
) -> AssemblyQuestion:
    """A point at the end of the agenda; the same request again finds the first.

    The assembly's row is locked by whoever calls. Raises AssemblyNotFromHere, TooManyQuestions.
    """
    wanted = select(AssemblyQuestion).where(AssemblyQuestion.request_id == request_id)
    if first := uow.session.scalar(wanted):
        return first
    _expect_draft(assembly, assembly.version)
    agenda = queries.agenda_of(uow, assembly)
    if len(agenda) >= MOST_QUESTIONS:
        raise TooManyQuestions(most=MOST_QUESTIONS)
    question = AssemblyQuestion(
        request_id=request_id,
        assembly_id=assembly.id,
        position=max((one.position for one in agenda), default=0) + 1,
        text=text,
        state=ASKED,
    )
    uow.session.add(question)
    uow.session.flush()
    uow.emit(AssemblyEdited(subject_id=assembly.id, number=""))
    return question


def edit_question(
    uow: UnitOfWork,
    assembly: Assembly,
    question: AssemblyQuestion,
    text: str,
    *,
    expected_version: int,
) -> None:
    """Before the notice. Raises StaleAssembly, AssemblyNotFromHere."""
    if question.text == text:
        return
    expect_version(question, expected_version, StaleAssembly)
    _expect_draft(assembly, assembly.version)
    question.text = text
    uow.emit(AssemblyEdited(subject_id=assembly.id, number=""))


def remove_question(
    uow: UnitOfWork, assembly: Assembly, question_id: UUID, *, expected_version: int
) -> None:
    """Take a point out before the notice; again changes nothing.

    Raises StaleAssembly, AssemblyNotFromHere.
    """
    question = uow.session.get(AssemblyQuestion, question_id)
    if question is None or question.assembly_id != assembly.id:
        return
    expect_version(question, expected_version, StaleAssembly)
    _expect_draft(assembly, assembly.version)
    uow.session.delete(question)
    uow.emit(AssemblyEdited(subject_id=assembly.id, number=""))


def take_step(
    uow: UnitOfWork, assembly: Assembly, step: str, words: str, *, expected_version: int
) -> None:
    """Take a way where the law it goes by lets it. The same form again does nothing.

    Raises StaleAssembly, AssemblyNotFromHere, AssemblyWordsMissing, what the guard refuses.
    """
    act = act_here(uow, assembly, step)
    if assembly.state == act.way.to and assembly.version > expected_version:
        return
    expect_version(assembly, expected_version, StaleAssembly)
    if assembly.state not in act.way.sources:
        raise AssemblyNotFromHere(state=STATES[assembly.state])
    if act.words and not words:
        raise AssemblyWordsMissing
    for condition in act.conditions:
        _GUARDS[condition](uow, assembly)
    advance(uow, assembly, act.way, words=words)


def act_here(uow: UnitOfWork, assembly: Assembly, step: str) -> AssemblyAct:
    """An act by the law that an assembly goes by. Raises AssemblyNotFromHere where it has none."""
    act = law_of(assembly.announced_on, on=day_of(uow.now)).acts.get(step)
    if act is None:
        raise AssemblyNotFromHere(state=STATES[assembly.state])
    return act


def advance(
    uow: UnitOfWork,
    assembly: Assembly,
    way: Way,
    *,
    words: str = "",
    happened_on: date | None = None,
) -> None:
    """Take a way and write it down as a step of that day, today unless another is said."""
    MACHINE.advance_row(assembly, way)
    step = AssemblyStep(
        assembly_id=assembly.id,
        name=way.name,
        happened_on=happened_on or day_of(uow.now),
        at=uow.now,
        by_id=uow.principal.person_id,
        words=words,
    )
    uow.session.add(step)
    assembly.changed_at = uow.now
    uow.session.flush()
    if assembly.state == ANNOUNCED and not assembly.sequence:
        # Last: the counter stays locked until the commit.
        assembly.year, assembly.sequence = next_number(uow, AssemblyCounter, "list")
    uow.emit(way.fact(subject_id=assembly.id, number=assembly.number))


def expect_lawful(uow: UnitOfWork, words: AssemblyWords | Assembly, *, on: date) -> None:
    """What the law asks of an assembly that is announced on a day.

    Raises UnitTooLarge, VotersUnlikely, SignersTooFew, MomentUnlawful.
    """
    why = rules.why_of_population(words.population, on)
    if not why.holds:
        raise UnitTooLarge(why)
    if words.voters > words.population:
        raise VotersUnlikely
    if words.caller == VOTERS:
        needed, signed = rules.call_threshold(words.voters, on), words.signatures or 0
        if not needed.is_met(signed):
            raise SignersTooFew(why_of_threshold(needed, number=signed))
    window = rules.window_of(on, work_ends_at=queries.settings_here(uow).work_ends_at)
    moment = rules.why_of_moment(words.starts_at, window)
    if not moment.holds:
        raise MomentUnlawful(moment)


def _announced(uow: UnitOfWork, assembly: Assembly) -> None:
    """With an agenda, on a day that is lawful from today on (чл. 57, ал. 6 и 7)."""
    if not queries.agenda_of(uow, assembly):
        raise AgendaEmpty
    expect_lawful(uow, assembly, on=day_of(uow.now))
    if assembly.petition_id:
        answer_petition(uow, assembly.petition_id)
    assembly.announced_on = day_of(uow.now)
    assembly.work_ends_at = queries.settings_here(uow).work_ends_at


def _recounted(_uow: UnitOfWork, assembly: Assembly) -> None:
    assembly.first_present = assembly.present = None
    assembly.is_late = False


def _reopened(uow: UnitOfWork, assembly: Assembly) -> None:
    """As long as nobody built on the decisions."""
    steps = queries.steps_of(uow, [assembly.id])[assembly.id]
    if any(step.question_id for step in steps):
        raise DecisionsFollowed
    for question in queries.agenda_of(uow, assembly):
        question.state, question.due_on, question.late_for = ASKED, None, None


_GUARDS: Mapping[str, Callable[[UnitOfWork, Assembly], None]] = {
    "notice_is_lawful": _announced,
    "count_begins_anew": _recounted,
    "nobody_built_on_it": _reopened,
}


def _expect_draft(assembly: Assembly, expected_version: int) -> None:
    expect_version(assembly, expected_version, StaleAssembly)
    if assembly.state != DRAFT:
        raise AssemblyNotFromHere(state=STATES[assembly.state])


def _columns(words: AssemblyWords) -> dict[str, object]:
    told = {name: getattr(words, name) for name in AssemblyWords.__slots__}
    return told | {"signatures": words.signatures if words.caller == VOTERS else None}
