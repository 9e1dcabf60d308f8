"""Settings of proposals: how much support puts one before mayor or council; ready texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.settings.ready_texts import ready_texts_field


def _number(label: LazyString, default: int) -> Any:
    bounds = {"least": 0, "most": 5_000, "error": _("Въведете число от 0 до 5000")}
    return field(default=default, metadata={"label": label, **bounds})


@dataclass(frozen=True, kw_only=True)
class ProposalsSettings:
    """Supports by size of the settlement; 0 means that there is no such threshold."""

    small_mayor: int = _number(_("До 500 жители: подкрепи, за да реши кметът"), 20)
    small_council: int = _number(_("До 500 жители: подкрепи, за да го види съветът"), 50)
    middle_mayor: int = _number(_("До 2000 жители: подкрепи, за да реши кметът"), 50)
    middle_council: int = _number(_("До 2000 жители: подкрепи, за да го види съветът"), 120)
    large_mayor: int = _number(_("Над 2000 жители или цялата община: за да реши кметът"), 100)
    large_council: int = _number(_("Над 2000 жители или цялата община: за да го види съветът"), 250)
    council_days: int = _number(_("В колко дни съветът го разглежда"), 60)
    ready_answers: str = ready_texts_field()
