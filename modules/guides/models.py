"""Tables of guides and campaigns, one set in every municipality."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.editorial.models import Attached, Earlier, Written


class CitizenGuide(HoldsControlRow, Written, TenantModel):
    """A text in one language; each heading of it begins a step.

    `leads_to` is the page on which people do what it tells, `video` that of a video about it: paths
    below the host, or empty. A translation has its original's.
    """

    __tablename__ = "guides_guide"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_guides_guide_translation",
            "translation_of",
            "language",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index(
            "ix_guides_guide_title",
            "title",
            postgresql_where=text("deleted_at IS NULL AND translation_of IS NULL"),
        ),
    )
    translation_of: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.guides_guide.id"))
    leads_to: Mapped[str]
    video: Mapped[str]

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/guides/{self.translation_of or self.id}"


class GuideVersion(Earlier, TenantModel):
    """How a guide stood before somebody changed it."""

    __tablename__ = "guides_version"
    __table_args__ = (Index("ix_guides_version_guide", "guide_id", text("replaced_at DESC")),)
    text_id: Mapped[UUID] = mapped_column("guide_id", ForeignKey("tenant.guides_guide.id"))


class GuideAttachment(Attached, TenantModel):
    """A picture for inside a step, or a file below the guide."""

    __tablename__ = "guides_attachment"
    __table_args__ = (UniqueConstraint("request_id"),)
    text_id: Mapped[UUID] = mapped_column(
        "guide_id", ForeignKey("tenant.guides_guide.id"), index=True
    )

    @property
    def path(self) -> str:
        return f"/guides/files/{self.id}"


class GuideReading(TenantModel):
    """A guide was read to its end. A day and no hour, and an id without time: it leads to nobody.

    `settlement` is an EKATTE code, empty where the reader named none.
    """

    __tablename__ = "guides_reading"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_guides_reading_day", "read_on", "settlement"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    request_id: Mapped[UUID]
    guide_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.guides_guide.id"), index=True)
    read_on: Mapped[date]
    settlement: Mapped[str]
    was_useful: Mapped[bool]


class GuideCampaign(Versioned, TenantModel):
    """A goal: so many people of these places learn of something by a day.

    `settlements` are EKATTE codes; none means the whole municipality. Both days belong to it.
    """

    __tablename__ = "guides_campaign"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    title: Mapped[str]
    goal: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    settlements: Mapped[list[str]]
    changed_at: Mapped[datetime]


class GuideHandout(Versioned, TenantModel):
    """So many leaflets were given out on a day; `place` is the counter or centre, in staff's words.

    `settlement` is an EKATTE code, empty where it is not known.
    """

    __tablename__ = "guides_handout"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.guides_campaign.id"), index=True)
    given_on: Mapped[date]
    settlement: Mapped[str]
    place: Mapped[str]
    number: Mapped[int]


MODELS = (CitizenGuide, GuideVersion, GuideAttachment, GuideReading, GuideCampaign, GuideHandout)
