"""Settings of meetings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


def _days(label: LazyString, default: int) -> Any:
    bounds = {"least": 1, "most": 60, "error": _("Въведете число от 1 до 60")}
    return field(default=default, metadata={"label": label, **bounds})


@dataclass(frozen=True, kw_only=True)
class MeetingsSettings:
    """How early a meeting is announced where the law names no term: by the own rules here."""

    notice_days: int = _days(_("Колко дни по-рано се обявява обсъждане, форум, изслушване"), 14)
    council_days: int = _days(_("Колко дни по-рано се обявява заседание на съвета или комисия"), 5)
