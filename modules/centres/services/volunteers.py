"""Volunteers on the rota: a name, a phone that is opened for a purpose; they have no account."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import undefer

from obshto.modules.centres.errors import NoSuchWorker, StaleWorker
from obshto.modules.centres.events import VolunteerLeft, VolunteerWritten
from obshto.modules.centres.models import RotaShift, RotaWorker
from obshto.modules.centres.services.kinds import PART
from obshto.modules.centres.services.rota import VOLUNTEERS
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.modularity.processing_activities import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look, looking_at
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=90)  # a name, after they left
CALL = "volunteer-call"
PURPOSES: Mapping[str, LazyString] = {CALL: _("Обажда се на доброволец за дежурство")}
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „а“"


def volunteers() -> Select[RotaWorker]:
    """Who helps now, by name. Their phones stay encrypted."""
    return select(RotaWorker).where(*VOLUNTEERS).order_by(RotaWorker.name, RotaWorker.id)


def volunteer_of(uow: UnitOfWork, worker_id: UUID, *, to_change: bool = False) -> RotaWorker:
    """Raises NoSuchWorker."""
    wanted = select(RotaWorker).where(RotaWorker.id == worker_id, RotaWorker.is_volunteer)
    wanted = wanted.with_for_update() if to_change else wanted
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchWorker
    return found


def write_volunteer(uow: UnitOfWork, name: str, phone: str, *, request_id: UUID) -> RotaWorker:
    """Sent twice it is one."""
    by_request = select(RotaWorker).where(RotaWorker.request_id == request_id)
    if first := uow.session.scalar(by_request):
        return first
    row = RotaWorker(id=new_id(), request_id=request_id, is_volunteer=True, name=name)
    row.phone = phone or None
    uow.session.add(row)
    uow.session.flush()
    uow.emit(VolunteerWritten(subject_id=row.id))
    return row


def end_volunteer(uow: UnitOfWork, row: RotaWorker, *, expected_version: int) -> None:
    """The phone goes at once, shifts to come are called off. Raises StaleWorker."""
    if row.left_at is not None:
        return
    expect_version(row, expected_version, StaleWorker)
    row.left_at, row.phone = uow.now, None
    _call_off(uow, [row.id])
    uow.session.flush()
    uow.emit(VolunteerLeft(subject_id=row.id))


def open_phone(uow: UnitOfWork, row: RotaWorker) -> None:
    """Record that somebody opens it to call."""
    subject = Subject(person_id=None, email="", phone=_phones(uow, [row.id]).get(row.id, ""))
    opened = Opened(part=PART, object_id=row.id, subject=subject)
    look(uow, opened, Purpose(word=CALL, kinds=(DataKind.CONTACT,), ground=GROUND))


def phones_opened(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Those that this member of staff opened in this sitting. Two queries at most."""
    known = looking_at(uow, PART, ids)
    return _phones(uow, known) if known else {}


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The volunteers among these ids, as people know it."""
    rows = uow.session.scalars(select(RotaWorker.id).where(RotaWorker.id.in_(ids)))
    return {one: LookedAt(gettext("Телефон на доброволец"), "") for one in rows}


def forget_volunteers(uow: UnitOfWork) -> None:
    """Job: names of who left long ago go; their shifts stay as hours of a volunteer."""
    gone = RotaWorker.is_volunteer, RotaWorker.left_at < uow.now - KEPT
    uow.session.execute(update(RotaWorker).where(*gone, RotaWorker.name != "").values(name=""))


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Somebody of the staff: shifts to come are called off, those that were are nobody's."""
    by_them = update(RotaShift).where(RotaShift.changed_by_id == person_id)
    uow.session.execute(by_them.values(changed_by_id=None))
    mine = select(RotaWorker).where(RotaWorker.person_id == person_id).with_for_update()
    row = uow.session.scalar(mine)
    if row is None:
        return
    _call_off(uow, [row.id])
    has_served = select(RotaShift.id).where(RotaShift.worker_id == row.id).limit(1)
    if uow.session.scalar(has_served) is None:
        uow.session.execute(delete(RotaWorker).where(RotaWorker.id == row.id))
        return
    row.person_id, row.name, row.left_at = None, "", uow.now


def _call_off(uow: UnitOfWork, ids: Collection[UUID]) -> None:
    coming = update(RotaShift).where(RotaShift.worker_id.in_(ids), RotaShift.starts_at > uow.now)
    coming = coming.where(RotaShift.cancelled_at.is_(None))
    uow.session.execute(
        coming.values(cancelled_at=uow.now, asked_at=None, version=RotaShift.version + 1)
    )


def _phones(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, str]:
    rows = select(RotaWorker).where(RotaWorker.id.in_(ids)).options(undefer(RotaWorker.phone))
    found = uow.session.scalars(rows.execution_options(populate_existing=True))
    return {row.id: row.phone or "" for row in found}
