"""Tables of transit: lines, stops, service calendars, alerts; the region's copy of all networks."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.soft_delete import SoftDeleted


class BusLine(HoldsControlRow, SoftDeleted, TenantModel):
    """A bus line with its draft and the timetable that citizens see.

    `draft` and `shown` hold the timetable of each direction as `services.timetable` stores it;
    `shown` also the line's own words of that moment, and is empty before the first publication.
    `source` says where the hours come from and as of when.
    """

    __tablename__ = "transit_line"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "ix_transit_line_shown", "sort_key", postgresql_where=text("published_at IS NOT NULL")
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str]
    name: Mapped[str]
    sort_key: Mapped[str]
    carrier: Mapped[str]
    phone: Mapped[str]
    source: Mapped[str]
    valid_from: Mapped[dt.date | None]
    valid_until: Mapped[dt.date | None]
    draft: Mapped[dict[str, Any]]
    shown: Mapped[dict[str, Any]]
    written_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.deleted_at is None

    @property
    def title(self) -> str:
        """Number and name: „6 Селище – Калето“."""
        return f"{self.number} {self.name}".strip()

    @property
    def path(self) -> str:
        """Path at which citizens read it, below the host and the language."""
        return f"/transit/lines/{self.id}"


class TimetableEdition(TenantModel):
    """A timetable as it was published once; the draft can go back to it."""

    __tablename__ = "transit_edition"
    __table_args__ = (Index("ix_transit_edition_line", "line_id", text("published_at DESC")),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    line_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.transit_line.id"))
    content: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    published_by: Mapped[str]
    published_by_id: Mapped[UUID | None] = mapped_column(index=True)


class Stop(Versioned, TenantModel):
    """A bus stop. `settlement` is an EKATTE code of the region, empty outside of its villages.

    Without a point of its own it stands where its settlement does. `access`: yes, no, unknown.
    """

    __tablename__ = "transit_stop"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    name: Mapped[str]
    sort_key: Mapped[str]
    settlement: Mapped[str] = mapped_column(index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    access: Mapped[str]
    changed_at: Mapped[datetime]


class ServiceCalendar(Versioned, TenantModel):
    """Days on which trips run: „делник“, „учебни дни“, „пазарен ден“ (a service of GTFS).

    `weekdays` are digits, 0 is Monday. `holidays`: as on other days, not, or only then. `without`
    and `also` are spans of days in ISO form, „2026-12-24/2027-01-03“.
    """

    __tablename__ = "transit_calendar"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    name: Mapped[str]
    weekdays: Mapped[str]
    holidays: Mapped[str]
    without: Mapped[list[str]]
    also: Mapped[list[str]]
    changed_at: Mapped[datetime]


class ServiceAlert(Versioned, TenantModel):
    """A change or a cancellation of a line on some days (a service alert of GTFS)."""

    __tablename__ = "transit_alert"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_transit_alert_line", "line_id", "ends_on"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    line_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.transit_line.id"))
    is_cancelled: Mapped[bool]
    text: Mapped[str]
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    written_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)


class RegionalTimetable(SharedModel):
    """Published network of a municipality, written by its own job; `stamp` is its hash."""

    __tablename__ = "regional_timetable"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    stamp: Mapped[str]
    changed_at: Mapped[datetime]


MODELS = (BusLine, TimetableEdition, Stop, ServiceCalendar, ServiceAlert, RegionalTimetable)
