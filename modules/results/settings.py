"""Settings of results: hours of turnout, a reading of the law where its text is unclear."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _


def _hour(default: int, label: Any) -> Any:
    about = {"label": label, "least": 7, "most": 22, "error": _("Въведете час от 7 до 22")}
    return field(default=default, metadata=about)


@dataclass(frozen=True, kw_only=True)
class ResultsSettings:
    """The law fixes no hours of turnout; the municipal commission does."""

    first_hour: int = _hour(10, _("Първи час, към който секциите съобщават активност"))
    second_hour: int = _hour(13, _("Втори час за активността"))
    third_hour: int = _hour(16, _("Трети час за активността"))
    participants_by_ballots: bool = field(
        default=False,
        metadata={
            "label": _(
                "чл. 41, ал. 2: „участвали“ са намерените в кутиите бюлетини"
                " (иначе подписалите се в избирателните списъци)"
            )
        },
    )
