"""Tables of bookings: resources, slots, bookings, calls, addresses of calendars."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from obshto.platform.calls.models import CallRow
from obshto.platform.cases.entry import Entered
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class Resource(Versioned, TenantModel):
    """A thing or an hour of somebody that can be booked, `capacity` at once.

    `part` and `object_id` say whose it is; `kind` is a word of that part. `hours` is as
    `platform.opening_hours` stores it; empty means as the object's. What is `retired_at` takes no
    new bookings. `lead_minutes` before its beginning a time can no longer be booked, `ahead_days`
    from today is the last day.
    """

    __tablename__ = "bookings_resource"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_bookings_resource_object", "part", "object_id", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    part: Mapped[str]
    object_id: Mapped[UUID]
    kind: Mapped[str]
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int]
    slot_minutes: Mapped[int]
    most_slots: Mapped[int] = mapped_column(default=1)  # of one booking, one after the other
    lead_minutes: Mapped[int] = mapped_column(default=30)
    ahead_days: Mapped[int] = mapped_column(default=28)
    hours: Mapped[dict[str, Any]] = mapped_column(default=dict)
    retired_at: Mapped[datetime | None]


class Slot(TenantModel):
    """One time of a resource that somebody has booked or waits for; `taken` counts the seats.

    An offer holds its seat. The row is the lock of all that happens to this time.
    """

    __tablename__ = "bookings_slot"
    __table_args__ = (
        UniqueConstraint("resource_id", "starts_at"),
        Index("ix_bookings_slot_starts", "starts_at", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    resource_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.bookings_resource.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    resource: Mapped[Resource] = relationship(lazy="raise")

    @property
    def is_full(self) -> bool:
        return self.taken >= self.capacity


class Booking(Entered, Versioned, TenantModel):
    """One seat in one slot. Slots taken together share `group_id`, the id of the first of them.

    `name`, `email`, `phone`, `wish` and `equipment` lie encrypted; the indexes find them by the
    whole value. `equipment` holds words of the part with spaces between, None where none was asked
    for, so that a list can say that there is something to set out and decrypt nothing.
    `manner` is a word of the part („phone“: by telephone). `attended` is empty until staff say it.
    `agreement` is what staff and the booker agreed on, encrypted as well; `agreement_at` says that
    it is there and decrypts nothing.
    """

    __tablename__ = "bookings_booking"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        Index("ix_bookings_booking_slot", "slot_id", "state", "position"),
        Index("ix_bookings_booking_group", "group_id", "id"),
        Index("ix_bookings_booking_phone", "phone_index"),
        Index("ix_bookings_booking_email", "email_index"),
        Index(
            "ix_bookings_booking_offers",
            "offered_until",
            postgresql_where=text("state = 'offered'"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    slot_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.bookings_slot.id"))
    group_id: Mapped[UUID]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    code_index: Mapped[bytes | None]
    name: Mapped[str] = mapped_column(Encrypted("bookings_booking.name"))
    email: Mapped[str | None] = mapped_column(Encrypted("bookings_booking.email"))
    phone: Mapped[str | None] = mapped_column(Encrypted("bookings_booking.phone"))
    email_index: Mapped[bytes | None]
    phone_index: Mapped[bytes | None]
    wish: Mapped[str | None] = mapped_column(Encrypted("bookings_booking.wish"))
    equipment: Mapped[str | None] = mapped_column(Encrypted("bookings_booking.equipment"))
    manner: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    state: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    offered_until: Mapped[datetime | None]
    attended: Mapped[bool | None]
    made_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    agreement: Mapped[str | None] = mapped_column(Encrypted("bookings_booking.agreement"))
    agreement_at: Mapped[datetime | None]
    agreement_by_id: Mapped[UUID | None] = mapped_column(index=True)
    agreement_by: Mapped[str] = mapped_column(default="", server_default="")
    called_at: Mapped[datetime | None]  # unused: calls have rows of their own
    ended_at: Mapped[datetime | None]
    is_emptied: Mapped[bool] = mapped_column(default=False, server_default=false())
    slot: Mapped[Slot] = relationship(lazy="raise")

    @property
    def equipment_words(self) -> tuple[str, ...]:
        """What was asked to be there, as words of the part."""
        return tuple((self.equipment or "").split())


class BookingCall(CallRow, TenantModel):
    """A call to a booker."""

    __tablename__ = "bookings_call"
    __table_args__ = (
        UniqueConstraint("booking_id", "cause"),
        Index(
            "ix_bookings_call_owed",
            "until",
            "id",
            postgresql_where=text("state IN ('owed', 'again')"),
        ),
    )
    booking_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.bookings_booking.id"))
    booking: Mapped[Booking] = relationship(lazy="raise")


class CalendarAddress(TenantModel):
    """A secret address under which a person's bookings or the times of a resource are read.

    `turn` counts how often it was made: another one ends the one before.
    """

    __tablename__ = "bookings_calendar"
    __table_args__ = (
        UniqueConstraint("person_id"),
        UniqueConstraint("resource_id"),
        UniqueConstraint("token_hash"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID | None]
    resource_id: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.bookings_resource.id"))
    turn: Mapped[int]
    token_hash: Mapped[bytes]


MODELS = (Resource, Slot, Booking, BookingCall, CalendarAddress)
