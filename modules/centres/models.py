"""Tables of centres: centres and offices, visits of who just walked in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.soft_delete import SoftDeleted

SHOWN = text("published_at IS NOT NULL AND deleted_at IS NULL")


class Centre(HoldsControlRow, SoftDeleted, TenantModel):
    """A place where one is helped, or (kind `office`) somebody who receives people.

    `translations` holds name and text by language, `settlement` the names by language of the town
    or village with the code `ekatte`. `hours` is as `platform.opening_hours` stores it; of an
    office they are its office hours. `helper` says who helps and when, never a name.
    """

    __tablename__ = "centres_centre"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_centres_centre_shown", "kind", "sort_key", "id", postgresql_where=SHOWN),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    kind: Mapped[str]
    name: Mapped[str]
    sort_key: Mapped[str]
    about: Mapped[str]
    helper: Mapped[str]
    translations: Mapped[dict[str, Any]]
    ekatte: Mapped[str]
    settlement: Mapped[dict[str, str]]
    address: Mapped[str]
    phone: Mapped[str]
    features: Mapped[list[str]]
    equipment: Mapped[list[str]]
    hours: Mapped[dict[str, Any]]
    written_at: Mapped[datetime]

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.deleted_at is None

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/centres/{self.id}"

    def told(self, language: str) -> tuple[str, str, str]:
        """Name, text and the language that they are in: the one asked for, else Bulgarian."""
        words = self.translations.get(language)
        if words:
            return words["name"], words["about"], language
        return self.name, self.about, "bg"

    def settlement_in(self, language: str) -> str:
        """The town or village as the language writes it; empty where there is none."""
        latin = self.settlement.get("en", "")
        return self.settlement.get(language) or (latin if language != "bg" else "")


class Visit(Versioned, TenantModel):
    """A guest who walked in: a number of the day, a seat, until when. Nobody asks for the name.

    One seat holds one guest who has not left.
    """

    __tablename__ = "centres_visit"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("centre_id", "day", "number"),
        Index(
            "uq_centres_visit_seat",
            "resource_id",
            "seat",
            unique=True,
            postgresql_where=text("seated_at IS NOT NULL AND ended_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.centres_centre.id"))
    day: Mapped[date]
    number: Mapped[int]
    resource_id: Mapped[UUID | None]
    seat: Mapped[int | None]
    came_at: Mapped[datetime]
    seated_at: Mapped[datetime | None]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


MODELS = (Centre, Visit)
