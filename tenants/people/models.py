"""People once for the region; their sessions; their roles in each municipality."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned


class Person(SharedModel):
    """Somebody whom the identity provider (`issuer`) knows by `subject`.

    The same subject at another provider is somebody else.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    issuer: Mapped[str]
    subject: Mapped[str]
    name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    language: Mapped[str]
    # Where they work, as the provider said last: to be shown to them, and no right to anything.
    works_in: Mapped[list[str]] = mapped_column(server_default="{}")


class LoginSession(SharedModel):
    """One session: of a person, in one municipality (or `ops`), on one device.

    Keyed by the hash of what the cookie holds, so that a copy of the table opens nothing.
    """

    __tablename__ = "session"
    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=new_id)  # for lists and forms
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    municipality: Mapped[str]
    is_member: Mapped[bool]  # of the municipality's organization, as the provider said
    assurance: Mapped[int]
    assured_at: Mapped[datetime]  # when that level was shown
    device: Mapped[str]
    idp_session: Mapped[str | None] = mapped_column(index=True)
    id_token: Mapped[str | None]  # by which the provider knows whom to sign out
    acting_under: Mapped[UUID | None]  # the mandate, of the municipality, that is acted under
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    idle_ends_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class FailedSignIn(SharedModel):
    """Somebody tried to sign in and was not let in.

    Keyed by the provider's own id of it, so that it is told once however often we ask.
    """

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index("ix_failed_sign_in_person_id", "person_id", "at"),)
    failure_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    why: Mapped[str]  # a trouble of the port
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id, ondelete="SET NULL"))


class RegionalAppointment(SharedModel):
    """A role that a person holds for the region, on the operations host."""

    __tablename__ = "regional_appointment"
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey(Person.id, ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str] = mapped_column(primary_key=True)
    given_at: Mapped[datetime]


class StepIn(SharedModel):
    """The region's specialist inside a municipality: with a reason, until a time."""

    __tablename__ = "step_in"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    municipality: Mapped[str]
    reason: Mapped[str]
    begun_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Appointment(TenantModel):
    """A role that a person holds in this municipality."""

    __tablename__ = "tenants_appointment"
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    given_at: Mapped[datetime]


class OwnRole(HoldsControlRow, Versioned, TenantModel):
    """A role that the municipality made for itself, of the parts' own words.

    It is held as the ready-made ones are: an appointment names it by its id.
    """

    __tablename__ = "tenants_role"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    name: Mapped[str]
    words: Mapped[list[str]]

    @property
    def value(self) -> str:
        """How an appointment names it."""
        return str(self.id)

    @property
    def label(self) -> str:
        """In Bulgarian, on pages of other languages, too."""
        return self.name


class Identity(TenantModel):
    """What the state has said of somebody who signed in with its own means, at their last sign-in.

    Kept by each municipality for itself, as the key that seals it. `number` is sealed for its row;
    None where the state knows them by another than a Bulgarian personal number.
    """

    __tablename__ = "tenants_identity"
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[bytes | None]
    level: Mapped[int]
    confirmed_at: Mapped[datetime]


class Colleague(Versioned, TenantModel):
    """Somebody who has, or had, roles here. Counts the changes of their rights."""

    __tablename__ = "tenants_colleague"
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    changed_at: Mapped[datetime]


class WeeklyReader(Versioned, TenantModel):
    """Somebody who gets the letter of the week, or stopped it for themselves.

    The row is the lock of their letter; `written_for` is the Monday of the last week that has one.
    """

    __tablename__ = "tenants_weekly_reader"
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    is_stopped: Mapped[bool] = mapped_column(server_default="false", default=False)
    written_for: Mapped[date | None]


class Invitation(Versioned, TenantModel):
    """Somebody asked to work here, with the roles that await their first sign-in.

    It ends when it is accepted, withdrawn or followed by another to the same address.
    """

    __tablename__ = "tenants_invitation"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_tenants_invitation_open",
            "email",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    email: Mapped[str]  # in lower case
    name: Mapped[str]
    roles: Mapped[list[str]]
    invited_at: Mapped[datetime]
    invited_by: Mapped[str]
    ended_at: Mapped[datetime | None]
