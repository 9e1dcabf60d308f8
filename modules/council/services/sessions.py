"""Sessions by the port of meetings; materials by point, attendance of councillors, terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import ARRAY, Date, Select, cast, column, func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.council.errors import (
    NoSuchPoint,
    NoSuchSession,
    NoSuchSessionMaterial,
    NotOpenFormat,
    StaleCouncil,
)
from obshto.modules.council.events import (
    AttendanceNoted,
    CouncilMaterialAdded,
    CouncilMaterialRemoved,
)
from obshto.modules.council.models import SessionAttendance, SessionMaterial
from obshto.modules.council.settings import CouncilSettings
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.legal.errors import NoRuleYet
from obshto.platform.legal.terms import Term, known_since, term
from obshto.platform.modularity.council_readings import OverdueReports
from obshto.platform.modularity.council_sessions import (
    CouncilSession,
    CouncilSessions,
    SessionPoint,
)
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.todo import day_in_sofia
from obshto.platform.settings.services import settings_of
from obshto.platform.storage.errors import NotTaken
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import file_of, files_of, forget_files, keep_document
from obshto.platform.thread.lines import ThreadLine, lines_at
from obshto.platform.unit_of_work import UnitOfWork

ACTS = "zmsma_acts"
LATE, IN_TIME = "late", "in-time"
LONGEST = 31  # days within which the term for acts ends, with the days off that move it


def meetings() -> CouncilSessions:
    """The part of meetings. Raises NoSuchSession where it is switched off."""
    port = port_here(CouncilSessions)
    if port is None:
        raise NoSuchSession
    return port


def overdue_reports(uow: UnitOfWork) -> tuple[str, int] | None:
    """Path and length of the list of overdue reports, where there is a part of reports."""
    port = port_here(OverdueReports)
    return (port.path, port.number(uow)) if port else None


def session_here(uow: UnitOfWork, session_id: UUID, *, is_public: bool) -> CouncilSession:
    """Raises NoSuchSession."""
    found = meetings().session_of(uow, session_id, is_public=is_public)
    if found is None:
        raise NoSuchSession
    return found


def point_of(uow: UnitOfWork, session_id: UUID, item_id: UUID) -> SessionPoint:
    """Raises NoSuchPoint."""
    points = meetings().points_of(uow, session_id)
    found = next((point for point in points if point.id == item_id), None)
    if found is None:
        raise NoSuchPoint
    return found


def threads_of(uow: UnitOfWork, points: Sequence[SessionPoint]) -> Mapping[UUID, ThreadLine]:
    """What led to each point and what follows, where there is more than the point. One query."""
    return lines_at(uow, {point.thread for point in points if point.thread})


def materials_due(uow: UnitOfWork, session: CouncilSession) -> date:
    """The last day for materials, by the council's own rules."""
    days = settings_of(uow, "council", CouncilSettings).material_days
    return day_of(session.starts_at) - timedelta(days=days)


def acts_due(session: CouncilSession) -> Term | None:
    """When acts are published at the latest, by law; None of a day before the text that we know."""
    return _acts_term(day_of(session.starts_at))


def acts_waiting(uow: UnitOfWork) -> dict[UUID, date]:
    """By when each session's acts are published that nobody has published, by law. One query.

    Those of a day before the text of the law that we know are left out.
    """
    days = {key: day_of(at) for key, at in uow.session.execute(meetings().unpublished(uow))}
    found = {key: _acts_due_on(day) for key, day in days.items()}
    return {key: due_on for key, due_on in found.items() if due_on}


def acts_queue(uow: UnitOfWork, name: str) -> Select[UUID]:
    """Ids of sessions whose acts wait, `late` by law or still in time."""
    waiting = meetings().unpublished(uow).subquery()
    held_on, rows = day_in_sofia(waiting.c.starts_at), select(waiting.c.id)
    in_time = held_on.in_(list(_acts_in_time(day_of(uow.now))))
    if name == LATE:
        return rows.where(held_on >= known_since(ACTS), ~in_time)
    return rows.where(in_time)


def acts_days(uow: UnitOfWork) -> Select[date]:
    """By when the acts are published that wait and are still in time: a day for each session."""
    told = _acts_in_time(day_of(uow.now))
    columns = column("held_on", Date), column("due_on", Date)
    days = func.unnest(*(cast([*of], ARRAY(Date)) for of in (told, told.values())))
    due = days.table_valued(*columns).render_derived()
    waiting = meetings().unpublished(uow).subquery()
    return select(due.c.due_on).join_from(
        waiting, due, due.c.held_on == day_in_sofia(waiting.c.starts_at)
    )


def add_material(
    uow: UnitOfWork,
    point: SessionPoint,
    stream: BinaryIO,
    *,
    name: str,
    title: str,
    request_id: UUID,
) -> SessionMaterial:
    """Attach a file; the same `request_id` does so once. Raises FileRefused, NotOpenFormat."""
    again = select(SessionMaterial).where(SessionMaterial.request_id == request_id)
    if known := uow.session.scalar(again):
        return known
    try:
        with uow.session.begin_nested():
            file = keep_document(uow, stream, name=name)
            row = SessionMaterial(
                request_id=request_id,
                session_id=point.session_id,
                item_id=point.id,
                title=title or file.name,
                file_id=file.id,
                added_at=uow.now,
            )
            uow.session.add(row)
            uow.session.flush()
    except NotTaken as other:  # a picture of a page is none of the kinds that people download
        raise NotOpenFormat from other
    except IntegrityError:  # a second click in the same instant
        return uow.session.scalars(again).one()
    uow.emit(CouncilMaterialAdded(subject_id=row.id))
    return row


def remove_material(uow: UnitOfWork, session_id: UUID, material_id: UUID) -> None:
    """Take a file away for good; again changes nothing."""
    row = uow.session.get(SessionMaterial, material_id, with_for_update=True)
    if row is None or row.session_id != session_id:
        return
    file_id = row.file_id
    uow.session.delete(row)
    uow.session.flush()
    forget_files(uow, [file_id])
    uow.emit(CouncilMaterialRemoved(subject_id=material_id))


def materials_of(
    uow: UnitOfWork, session_id: UUID
) -> Mapping[UUID, list[tuple[SessionMaterial, StoredFile]]]:
    """Files by point, as they were added. Two queries."""
    rows = select(SessionMaterial).where(SessionMaterial.session_id == session_id)
    found = uow.session.scalars(rows.order_by(SessionMaterial.id)).all()
    files = files_of(uow, [row.file_id for row in found])
    by_point: dict[UUID, list[tuple[SessionMaterial, StoredFile]]] = {}
    for row in found:
        by_point.setdefault(row.item_id, []).append((row, files[row.file_id]))
    return by_point


def number_of_materials(uow: UnitOfWork, session_id: UUID, *, item_id: UUID | None = None) -> int:
    """Of a session, or of one of its points. One query."""
    rows = select(func.count()).select_from(SessionMaterial).filter_by(session_id=session_id)
    if item_id:
        rows = rows.filter_by(item_id=item_id)
    return uow.session.scalar(rows) or 0


def public_material(uow: UnitOfWork, material_id: UUID) -> StoredFile:
    """The file of a session that everybody may read. Raises NoSuchSessionMaterial."""
    row = uow.session.get(SessionMaterial, material_id)
    if row is None or meetings().session_of(uow, row.session_id, is_public=True) is None:
        raise NoSuchSessionMaterial
    return file_of(uow, row.file_id)


def attendance_of(
    uow: UnitOfWork, session_id: UUID, *, to_change: bool = False
) -> SessionAttendance | None:
    """None where nobody noted it."""
    lock = to_change or None
    return uow.session.get(SessionAttendance, session_id, with_for_update=lock)


def note_attendance(
    uow: UnitOfWork, session_id: UUID, present: Sequence[UUID], *, expected_version: int
) -> None:
    """Who of the councillors is there; version 0 is that of nobody's note. Raises StaleCouncil."""
    told = sorted(str(one) for one in present)
    row = attendance_of(uow, session_id, to_change=True)
    if row is None:
        row = SessionAttendance(session_id=session_id, present=told)
        try:
            with uow.session.begin_nested():
                uow.session.add(row)
                uow.session.flush()
        except IntegrityError as first:  # another secretary in the same instant
            raise StaleCouncil from first
    elif row.present == told:
        return
    else:
        expect_version(row, expected_version, StaleCouncil)
    row.present = told
    uow.session.flush()
    uow.emit(AttendanceNoted(subject_id=session_id))


def _acts_term(held_on: date) -> Term | None:
    try:
        return term(ACTS, starts_on=held_on)
    except NoRuleYet:
        return None


@lru_cache(maxsize=2 * LONGEST)
def _acts_due_on(held_on: date) -> date | None:
    found = _acts_term(held_on)
    return found.due_on if found else None


def _acts_in_time(today: date) -> Mapping[date, date]:
    """Days of a session whose acts are not late yet, each with the last day of its term.

    The law counts without knowing of any session: so the database can choose them by their days.
    """
    days = [today - timedelta(days=ago) for ago in range(LONGEST)]
    found = {day: _acts_due_on(day) for day in days}
    return {day: due_on for day, due_on in found.items() if due_on and due_on >= today}
