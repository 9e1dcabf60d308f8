"""Assessments of impact: which activities need one, the officer writes, the mayor decides.

Regulation (EU) 2016/679, art. 35. An approved one never changes; the next is an edition of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Select, Text, cast, func, or_, select, union_all
from sqlalchemy.exc import IntegrityError

from obshto.modules.dataprotection.errors import (
    AssessmentDecided,
    NoSuchActivity,
    NoSuchAssessment,
    NotYetWhole,
    OwnAssessment,
    StaleProtectionRow,
)
from obshto.modules.dataprotection.events import (
    AssessmentApproved,
    AssessmentProposed,
    AssessmentReturned,
    AssessmentWritten,
)
from obshto.modules.dataprotection.models import ImpactAssessment, ProcessingActivity
from obshto.modules.dataprotection.services.activities import (
    RegisterEntry,
    current_entries,
    declared,
)
from obshto.modules.dataprotection.services.assessment_questions import (
    NEEDED,
    first_answers,
    missing_answers,
)
from obshto.platform.entity import expect_version
from obshto.platform.modularity.processing_activities import RiskCriterion, needs_assessment
from obshto.platform.unit_of_work import UnitOfWork

# Where an activity stands, the most urgent first.
MISSING, UNDECIDED, CHANGED = "missing", "undecided", "changed"
DRAFT, WAITING, ASSESSED, NOT_NEEDED, FREE = "draft", "waiting", "assessed", "not-needed", "free"
ORDER = (MISSING, UNDECIDED, CHANGED, DRAFT, WAITING, ASSESSED, NOT_NEEDED, FREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentStanding:
    """An activity of the register, its criteria, where its assessment stands."""

    entry: RegisterEntry
    criteria: tuple[RiskCriterion, ...]
    open: ImpactAssessment | None
    approved: ImpactAssessment | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentWords:
    """What the officer answers; `answers` by the words of `assessment_questions`."""

    criteria: list[str]
    need: str
    why: str
    answers: dict[str, Any]


def standings(uow: UnitOfWork) -> list[AssessmentStanding]:
    """Every activity of the register, what is missing first. Two queries."""
    criteria = _declared_criteria(uow)
    rows = uow.session.scalars(select(ImpactAssessment).order_by(ImpactAssessment.number)).all()
    waiting = {row.activity: row for row in rows if row.is_open}
    approved = {row.activity: row for row in rows if row.number}  # the last one stays
    found = [
        _standing(entry, criteria.get(entry.key), waiting.get(entry.key), approved.get(entry.key))
        for entry in current_entries(uow)
    ]
    return sorted(found, key=lambda one: ORDER.index(one.state))


def standing_of(uow: UnitOfWork, activity: str) -> AssessmentStanding:
    """One activity. Raises NoSuchActivity."""
    found = next((one for one in standings(uow) if one.entry.key == activity), None)
    if found is None:
        raise NoSuchActivity
    return found


def unassessed(uow: UnitOfWork) -> Select[Any]:
    """Keys of activities that need an assessment, or a decision that none is, and have neither."""
    due = [key for key, found in _declared_criteria(uow).items() if needs_assessment(found)]
    own = select(cast(ProcessingActivity.id, Text)).where(
        ProcessingActivity.part == "", ProcessingActivity.removed_at.is_(None)
    )
    keys = union_all(select(func.unnest(cast(due, ARRAY(Text))).label("key")), own).subquery()
    is_settled = or_(
        ImpactAssessment.number.is_not(None), ImpactAssessment.proposed_at.is_not(None)
    )
    settled = select(ImpactAssessment.id).where(ImpactAssessment.activity == keys.c.key, is_settled)
    return select(keys.c.key).where(~settled.exists())


def waiting_assessments() -> Select[ImpactAssessment]:
    """Those that wait for a decision."""
    return select(ImpactAssessment).where(
        ImpactAssessment.is_open.is_(True), ImpactAssessment.proposed_at.is_not(None)
    )


def assessment_of(
    uow: UnitOfWork, assessment_id: UUID, *, to_change: bool = False
) -> ImpactAssessment:
    """One in whatever state; `to_change` makes others wait. Raises NoSuchAssessment."""
    row = select(ImpactAssessment).where(ImpactAssessment.id == assessment_id)
    if to_change:
        row = row.with_for_update().execution_options(populate_existing=True)
    found = uow.session.scalar(row)
    if found is None:
        raise NoSuchAssessment
    return found


def editions_of(uow: UnitOfWork, activity: str) -> Sequence[ImpactAssessment]:
    """The approved ones of an activity, the newest first."""
    rows = select(ImpactAssessment).where(
        ImpactAssessment.activity == activity, ImpactAssessment.number.is_not(None)
    )
    return uow.session.scalars(rows.order_by(ImpactAssessment.number.desc())).all()


def approved_assessments(uow: UnitOfWork) -> Sequence[ImpactAssessment]:
    """Every approved edition, for the file."""
    rows = select(ImpactAssessment).where(ImpactAssessment.number.is_not(None))
    order = (ImpactAssessment.activity, ImpactAssessment.number)
    return uow.session.scalars(rows.order_by(*order)).all()


def first_words(standing: AssessmentStanding) -> AssessmentWords:
    """The draft as it stands; else the last edition; else what the portal declares."""
    row = standing.open or standing.approved
    if row:
        return AssessmentWords(
            criteria=list(row.criteria), need=row.need, why=row.why, answers=dict(row.answers)
        )
    return AssessmentWords(
        criteria=[one.value for one in standing.criteria],
        need=NEEDED if standing.state == MISSING else "",
        why="",
        answers=first_answers(standing.entry),
    )


def write_assessment(
    uow: UnitOfWork,
    standing: AssessmentStanding,
    words: AssessmentWords,
    *,
    request_id: UUID,
    expected_version: int,
) -> ImpactAssessment:
    """Keep a draft; gaps are allowed. The same form twice is one.

    Raises AssessmentDecided, StaleProtectionRow.
    """
    same = select(ImpactAssessment).where(ImpactAssessment.request_id == request_id)
    if standing.open is None and (found := uow.session.scalar(same)):
        return found
    if standing.open is None:
        return _begin(uow, standing, words, request_id=request_id)
    row = assessment_of(uow, standing.open.id, to_change=True)
    if row.request_id == request_id or _says(row, words):
        return row
    if row.proposed_at:
        raise AssessmentDecided
    expect_version(row, expected_version, StaleProtectionRow)
    row.entry = standing.entry.frozen()
    row.criteria, row.need, row.why, row.answers = (
        words.criteria,
        words.need,
        words.why,
        words.answers,
    )
    uow.emit(AssessmentWritten(subject_id=row.id))
    return row


def propose_assessment(uow: UnitOfWork, row: ImpactAssessment, *, expected_version: int) -> None:
    """Send it to be approved. Raises NotYetWhole, StaleProtectionRow."""
    if row.proposed_at:
        return
    expect_version(row, expected_version, StaleProtectionRow)
    if missing := missing_answers(row.need, row.why, row.answers):
        raise NotYetWhole(missing=", ".join(missing))
    row.proposed_at, row.returned_why = uow.now, ""
    row.proposed_by_id, row.proposed_by = uow.principal.person_id, uow.principal.name
    uow.emit(AssessmentProposed(subject_id=row.id))


def approve_assessment(uow: UnitOfWork, row: ImpactAssessment, *, expected_version: int) -> None:
    """From now on it never changes. Raises AssessmentDecided, OwnAssessment, StaleProtectionRow."""
    if row.number:
        return
    if not row.proposed_at:
        raise AssessmentDecided
    if row.proposed_by_id and row.proposed_by_id == uow.principal.person_id:
        raise OwnAssessment
    expect_version(row, expected_version, StaleProtectionRow)
    last = select(func.max(ImpactAssessment.number)).where(
        ImpactAssessment.activity == row.activity
    )
    row.number, row.is_open = (uow.session.scalar(last) or 0) + 1, None
    row.approved_at, row.approved_by_id = uow.now, uow.principal.person_id
    row.approved_by = uow.principal.name
    uow.emit(AssessmentApproved(subject_id=row.id))


def return_assessment(
    uow: UnitOfWork, row: ImpactAssessment, why: str, *, expected_version: int
) -> None:
    """Back to the officer with a reason. Raises AssessmentDecided, StaleProtectionRow."""
    if row.returned_why == why and not row.proposed_at:
        return
    if row.number or not row.proposed_at:
        raise AssessmentDecided
    expect_version(row, expected_version, StaleProtectionRow)
    row.proposed_at, row.returned_why = None, why
    uow.emit(AssessmentReturned(subject_id=row.id))


def _begin(
    uow: UnitOfWork, standing: AssessmentStanding, words: AssessmentWords, *, request_id: UUID
) -> ImpactAssessment:
    row = ImpactAssessment(
        request_id=request_id,
        activity=standing.entry.key,
        is_open=True,
        entry=standing.entry.frozen(),
        criteria=words.criteria,
        need=words.need,
        why=words.why,
        answers=words.answers,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:  # another form in the same instant
        same = select(ImpactAssessment).where(ImpactAssessment.request_id == request_id)
        found = uow.session.scalar(same)
        if found is None:
            raise StaleProtectionRow from None
        return found
    uow.emit(AssessmentWritten(subject_id=row.id))
    return row


def _declared_criteria(uow: UnitOfWork) -> Mapping[str, tuple[RiskCriterion, ...]]:
    return {f"{part.slug}:{one.word}": one.criteria for part, one in declared(uow)}


def _standing(
    entry: RegisterEntry,
    criteria: tuple[RiskCriterion, ...] | None,
    row: ImpactAssessment | None,
    approved: ImpactAssessment | None,
) -> AssessmentStanding:
    """`criteria` is None of an activity outside the portal, of which nothing is declared."""
    state = _state(entry, criteria, row, approved)
    return AssessmentStanding(
        entry=entry, criteria=criteria or (), open=row, approved=approved, state=state
    )


def _state(
    entry: RegisterEntry,
    criteria: tuple[RiskCriterion, ...] | None,
    row: ImpactAssessment | None,
    approved: ImpactAssessment | None,
) -> str:
    if row:
        return WAITING if row.proposed_at else DRAFT
    if approved:
        if approved.entry != entry.frozen():
            return CHANGED
        return ASSESSED if approved.need == NEEDED else NOT_NEEDED
    if criteria is None:
        return UNDECIDED
    return MISSING if needs_assessment(criteria) else FREE


def _says(row: ImpactAssessment, words: AssessmentWords) -> bool:
    said = (list(row.criteria), row.need, row.why, dict(row.answers))
    return said == (words.criteria, words.need, words.why, words.answers)
