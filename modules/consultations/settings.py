"""Settings of consultations: days for opinions where no law was read that gives a term."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

PORTAL_DAYS = 14


def _days(label: LazyString) -> Any:
    bounds = {"least": 7, "most": 120, "error": _("Въведете дни от 7 до 120")}
    return field(default=PORTAL_DAYS, metadata={"label": label, **bounds})


@dataclass(frozen=True, kw_only=True)
class ConsultationsSettings:
    """At least so many days, by the municipality's own rules; each kind that is its own."""

    budget: int = _days(_("Бюджет: дни за становища по Вашата наредба"))
    strategy: int = _days(_("Стратегия или програма: дни за становища"))
    plan: int = _days(_("Устройствен план: дни за становища"))
    investment: int = _days(_("Инвестиционно намерение: дни за становища"))
    other: int = _days(_("Друго: дни за становища"))
