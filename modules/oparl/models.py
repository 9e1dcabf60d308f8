"""Table of OParl: what was told last of each object, in every municipality."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel


class OparlObject(TenantModel):
    """An object as it was told last. `kind` is its type in the standard.

    `content` is the JSON without its moments, which are whole seconds; empty since it was deleted.
    `digest` tells whether it changed. `owner_id` is the meeting or recording that must be public.
    """

    __tablename__ = "oparl_object"
    __table_args__ = (Index("ix_oparl_object_modified", "kind", "modified_at"),)
    kind: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID | None]
    content: Mapped[dict[str, Any]]
    digest: Mapped[bytes]
    created_at: Mapped[datetime]
    modified_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


MODELS = (OparlObject,)
