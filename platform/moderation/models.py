"""Tables of moderation: what readers say breaks a rule, decisions to hide, their appeals."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class HideableRow(Versioned):
    """A row of a part that is hidden whole. At `checked_at` a moderator has read its words."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    hidden_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]


class ModerationDecision(Versioned, TenantModel):
    """Why a thing of a part is hidden. `rule` is a word of its part, or empty; `reason` is public.

    `is_provisional`: hidden on a report, before anybody of the staff has read it. `outcome` is
    empty until an appeal is decided or the moderator takes the decision back. `act_id` is the act
    about many things of which this is one: the `object_id` of the act's own decision.
    """

    __tablename__ = "moderation_decision"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("appeal_request_id"),
        Index(
            "uq_moderation_decision_in_force",
            "part",
            "object_id",
            unique=True,
            postgresql_where=text("outcome <> 'restored'"),
        ),
        Index("ix_moderation_decision_log", "at", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    part: Mapped[str]
    object_id: Mapped[UUID]
    rule: Mapped[str]
    reason: Mapped[str]
    is_provisional: Mapped[bool]
    act_id: Mapped[UUID | None] = mapped_column(index=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]
    appeal_request_id: Mapped[UUID | None]
    appeal: Mapped[str | None] = mapped_column(
        Encrypted("moderation_decision.appeal"), deferred=True
    )
    appealed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    review: Mapped[str] = mapped_column(default="")
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[UUID | None] = mapped_column(index=True)
    reviewed_by: Mapped[str] = mapped_column(default="")

    @property
    def is_open_to_appeal(self) -> bool:
        """The author may still object: once, to what somebody of the staff decided."""
        return not (self.is_provisional or self.appealed_at or self.outcome)


class ModerationFlag(TenantModel):
    """Somebody says that a thing of a part breaks a rule. Done once staff have decided."""

    __tablename__ = "moderation_flag"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_moderation_flag_thing", "part", "object_id", "done_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    part: Mapped[str]
    object_id: Mapped[UUID]
    rule: Mapped[str]
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]
