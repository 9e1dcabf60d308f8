"""Looks at a report and at its sender, for a purpose that the sender reads.

What was told is read by who opens the report; who told it is opened for a purpose that is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select, select

from obshto.modules.reports.events import ReporterLookedAt
from obshto.modules.reports.models import Report, ReportLook
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes import senders
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.events import PersonLookedAt
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

PART = "reports"
READ, FIELD, HANDED = "read", "field", "handed"
PURPOSES: Mapping[str, LazyString] = {
    **senders.PURPOSES,
    READ: lazy_gettext("Чете сигнала, за да го реши, без да вижда кой го е подал"),
    HANDED: lazy_gettext("Предава сигнала на съседна община с Вашето съгласие"),
    FIELD: lazy_gettext("Вижда сигнала в списъка за деня, без да вижда кой го е подал"),
}
KINDS = (DataKind.NAME, DataKind.CONTACT)
TOLD = (DataKind.WORDS, DataKind.ADDRESS)
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“; АПК, чл. 107"


def look_at_sender(
    uow: UnitOfWork, report: Report, purpose: str, *, request_id: UUID, reason: str = ""
) -> None:
    """Open who told it, for a purpose that the person will read."""
    fact = ReporterLookedAt(subject_id=report.id, number=report.number, kind=report.kind)
    said = purposes.Purpose(
        word=purpose, kinds=KINDS, ground=GROUND, request_id=request_id, reason=reason, fact=fact
    )
    purposes.look(uow, _opened(report), said)


def look_at_told(uow: UnitOfWork, report: Report) -> None:
    """Record that somebody reads what was told and where; the sender stays closed."""
    photos = (*TOLD, DataKind.FILES)
    purposes.look(uow, _opened(report), purposes.Purpose(word=READ, kinds=photos, ground=GROUND))


def look_at_handed(uow: UnitOfWork, report: Report) -> None:
    """Record that somebody passes all of it to a neighbour municipality."""
    kinds = (*KINDS, *TOLD, DataKind.FILES)
    purposes.look(uow, _opened(report), purposes.Purpose(word=HANDED, kinds=kinds, ground=GROUND))


def look_at_day(uow: UnitOfWork, reports: Sequence[Report]) -> None:
    """Record that somebody reads the list of a day: one look at each of its reports."""
    if reports:
        fact = PersonLookedAt(subject_id=reports[0].id, part=PART)
        said = purposes.Purpose(word=FIELD, kinds=TOLD, ground=GROUND, fact=fact)
        purposes.look_at_each(uow, [_opened(report) for report in reports], said)


def restricted(uow: UnitOfWork, report: Report) -> DataRestricted | None:
    """Why staff may not act upon it: the sender's restriction, accepted after it was sent."""
    return restriction_refusal(uow, lambda: _opened(report).subject, since=report.sent_at)


def sees_sender(uow: UnitOfWork, report: Report) -> bool:
    """Said a purpose in this sitting."""
    return purposes.is_looking(uow, PART, report.id, kinds=KINDS)


def looks_at(report: Report) -> Select[RecordedLook]:
    """Who looked at the sender, the newest first."""
    former = _former().where(ReportLook.case_id == report.id)
    return purposes.looks_at_objects(PART, (report.id,), former, kinds=KINDS)


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
