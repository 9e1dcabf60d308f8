"""Placing, prolonging and ending a legal hold; what waited for its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.modularity.registry import current_registry
from obshto.platform.privacy.errors import (
    HoldHasEnded,
    NobodyBehindCase,
    NoSuchCaseToHold,
    NoSuchHold,
    StaleHold,
)
from obshto.platform.privacy.events import LegalHoldEnded, LegalHoldPlaced
from obshto.platform.privacy.legal_holds import Reach, case_model, holds_in_force
from obshto.platform.privacy.models import LegalHold, PendingErasure
from obshto.platform.privacy.services import erase_person
from obshto.platform.unit_of_work import UnitOfWork

RESUME = "privacy:resume-erasures"
AT_ONCE = 50
_number = re.compile(r"\s*(\d{4})\s*[-–/]\s*(\d{1,7})\s*", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldWords:
    """A hold as it is typed. `number` is a case's; empty for a whole kind."""

    reach: Reach
    part: str
    word: str
    number: str
    reason: str
    ground: str
    until: date


def hold_of(uow: UnitOfWork, hold_id: UUID, *, to_change: bool = False) -> LegalHold:
    """One of them, locked where it is to be changed. Raises NoSuchHold."""
    row = select(LegalHold).where(LegalHold.id == hold_id)
    row = row.with_for_update() if to_change else row
    found = uow.session.scalar(row.execution_options(populate_existing=True))
    if found is None:
        raise NoSuchHold
    return found


def place_hold(uow: UnitOfWork, words: HoldWords, *, request_id: UUID) -> LegalHold:
    """The same form twice is one hold. Raises NoSuchCaseToHold, NobodyBehindCase."""
    same = select(LegalHold).where(LegalHold.request_id == request_id)
    if found := uow.session.scalar(same):
        return found
    case_id, number, person_id = _target(uow, words)
    row = LegalHold(
        request_id=request_id,
        reach=words.reach,
        part=words.part,
        word=words.word,
        object_id=case_id,
        number=number,
        person_id=person_id,
        reason=words.reason,
        ground=words.ground,
        until=words.until,
        placed_at=uow.now,
        placed_by_id=uow.principal.person_id,
        placed_by=uow.principal.name,
    )
    if (first := create_once(uow, row)) is not row:
        return first
    uow.emit(LegalHoldPlaced(subject_id=row.id))
    return row


def prolong_hold(
    uow: UnitOfWork, row: LegalHold, *, until: date, reason: str, expected_version: int
) -> None:
    """A new last day, and why. Raises StaleHold, HoldHasEnded."""
    if row.until == until and row.reason == reason:
        return
    _expect(uow, row, expected_version)
    row.until, row.reason = until, reason
    uow.emit(LegalHoldPlaced(subject_id=row.id))


def end_hold(uow: UnitOfWork, row: LegalHold, *, why: str, expected_version: int) -> None:
    """From now on retention takes what is over; who waits is erased. Raises StaleHold."""
    if row.ended_at:
        return
    _expect(uow, row, expected_version)
    row.ended_at, row.ended_why = uow.now, why
    row.ended_by_id, row.ended_by = uow.principal.person_id, uow.principal.name
    uow.emit(LegalHoldEnded(subject_id=row.id))
    uow.defer(RESUME, once=RESUME)


def end_due_holds(uow: UnitOfWork) -> None:
    """Job: a hold ends by itself after its last day, and what waited for it is done."""
    over = select(LegalHold).where(LegalHold.ended_at.is_(None), LegalHold.until < day_of(uow.now))
    over = over.order_by(LegalHold.id).with_for_update(skip_locked=True)
    for row in uow.session.scalars(over).all():
        row.ended_at = uow.now
        uow.emit(LegalHoldEnded(subject_id=row.id))
        uow.defer(RESUME, once=RESUME)


def resume_erasures(uow: UnitOfWork) -> None:
    """Job: whoever asked to be erased is erased of what is not held any more."""
    waiting = select(PendingErasure).order_by(PendingErasure.asked_at).limit(AT_ONCE)
    is_free = not holds_in_force(uow)
    for row in uow.session.scalars(waiting.with_for_update(skip_locked=True)).all():
        erase_person(uow, row.person_id)
        if is_free:
            ended = update(LegalHold).where(LegalHold.person_id == row.person_id)
            uow.session.execute(ended.values(person_id=None))
            uow.session.delete(row)
    uow.session.flush()


def _expect(uow: UnitOfWork, row: LegalHold, version: int) -> None:
    expect_version(row, version, StaleHold)
    if row.ended_at or row.until < day_of(uow.now):
        raise HoldHasEnded


def _target(uow: UnitOfWork, words: HoldWords) -> tuple[UUID | None, str, UUID | None]:
    """Case, its number, the person behind it; all empty for a whole kind."""
    if words.reach == Reach.KIND:
        return None, "", None
    part = current_registry().parts.get(words.part)
    model, typed = case_model(part) if part else None, _number(words.number)
    if model is None or typed is None:
        raise NoSuchCaseToHold
    year, sequence = int(typed[1]), int(typed[2])
    case = uow.session.scalar(select(model).where(model.year == year, model.sequence == sequence))
    if case is None:
        raise NoSuchCaseToHold
    if words.reach == Reach.CASE:
        return case.id, case.number, None
    if case.person_id is None:
        raise NobodyBehindCase
    return case.id, case.number, case.person_id
