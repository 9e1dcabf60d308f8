"""Columns that a question has in every module."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from obshto.platform.db.base import new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class QuestionRow(Versioned):
    """A question: `person_id` is the account it was asked from, `email` is for the answer alone.

    `answer` is empty until there is one. The table has `request_id` unique.
    """

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    language: Mapped[str]
    answer: Mapped[str]

    @declared_attr
    def email(cls) -> Mapped[str]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.email"))  # type: ignore[attr-defined]
