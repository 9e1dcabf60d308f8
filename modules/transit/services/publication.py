"""Publish timetables, take them back, tell of changes and cancellations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from obshto.modules.transit.errors import (
    AlertEndsBeforeStart,
    ChangedBefore,
    LineChanged,
    TimetableRefused,
)
from obshto.modules.transit.events import (
    AlertPublished,
    AlertWithdrawn,
    LineDeleted,
    LineEdited,
    LineHidden,
    LinePublished,
    LineRestored,
)
from obshto.modules.transit.models import BusLine, ServiceAlert, TimetableEdition
from obshto.modules.transit.services import queries
from obshto.modules.transit.services.checks import Finding, findings_of
from obshto.modules.transit.services.edits import sign_line
from obshto.modules.transit.services.line_followers import PART
from obshto.modules.transit.services.network import BusStop
from obshto.modules.transit.services.timetable import BOTH, directions_of
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import create_once, expect_version
from obshto.platform.followers.services import forget_followers
from obshto.platform.soft_delete import RESTORABLE_FOR, turn
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_of_region

ALERTS_KEPT = timedelta(days=400)
WORDS = ("number", "name", "carrier", "phone", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDetails:
    """A change or a cancellation, as an editor writes it."""

    text: str
    starts_on: date
    ends_on: date
    is_cancelled: bool = False


def checks_of(uow: UnitOfWork, line: BusLine) -> list[Finding]:
    """Findings in the draft. Three queries."""
    names = settlements_of_region()
    stops = {
        str(stop.id): BusStop(
            str(stop.id),
            stop.name,
            stop.settlement,
            names.get(stop.settlement, {}),
            *queries.point_of(stop),
            stop.access,
            "",
        )
        for stop in uow.session.scalars(queries.stops_here())
    }
    calendars = {str(row.id): row.name for row in queries.calendars_here(uow)}
    return findings_of(directions_of(line.draft), stops, calendars)


def publish_line(uow: UnitOfWork, line: BusLine, *, expected_version: int) -> None:
    """Everybody sees the draft as it stands now. Raises LineChanged, TimetableRefused."""
    content = _content(line, day_of(uow.now))
    if line.is_published and has_same_words(line.shown, content):
        return
    expect_version(line, expected_version, LineChanged, who=line.changed_by)
    if any(finding.is_fatal for finding in checks_of(uow, line)):
        raise TimetableRefused
    line.shown, line.published_at = content, uow.now
    sign_line(uow, line)
    edition = TimetableEdition(
        line_id=line.id,
        content=content,
        published_at=uow.now,
        published_by=uow.principal.name,
        published_by_id=uow.principal.person_id,
    )
    uow.session.add(edition)
    uow.emit(LinePublished(subject_id=line.id, title=line.title))


def differs(line: BusLine) -> bool:
    """True where the draft is not what citizens see."""
    return not has_same_words(line.shown, _content(line, date.min))


def has_same_words(shown: dict[str, Any], content: dict[str, Any]) -> bool:
    """The same but for the day of publication."""
    return shown | {"published_on": ""} == content | {"published_on": ""}


def _content(line: BusLine, today: date) -> dict[str, Any]:
    days = (line.valid_from, line.valid_until)
    return {name: getattr(line, name) for name in WORDS} | {
        "valid_from": days[0].isoformat() if days[0] else None,
        "valid_until": days[1].isoformat() if days[1] else None,
        "published_on": today.isoformat(),
        "directions": {key: line.draft[key] for key in BOTH if key in line.draft},
    }


def hide_line(uow: UnitOfWork, line: BusLine, *, expected_version: int) -> None:
    """Back to the drafts. Raises LineChanged."""
    if _turn(uow, line, "published_at", None, expected_version):
        uow.emit(LineHidden(subject_id=line.id, title=line.title))


def delete_line(uow: UnitOfWork, line: BusLine, *, expected_version: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises LineChanged."""
    if _turn(uow, line, "deleted_at", uow.now, expected_version):
        uow.emit(LineDeleted(subject_id=line.id, title=line.title))


def restore_line(uow: UnitOfWork, line: BusLine, *, expected_version: int) -> None:
    """Undo a deletion. Raises LineChanged."""
    if _turn(uow, line, "deleted_at", None, expected_version):
        uow.emit(LineRestored(subject_id=line.id, title=line.title))


def _turn(
    uow: UnitOfWork, line: BusLine, mark: str, to: datetime | None, expected_version: int
) -> bool:
    refusal = LineChanged(who=line.changed_by)
    if not turn(uow, line, mark, to, expected_version=expected_version, refusal=refusal):
        return False
    sign_line(uow, line)
    return True


def revert_line(uow: UnitOfWork, line: BusLine, edition_id: UUID, *, expected_version: int) -> None:
    """The draft is again as an earlier edition was. Raises LineChanged."""
    edition = uow.session.get_one(TimetableEdition, edition_id)
    if edition.line_id != line.id or line.draft == edition.content["directions"]:
        return
    expect_version(line, expected_version, LineChanged, who=line.changed_by)
    line.draft = edition.content["directions"]
    sign_line(uow, line)
    uow.emit(LineEdited(subject_id=line.id, title=line.title))


def publish_alert(
    uow: UnitOfWork, line: BusLine, details: AlertDetails, *, request_id: UUID
) -> ServiceAlert:
    """Stands at once wherever the line does; who follows buses is told.

    The same `request_id` again answers the first one. Raises AlertEndsBeforeStart.
    """
    if details.ends_on < max(details.starts_on, day_of(uow.now)):
        raise AlertEndsBeforeStart
    alert = ServiceAlert(
        id=new_id(),
        request_id=request_id,
        line_id=line.id,
        is_cancelled=details.is_cancelled,
        text=details.text,
        starts_on=details.starts_on,
        ends_on=details.ends_on,
        written_at=uow.now,
        changed_by=uow.principal.name,
        changed_by_id=uow.principal.person_id,
    )
    if (first := create_once(uow, alert)) is not alert:
        return first
    uow.emit(AlertPublished(subject_id=alert.id, title=line.title))
    return alert


def withdraw_alert(
    uow: UnitOfWork, alert: ServiceAlert, line: BusLine, *, expected_version: int
) -> None:
    """The line runs as written again; who was told hears of it. Raises ChangedBefore."""
    if alert.withdrawn_at:
        return
    expect_version(alert, expected_version, ChangedBefore)
    alert.withdrawn_at = uow.now
    alert.changed_by, alert.changed_by_id = uow.principal.name, uow.principal.person_id
    uow.emit(AlertWithdrawn(subject_id=alert.id, title=line.title))


def forget_old(uow: UnitOfWork) -> None:
    """Job: lines deleted 30 days ago with all that hangs on them, alerts long over."""
    outlived = select(BusLine.id).where(BusLine.deleted_at < uow.now - RESTORABLE_FOR)
    gone = list(uow.session.scalars(outlived.with_for_update(skip_locked=True)))
    over = ServiceAlert.ends_on < day_of(uow.now) - ALERTS_KEPT
    uow.session.execute(delete(ServiceAlert).where(ServiceAlert.line_id.in_(gone) | over))
    uow.session.execute(delete(TimetableEdition).where(TimetableEdition.line_id.in_(gone)))
    forget_followers(uow, PART, gone)
    uow.session.execute(delete(BusLine).where(BusLine.id.in_(gone)))
