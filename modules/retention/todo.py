"""Terms of retention that staff should see coming."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.retention.permissions import RetentionPermission
from obshto.platform.modularity.todo import DueDays
from obshto.platform.privacy.models import LegalHold

DUE = (
    DueDays(
        label=_("Последен ден на забрана за изтриване"),
        permission=RetentionPermission.HOLD,
        endpoint="retention_console.hold_list",
        days=lambda uow: select(LegalHold.until).where(LegalHold.ended_at.is_(None)),
    ),
)
