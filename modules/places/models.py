"""The table of places, one in every municipality."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.soft_delete import SoftDeleted

SHOWN = text("published_at IS NOT NULL AND deleted_at IS NULL")


class Place(HoldsControlRow, SoftDeleted, TenantModel):
    """Something with an address and hours.

    `translations` holds name and text by language; `settlement` the names by language of the town
    or village with the code `ekatte`, by value, as the region's table is another's. `hours` is as
    `platform.opening_hours` stores it, empty where nothing is known. `confirmed_on` is the day on
    which somebody last said that they are right, `reminded_on` when staff were last told of their
    age.
    """

    __tablename__ = "places_place"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_places_place_shown", "sort_key", "id", postgresql_where=SHOWN),
        Index("ix_places_place_kind", "kind", "sort_key", postgresql_where=SHOWN),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    kind: Mapped[str]
    name: Mapped[str]
    sort_key: Mapped[str]
    about: Mapped[str]
    translations: Mapped[dict[str, Any]]
    ekatte: Mapped[str]
    settlement: Mapped[dict[str, str]]
    address: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    phone: Mapped[str]
    email: Mapped[str]
    website: Mapped[str]
    features: Mapped[list[str]]
    hours: Mapped[dict[str, Any]]
    confirmed_on: Mapped[date | None]
    reminded_on: Mapped[date | None]
    written_at: Mapped[datetime]

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.deleted_at is None

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/places/{self.id}"

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
