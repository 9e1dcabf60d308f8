"""People once for the region; their sessions; their roles in each municipality."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel, new_id


class Person(SharedModel):
    """Somebody whom the identity provider knows by `subject`."""

    __tablename__ = "person"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subject: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str | None]
    language: Mapped[str]


class SignedIn(SharedModel):
    """One session: of a person, in one municipality, on one device.

    Keyed by the hash of what the cookie holds, so that a copy of the table opens nothing.
    """

    __tablename__ = "session"
    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    municipality: Mapped[str]
    assurance: Mapped[int]
    idp_session: Mapped[str | None] = mapped_column(index=True)
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    idle_ends_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Appointment(TenantModel):
    """A role that a person holds in this municipality."""

    __tablename__ = "tenants_appointment"
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    given_at: Mapped[datetime]
