"""Findings: who may judge one, its explanation, how it becomes an incident."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask_babel import LazyString, force_locale, lazy_gettext
from sqlalchemy import Select, select

from obshto.modules.dataprotection import events
from obshto.modules.dataprotection.errors import (
    FindingClosed,
    NoSuchFinding,
    StaleProtectionRow,
)
from obshto.modules.dataprotection.models import Incident, LookFinding
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services.finding_kinds import EXPLAINED, INCIDENT, KINDS
from obshto.modules.dataprotection.services.incidents import IncidentStart, open_incident
from obshto.platform.entity import expect_version
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import holders_of_permission, people_who_may

PART, JUDGES = "dataprotection", "judges"
GROUND = "Регламент (ЕС) 2016/679, чл. 32 и чл. 39, § 1, б. „б“"
PURPOSES: dict[str, LazyString] = {
    JUDGES: lazy_gettext("Проверява необичаен преглед на лични данни"),
}
WATCH, JUDGE = DataProtectionPermission.WATCH, DataProtectionPermission.JUDGE


def visible_findings(uow: UnitOfWork) -> Select[LookFinding]:
    """None about who asks; to who is not the officer those about an officer alone."""
    rows = select(LookFinding).where(LookFinding.by_id.is_distinct_from(uow.principal.person_id))
    if not uow.principal.may(WATCH):
        rows = rows.where(LookFinding.by_id.in_(holders_of_permission(WATCH)))
    return rows


def queue(uow: UnitOfWork, list_name: str, kind: str = "") -> Select[LookFinding]:
    """Those that wait, the oldest first, or those that were decided, the newest first."""
    rows = visible_findings(uow)
    rows = rows.where(LookFinding.kind == kind) if kind else rows
    if list_name == "done":
        return rows.where(LookFinding.outcome != "").order_by(
            LookFinding.decided_at.desc(), LookFinding.id
        )
    return rows.where(LookFinding.outcome == "").order_by(LookFinding.raised_at, LookFinding.id)


def finding_of(uow: UnitOfWork, finding_id: UUID, *, to_change: bool = False) -> LookFinding:
    """One of them; `to_change` makes others wait. Raises NoSuchFinding."""
    row = visible_findings(uow).where(LookFinding.id == finding_id)
    if to_change:
        row = row.with_for_update().execution_options(populate_existing=True)
    found = uow.session.scalar(row)
    if found is None:
        raise NoSuchFinding
    return found


def judges_of(uow: UnitOfWork, row: LookFinding) -> Collection[UUID]:
    """Who is told of it: the officers; of an officer's own look who judges in their place."""
    officers = set(people_who_may(uow, WATCH))
    others = officers - {row.by_id}
    if row.by_id in officers:
        others |= set(people_who_may(uow, JUDGE)) - {row.by_id}
    return others


def look_at_finding(uow: UnitOfWork, row: LookFinding) -> None:
    """Record that somebody reads what is written of a member of staff."""
    opened = Opened(part=PART, object_id=row.id, subject=Subject(person_id=row.by_id))
    look(uow, opened, Purpose(word=JUDGES, kinds=(DataKind.ACTS, DataKind.WORDS), ground=GROUND))


def look_behind(uow: UnitOfWork, row: LookFinding) -> RecordedLook | None:
    """The first look of the finding; None once its years are over."""
    return uow.session.get(RecordedLook, row.look_id)


def incident_behind(uow: UnitOfWork, row: LookFinding) -> UUID | None:
    """The incident that it became."""
    return uow.session.scalar(select(Incident.id).where(Incident.finding_id == row.id))


def explain_finding(
    uow: UnitOfWork, row: LookFinding, words: str, *, expected_version: int
) -> None:
    """It is explained and ends. Raises FindingClosed, StaleProtectionRow."""
    if row.outcome == EXPLAINED and row.explanation == words:
        return
    if row.outcome:
        raise FindingClosed
    expect_version(row, expected_version, StaleProtectionRow)
    row.explanation = words
    _decide(uow, row, EXPLAINED)


def make_incident(
    uow: UnitOfWork, row: LookFinding, *, request_id: UUID, expected_version: int
) -> Incident:
    """One press: an incident whose 72 hours run from the signal. The row must be locked.

    Raises FindingClosed, StaleProtectionRow.
    """
    with force_locale(SOURCE):
        title = str(KINDS[row.kind].title)
    start = IncidentStart(
        title=title, detected_at=row.raised_at, finding_id=row.id, about_id=row.by_id
    )
    if row.outcome == INCIDENT:
        return open_incident(uow, start, request_id=request_id)
    if row.outcome:
        raise FindingClosed
    expect_version(row, expected_version, StaleProtectionRow)
    _decide(uow, row, INCIDENT)
    return open_incident(uow, start, request_id=request_id)


def _decide(uow: UnitOfWork, row: LookFinding, outcome: str) -> None:
    row.outcome, row.decided_at = outcome, uow.now
    row.decided_by_id, row.decided_by = uow.principal.person_id, uow.principal.name
    uow.emit(events.FindingDecided(subject_id=row.id))
