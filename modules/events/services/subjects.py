"""Labels of subjects and repetition."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.calendar.recurrence import Frequency

TOPIC = "events:event"  # the word by which people follow events


class Subject(StrEnum):
    """Subject of an event; calendar programs subscribe to one."""

    CULTURE = "culture"
    HOLIDAY = "holiday"
    FAIR = "fair"
    SPORT = "sport"
    CHILDREN = "children"
    LEARNING = "learning"
    PUBLIC = "public"
    OTHER = "other"


SUBJECTS: dict[str, LazyString] = {
    Subject.CULTURE: _("Култура и концерти"),
    Subject.HOLIDAY: _("Празници и събори"),
    Subject.FAIR: _("Пазари и панаири"),
    Subject.SPORT: _("Спорт"),
    Subject.CHILDREN: _("За деца"),
    Subject.LEARNING: _("Курсове и срещи"),
    Subject.PUBLIC: _("Обществени обсъждания"),
    Subject.OTHER: _("Друго"),
}


REPEATS: dict[str, LazyString] = {
    "": _("Не се повтаря"),
    Frequency.WEEKLY: _("Всяка седмица"),
    Frequency.FORTNIGHTLY: _("През седмица"),
    Frequency.MONTHLY: _("Всеки месец на същото число"),
    Frequency.MONTHLY_WEEKDAY: _("Всеки месец в същия ден от седмицата"),
    Frequency.YEARLY: _("Всяка година"),
}
