"""The municipality's own photograph at the top of its home page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.storage.pictures import Focus, Shape

# What is seen of it: a band on a wide screen, more of its height on a phone.
SHAPES = (Shape(20, 7, (960, 1600)), Shape(6, 5, (480, 960)))


class HomePhoto(Versioned, TenantModel):
    """A photograph with what is to be seen on it. One is shown; the one before can come back.

    Its crops are the copies of its file. `is_ready` says that they were cut around this focus.
    """

    __tablename__ = "tenants_photo"
    __table_args__ = (
        Index("uq_tenants_photo_shown", "is_shown", unique=True, postgresql_where=text("is_shown")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    file_id: Mapped[UUID]  # of platform/storage, in one size
    alt_text: Mapped[str]
    words: Mapped[dict[str, str]]  # the same by language, where it is said
    focus_x: Mapped[int]  # per cent from the left
    focus_y: Mapped[int]  # per cent from the top
    is_shown: Mapped[bool]
    is_ready: Mapped[bool]
    chosen_at: Mapped[datetime]

    @property
    def focus(self) -> Focus:
        return self.focus_x, self.focus_y

    def told(self, language: str) -> tuple[str, str]:
        """What is to be seen, with the language in which that is said."""
        words = self.words.get(language, "")
        return (words, language) if words else (self.alt_text, "bg")
