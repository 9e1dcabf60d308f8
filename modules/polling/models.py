"""Tables of polling: sections, their addresses, commissions, materials."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted

SECTION = "tenant.polling_section.id"


class PollingSection(Versioned, TenantModel):
    """A section with its room; the same for each vote until it is closed (чл. 7, ал. 4).

    `settlement` is an EKATTE code, empty where the municipality has none. `voters` is what the
    voter list says, 0 while nobody wrote it.
    """

    __tablename__ = "polling_section"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_polling_section_open",
            "number",
            unique=True,
            postgresql_where=text("NOT is_closed"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    number: Mapped[int]
    place: Mapped[str]
    address: Mapped[str]
    settlement: Mapped[str]
    is_accessible: Mapped[bool]
    entrance: Mapped[str]
    voters: Mapped[int]
    is_closed: Mapped[bool] = mapped_column(default=False, server_default=false())


class SectionAddress(TenantModel):
    """Addresses that vote in a section: a whole settlement (no street), or numbers of a street.

    `side` is all, odd or even; `street_key` is the street as it is compared; numbers both allowed.
    """

    __tablename__ = "polling_address"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_polling_address_street", "settlement", "street_key"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    section_id: Mapped[UUID] = mapped_column(ForeignKey(SECTION), index=True)
    settlement: Mapped[str]
    street: Mapped[str]
    street_key: Mapped[str]
    side: Mapped[str]
    first: Mapped[int]
    last: Mapped[int]


class CommissionMember(Versioned, TenantModel):
    """A member of a section's commission for one vote; name and phone lie sealed.

    `vote_id` is another part's; `vote_on` says when the names go, whatever becomes of that part.
    `trained_on` may be ahead; `course` is what one is trained by, a title.
    """

    __tablename__ = "polling_member"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_polling_member_vote", "vote_id", "section_id"),
        Index(
            "uq_polling_member_office",
            "vote_id",
            "section_id",
            "office",
            unique=True,
            postgresql_where=text("office <> 'member'"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    vote_id: Mapped[UUID]
    vote_on: Mapped[date] = mapped_column(index=True)
    section_id: Mapped[UUID] = mapped_column(ForeignKey(SECTION), index=True)
    office: Mapped[str]
    name: Mapped[str] = mapped_column(Encrypted("polling_member.name"))
    phone: Mapped[str | None] = mapped_column(Encrypted("polling_member.phone"))
    trained_on: Mapped[date | None]
    course: Mapped[str] = mapped_column(default="", server_default="")
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[UUID | None] = mapped_column(index=True)


class SectionMaterials(Versioned, TenantModel):
    """What is packed for a section and one vote; seals by their first and last number."""

    __tablename__ = "polling_materials"
    __table_args__ = (UniqueConstraint("vote_id", "section_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    vote_id: Mapped[UUID]
    section_id: Mapped[UUID] = mapped_column(ForeignKey(SECTION), index=True)
    ballots: Mapped[int]
    envelopes: Mapped[int]
    protocols: Mapped[int]
    lists: Mapped[int]
    boxes: Mapped[int]
    booths: Mapped[int]
    first_seal: Mapped[int | None]
    last_seal: Mapped[int | None]
    packed_on: Mapped[date | None]


MODELS = (PollingSection, SectionAddress, CommissionMember, SectionMaterials)
