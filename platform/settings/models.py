"""One row for each part that was ever set."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel
from obshto.platform.db.version import Versioned


class SettingsValue(Versioned, TenantModel):
    """The values that differ from the defaults when they were saved; checked on the way out."""

    __tablename__ = "settings_value"
    part: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]]
