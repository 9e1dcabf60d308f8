"""Tables of centres: centres and offices, walk-in visits, inventory, rota, surveys of needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.soft_delete import SoftDeleted

SHOWN = text("published_at IS NOT NULL AND deleted_at IS NULL")
_CENTRE = "tenant.centres_centre.id"


class Centre(HoldsControlRow, SoftDeleted, TenantModel):
    """A place where one is helped, or (kind `office`) somebody who receives people.

    `translations` holds name and text by language, `settlement` the names by language of the town
    or village with the code `ekatte`, degrees are WGS 84. `hours` is as `platform.opening_hours`
    stores it; of an office they are its office hours. `helper` says who helps and when, never a
    name.
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
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
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

    @property
    def point(self) -> tuple[float, float] | None:
        """Where its door is, where that is known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

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
    centre_id: Mapped[UUID] = mapped_column(ForeignKey(_CENTRE))
    day: Mapped[date]
    number: Mapped[int]
    resource_id: Mapped[UUID | None]
    seat: Mapped[int | None]
    came_at: Mapped[datetime]
    seated_at: Mapped[datetime | None]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class InventoryItem(Versioned, TenantModel):
    """A thing of a centre, by the number on its label. Numbers are of the whole municipality.

    `state` is a word of `services.item_kinds`; `trouble` says what broke, `reason` why it was
    written off. `resource_id` is the bookable resource in which the thing is one seat; `seat_out`
    is how that seat is out of booking while the thing does not work: „capacity“ (one seat less),
    „retired“ (it was the only one), or empty.
    """

    __tablename__ = "centres_item"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("number"),
        Index("ix_centres_item_centre", "centre_id", "state", "number"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    number: Mapped[int]
    centre_id: Mapped[UUID] = mapped_column(ForeignKey(_CENTRE))
    kind: Mapped[str]
    name: Mapped[str]
    note: Mapped[str]
    resource_id: Mapped[UUID | None]
    seat_out: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    trouble: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    state_since: Mapped[date]
    written_at: Mapped[datetime]


class ItemRepair(TenantModel):
    """What was done to a thing, by whom, for how much; `cost_cents` is empty where nobody knows."""

    __tablename__ = "centres_repair"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_centres_repair_item", "item_id", "done_on", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    item_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.centres_item.id"))
    done_on: Mapped[date]
    trouble: Mapped[str]
    work: Mapped[str]
    by: Mapped[str]
    cost_cents: Mapped[int | None]


class RotaWorker(Versioned, TenantModel):
    """Somebody on the rota: of the staff (`person_id`), or a volunteer, who has no account.

    The row is the lock of their time: no two shifts of one worker overlap. The phone is a
    volunteer's; it lies encrypted and goes when they leave, the name 90 days later.
    """

    __tablename__ = "centres_worker"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("person_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    is_volunteer: Mapped[bool]
    person_id: Mapped[UUID | None]
    name: Mapped[str]
    phone: Mapped[str | None] = mapped_column(Encrypted("centres_worker.phone"), deferred=True)
    left_at: Mapped[datetime | None]


class RotaShift(Versioned, TenantModel):
    """Somebody on duty in a centre from one moment to another. Called off it stays, as history.

    `asked_at` says that they look for a substitute; `former_id` whose it was before somebody took
    it; `changed_by_id` who did the last of this, who needs no letter about it.
    """

    __tablename__ = "centres_shift"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_centres_shift_centre", "centre_id", "day", "starts_at"),
        Index("ix_centres_shift_worker", "worker_id", "starts_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    centre_id: Mapped[UUID] = mapped_column(ForeignKey(_CENTRE))
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.centres_worker.id"))
    former_id: Mapped[UUID | None]
    day: Mapped[date]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    changed_by_id: Mapped[UUID | None]
    worker: Mapped[RotaWorker] = relationship(lazy="raise")


class NeedsSurvey(TenantModel):
    """A survey of needs that was begun for a centre, by the id of its poll in another part."""

    __tablename__ = "centres_survey"
    __table_args__ = (UniqueConstraint("request_id"), Index("ix_centres_survey_of", "centre_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    centre_id: Mapped[UUID] = mapped_column(ForeignKey(_CENTRE))
    poll_id: Mapped[UUID]
    begun_at: Mapped[datetime]


MODELS = (Centre, Visit, InventoryItem, ItemRepair, RotaWorker, RotaShift, NeedsSurvey)
