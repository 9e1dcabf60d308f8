"""The last report on the site of a municipality."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel
from obshto.platform.db.version import Versioned


class SelfcheckReport(Versioned, TenantModel):
    """One row: `outcomes` are by the words of the criteria, as `services.report` reads them."""

    __tablename__ = "selfcheck_report"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    score: Mapped[int]  # 0 to 100
    outcomes: Mapped[dict[str, Any]]
    looked_at: Mapped[datetime]
