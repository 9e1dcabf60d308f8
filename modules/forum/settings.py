"""Settings of the forum: quiet hours, posts of one person in an hour, term, ready texts."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

from obshto.platform.settings.ready_texts import ready_texts_field

_HOURS = {"least": 0, "most": 23, "error": _("Въведете час от 0 до 23")}


@dataclass(frozen=True, kw_only=True)
class ForumSettings:
    """At night nothing is shown that citizens write; equal hours mean no quiet."""

    quiet_from: int = field(
        default=22, metadata={"label": _("Тихи часове: от колко часа"), **_HOURS}
    )
    quiet_until: int = field(
        default=7, metadata={"label": _("Тихи часове: до колко часа"), **_HOURS}
    )
    most_an_hour: int = field(
        default=6,
        metadata={
            "label": _("Най-много мнения на един човек за един час"),
            "least": 1,
            "most": 100,
            "error": _("Въведете число от 1 до 100"),
        },
    )
    answer_days: int = field(
        default=7,
        metadata={
            "label": _("За колко дни обещаваме отговор на разговор (0: без обещание)"),
            "least": 0,
            "most": 60,
            "error": _("Въведете число от 0 до 60"),
        },
    )
    ready_answers: str = ready_texts_field()
