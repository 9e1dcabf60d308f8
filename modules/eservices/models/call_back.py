"""Call back that somebody asked for who stopped at a question of a form."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.calls.models import CallRow
from obshto.platform.db.base import TenantModel
from obshto.platform.keys.encryption import Encrypted


class CallBack(CallRow, TenantModel):
    """One for each draft; it goes with the draft. `cause` is the form that asked for it last.

    `service` and `step` say where the person stopped, `time` is a word of TIMES. `shows_draft` says
    that who calls may read what is filled in.
    """

    __tablename__ = "eservices_call_back"
    __table_args__ = (
        UniqueConstraint("draft_id"),
        Index(
            "ix_eservices_call_back_owed",
            "until",
            "id",
            postgresql_where=text("state IN ('owed', 'again')"),
        ),
    )
    draft_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.eservices_draft.id", ondelete="CASCADE")
    )
    service: Mapped[str]
    step: Mapped[str]
    time: Mapped[str]
    shows_draft: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(
        Encrypted("eservices_call_back.name"),
        deferred=True,  # only for who opened the call
    )
    phone: Mapped[str] = mapped_column(Encrypted("eservices_call_back.phone"), deferred=True)
