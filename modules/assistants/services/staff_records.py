"""Staffing: who visits people, from where, in which languages, when they are away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select

from obshto.modules.assistants.errors import (
    LeaveEndsFirst,
    StaleAssistant,
    VisitsDuringLeave,
)
from obshto.modules.assistants.events import AssistantWritten, LeaveWritten
from obshto.modules.assistants.models import Assistant, Leave
from obshto.modules.assistants.services.visit_plans import upcoming
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version, of_request
from obshto.platform.storage.services import forget_files, keep_picture
from obshto.platform.unit_of_work import UnitOfWork

NAME = "snimka"  # the name that somebody gave the file may say anything


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantEntry:
    """What is written down of an assistant."""

    person_id: UUID
    name: str
    settlement: str
    languages: tuple[str, ...]


def write_assistant(
    uow: UnitOfWork, entry: AssistantEntry, *, request_id: UUID, photo: BinaryIO | None = None
) -> Assistant:
    """A new assistant, or that of the account again: who left comes back.

    The same `request_id` again finds the first. Raises FileRefused.
    """
    if first := of_request(uow, Assistant, request_id):
        return first
    mine = select(Assistant).where(Assistant.person_id == entry.person_id)
    row = uow.session.scalar(mine.with_for_update())
    if row is None:
        row = Assistant(id=new_id(), person_id=entry.person_id, photo_id=None)
        uow.session.add(row)
    row.left_at, row.request_id = None, request_id
    _put(uow, row, entry, photo)
    return row


def change_assistant(
    uow: UnitOfWork,
    row: Assistant,
    entry: AssistantEntry,
    *,
    expected_version: int,
    photo: BinaryIO | None = None,
) -> None:
    """Raises StaleAssistant, FileRefused."""
    same = (row.name, row.settlement, tuple(row.languages))
    if photo is None and same == (entry.name, entry.settlement, entry.languages):
        return
    expect_version(row, expected_version, StaleAssistant)
    _put(uow, row, entry, photo)


def write_leave(
    uow: UnitOfWork, row: Assistant, first: date, last: date, *, request_id: UUID
) -> None:
    """Days away; the row is locked. The same `request_id` again does nothing.

    Raises LeaveEndsFirst, VisitsDuringLeave.
    """
    if uow.session.scalar(select(Leave.id).where(Leave.request_id == request_id)):
        return
    if last < first:
        raise LeaveEndsFirst
    if number := upcoming(uow, row, first, last):
        raise VisitsDuringLeave(num=number)
    leave = Leave(request_id=request_id, assistant_id=row.id, from_on=first, until_on=last)
    uow.session.add(leave)
    uow.emit(LeaveWritten(subject_id=row.id))


def _put(uow: UnitOfWork, row: Assistant, entry: AssistantEntry, photo: BinaryIO | None) -> None:
    row.name, row.settlement, row.languages = entry.name, entry.settlement, list(entry.languages)
    if photo is not None:
        former = row.photo_id
        row.photo_id = keep_picture(uow, photo, name=NAME).id
        forget_files(uow, [former] if former else [])
    uow.session.flush()
    uow.emit(AssistantWritten(subject_id=row.id))
