"""Looks at the sender of a report, for a purpose that the sender reads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.reports.events import ReporterLookedAt
from obshto.modules.reports.models import Report, ReportLook
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

PART = "reports"
KINDS = (DataKind.NAME, DataKind.CONTACT)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“; АПК, чл. 107"


def look_at_sender(uow: UnitOfWork, report: Report, purpose: str, *, request_id: UUID) -> None:
    """Open who told it, for a purpose that the person will read."""
    fact = ReporterLookedAt(subject_id=report.id, number=report.number, kind=report.kind)
    said = purposes.Purpose(
        word=purpose, kinds=KINDS, ground=GROUND, request_id=request_id, fact=fact
    )
    purposes.look(uow, _opened(report), said)


def sees_sender(uow: UnitOfWork, report: Report) -> bool:
    """Said a purpose in this sitting."""
    return purposes.is_looking(uow, PART, report.id)


def looks_at(report: Report) -> Select[RecordedLook]:
    """Who looked at the sender, the newest first."""
    former = _former().where(ReportLook.case_id == report.id)
    return purposes.looks_at_objects(PART, (report.id,), former)


def former_looks(person_id: UUID) -> Select[Any]:
    """Looks at the reports of an account that the job has not copied yet."""
    own = Report.person_id == person_id
    return _former().join(Report, Report.id == ReportLook.case_id).where(own)


def copy_looks(uow: UnitOfWork) -> None:
    """Job: looks of the module's own table go to where all looks are."""
    wanted = select(ReportLook, Report).join(Report, Report.id == ReportLook.case_id)
    wanted = wanted.where(purposes.not_copied(ReportLook)).limit(purposes.AT_ONCE)
    purposes.copy_former(
        uow,
        (
            purposes.FormerLook(
                id=look.id,
                opened=_opened(report),
                at=look.at,
                by_id=look.by_id,
                by_name=look.by_name,
                purpose=look.purpose,
                kinds=KINDS,
                ground=GROUND,
            )
            for look, report in uow.session.execute(wanted)
        ),
    )


def _former() -> Select[Any]:
    columns = purposes.former_columns
    return columns(ReportLook, PART, ReportLook.case_id, kinds=KINDS, ground=GROUND)


def _opened(report: Report) -> purposes.Opened:
    subject = Subject(
        person_id=report.person_id,
        email=report.email or "",
        phone=report.phone or "",
        name=report.applicant or "",
    )
    return purposes.Opened(part=PART, object_id=report.id, subject=subject)
