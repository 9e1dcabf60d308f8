"""Refusals of courses."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchCourse(NotFound):
    """Not here: another municipality's, a draft, or never written."""

    sentence = _("Няма такъв курс")


class NoSuchGroup(NotFound):
    """Not here, or another teacher's."""

    sentence = _("Няма такава група")


class NoSuchLesson(NotFound):
    sentence = _("Няма такова занятие")


class NoSuchTeacher(DomainError):
    """No longer among those who may teach."""

    sentence = _("Този човек вече не преподава. Изберете друг.")


class NoSuchMaterial(NotFound):
    sentence = _("Няма такъв материал")


class StaleCourse(Conflict):
    sentence = _(
        "Друг служител промени този курс, след като отворихте страницата. Вижте как е сега и"
        " решете отново."
    )


class StaleGroup(Conflict):
    sentence = _(
        "Друг служител промени тази група, след като отворихте страницата. Вижте как е сега и"
        " решете отново."
    )


class GroupClosed(Conflict):
    sentence = _("Записването за тази група приключи. Изберете друга или се обадете.")


class EnrolledAlready(Conflict):
    sentence = _("Човек с това име и този телефон или имейл вече е записан в групата")


class SeriesOver(DomainError):
    sentence = _("Първото занятие трябва да е в бъдещето, а всички да са до две години")


class WrongDoorCode(DomainError):
    sentence = _("Този код не е за занятие, което тече сега. Попитайте преподавателя.")


class NotEnrolled(Conflict):
    """In line, cancelled, lapsed."""

    sentence = _("Това е само за записани в групата")


class TestClosed(Conflict):
    sentence = _("Тестът се попълва преди първото занятие и след последното")


class CertificateNotYet(Conflict):
    sentence = _("Удостоверение се издава след края на курса")


class AttendedTooFew(Conflict):
    sentence = _("За удостоверение трябват поне %(needed)s занятия, отбелязани са %(came)s")


class NoSuchExemption(NotFound):
    sentence = _("Няма такова намаление")


class StaleExemption(Conflict):
    sentence = _(
        "Друг служител промени това намаление, след като отворихте страницата. Вижте как е сега и"
        " решете отново."
    )


class StaleFee(Conflict):
    sentence = _(
        "Таксата се промени, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class PriceUnpayable(Conflict):
    """The kind of income is used no more, or nobody takes payments here."""

    sentence = _("Сега не приемаме плащания за този курс. Обадете се, за да Ви запишем.")


class FeePaidAlready(Conflict):
    sentence = _("Курсът вече е платен. Разликата се урежда на касата.")
