"""Decisions so far: shown while the meeting goes on, until its minutes are published."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from obshto.modules.meetings.errors import NothingDecided, StaleMinutes
from obshto.modules.meetings.events import DecisionAnnounced, LiveDecisionTakenBack
from obshto.modules.meetings.models import MinuteEntry
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork


def announce_decision(uow: UnitOfWork, entry: MinuteEntry, *, expected_version: int) -> None:
    """Everybody reads it from now on. Twice is once. Raises NothingDecided, StaleMinutes."""
    if entry.announced_at:
        return
    if not entry.decision:
        raise NothingDecided
    expect_version(entry, expected_version, StaleMinutes, who=entry.changed_by)
    entry.announced_at = uow.now
    uow.emit(DecisionAnnounced(subject_id=entry.id, meeting_id=entry.meeting_id))


def take_decision_back(uow: UnitOfWork, entry: MinuteEntry, *, expected_version: int) -> None:
    """It was shown too early: nobody reads it before the minutes. Raises StaleMinutes."""
    if entry.announced_at is None:
        return
    expect_version(entry, expected_version, StaleMinutes, who=entry.changed_by)
    entry.announced_at = None
    uow.emit(LiveDecisionTakenBack(subject_id=entry.id, meeting_id=entry.meeting_id))


def decisions_so_far(uow: UnitOfWork, meeting_id: UUID) -> Sequence[MinuteEntry]:
    """Those that were announced, the latest first. One query."""
    rows = select(MinuteEntry).where(
        MinuteEntry.meeting_id == meeting_id,
        MinuteEntry.announced_at.is_not(None),
        MinuteEntry.decision != "",
    )
    return uow.session.scalars(rows.order_by(MinuteEntry.announced_at.desc())).all()
