"""Tables of places, in every municipality: places, walks along them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.soft_delete import SoftDeleted

SHOWN = text("published_at IS NOT NULL AND deleted_at IS NULL")


class Told:
    """Name and text in Bulgarian, in other languages where somebody translated them."""

    name: Mapped[str]
    about: Mapped[str]
    translations: Mapped[dict[str, Any]]

    def told(self, language: str) -> tuple[str, str, str]:
        """Name, text and the language that they are in: the one asked for, else Bulgarian."""
        words = self.translations.get(language)
        if words:
            return words["name"], words["about"], language
        return self.name, self.about, "bg"


class Place(Told, HoldsControlRow, SoftDeleted, TenantModel):
    """Something with an address and hours.

    `translations` holds name and text by language; `settlement` the names by language of the town
    or village with the code `ekatte`, by value, as the region's table is another's. `hours` is as
    `platform.opening_hours` stores it, empty where nothing is known. `confirmed_on` is the day on
    which somebody last said that they are right, `reminded_on` when staff were last told of their
    age. `picture_id` is a file of the storage, `picture_alt` says what is to be seen on it;
    `gallery` holds further ones, each with its file (`id`), `alt` and the `request` it came by.
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
    sort_key: Mapped[str]
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
    picture_id: Mapped[UUID | None]
    picture_alt: Mapped[str] = mapped_column(default="", server_default="")
    gallery: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")
    written_at: Mapped[datetime]

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.deleted_at is None

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/places/{self.id}"

    def settlement_in(self, language: str) -> str:
        """The town or village as the language writes it; empty where there is none."""
        latin = self.settlement.get("en", "")
        return self.settlement.get(language) or (latin if language != "bg" else "")


class Walk(Told, SoftDeleted, TenantModel):
    """A walk along places, whose ids `stops` holds in order: one row, so one version of the order.

    A place that is hidden or deleted is passed over, and is back when it comes back.
    """

    __tablename__ = "places_walk"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_places_walk_shown", "sort_key", "id", postgresql_where=SHOWN),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    sort_key: Mapped[str]
    stops: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    written_at: Mapped[datetime]

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.deleted_at is None

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/places/walks/{self.id}"
