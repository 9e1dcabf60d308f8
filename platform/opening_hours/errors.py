"""Refusals of what is typed as opening hours."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError


class HoursUnclear(DomainError):
    """A line of opening hours that cannot be read."""

    sentence = _("„%(piece)s“ не е ясно. Напишете часовете така: 08:00-12:00, 13:00-17:00")


class HoursOverlap(DomainError):
    """Two spans of one day lie over each other."""

    sentence = _("Часовете в „%(piece)s“ се застъпват. Проверете кога започва почивката.")


class ChangeUnclear(DomainError):
    """A line of the exceptions that cannot be read."""

    sentence = _(
        "Ред %(line)s не е ясен: „%(piece)s“. Напишете го така: 24.12-26.12: затворено или"
        " 1.6-31.8: 8:00-20:00"
    )


class TooManyChanges(DomainError):
    sentence = _("Оставете до %(limit)s реда с изключения")
