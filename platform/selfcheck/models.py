"""The last report on the site of a municipality."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel
from obshto.platform.db.version import Versioned


class SelfcheckReport(Versioned, TenantModel):
    """One row: `outcomes` are by the words of the criteria, as `services.report` reads them.

    `known` are the keys of all that was to mend at the last look, told or not worth telling again;
    `fresh` is what that look found new: `[word, title]` of each.
    """

    __tablename__ = "selfcheck_report"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    score: Mapped[int]  # 0 to 100
    outcomes: Mapped[dict[str, Any]]
    looked_at: Mapped[datetime]
    known: Mapped[list[str]] = mapped_column(JSONB, server_default="[]")
    fresh: Mapped[list[list[str]]] = mapped_column(JSONB, server_default="[]")
