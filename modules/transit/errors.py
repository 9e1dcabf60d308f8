"""Refusals of transit."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchLine(NotFound):
    """Not here: another municipality's, removed, or not public."""

    sentence = _("Няма такава линия")


class NoSuchStop(NotFound):
    """Not here: another municipality's, or removed."""

    sentence = _("Няма такава спирка")


class NoSuchCalendar(NotFound):
    """Not here: another municipality's, or removed."""

    sentence = _("Няма такива дни")


class NoSuchAlert(NotFound):
    """Not here: another municipality's, or withdrawn."""

    sentence = _("Няма такова съобщение за линия")


class LineChanged(Conflict):
    """Somebody changed the line after the page was opened on which this was decided."""

    sentence = _(
        "%(who)s промени тази линия, след като отворихте страницата. Отворете я в нов прозорец,"
        " сравнете и запазете отново."
    )


class ChangedBefore(Conflict):
    """The same of a stop, of days, of an alert."""

    sentence = _(
        "Друг служител промени това, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class TimetableRefused(DomainError):
    """A timetable that would mislead people is not published."""

    sentence = _("Разписанието още не може да се публикува. Поправете грешките по-долу.")


class OutsideCountry(DomainError):
    """A point that is mistyped, or of a stop that is not ours to describe."""

    sentence = _("Тази точка е извън България. Проверете ширината и дължината.")


class StopInUse(Conflict):
    """A stop that a timetable names is not deleted."""

    sentence = _("Спирката стои в разписание. Първо я махнете оттам: %(lines)s")


class CalendarInUse(Conflict):
    """Days that a timetable names are not deleted."""

    sentence = _("По тези дни има курсове. Първо изберете други дни за тях: %(lines)s")


class AlertEndsBeforeStart(DomainError):
    sentence = _("Изберете последен ден, който не е преди първия и не е минал")
