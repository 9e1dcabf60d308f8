"""Rows that people change by forms: each change counts, so that a form knows what it saw."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped, declared_attr, mapped_column


class Versioned:
    """A model with a `version` that rises with each change which the session flushes.

    A form carries the version it was drawn from („seen“); the service refuses when the row has
    moved on. https://docs.sqlalchemy.org/orm/versioning.html
    """

    version: Mapped[int] = mapped_column(server_default="1")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  a class, says SQLAlchemy
        return {"version_id_col": cls.version}
