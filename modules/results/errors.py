"""Refusals of results."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, StaleRow
from obshto.platform.legal.reasons import Why, sentence_of


class NoSuchCount(NotFound):
    sentence = _("Няма такова гласуване")


class NoSuchProtocol(NotFound):
    sentence = _("Тази секция не участва в гласуването")


class NoSuchDuty(NotFound):
    sentence = _("Няма такава задача след гласуване")


class StaleNight(StaleRow):
    sentence = _("Някой промени това, след като отворихте страницата. Вижте го и решете отново.")


class NotInThisState(Conflict):
    """The state does not lead there."""

    sentence = _("Сега е „%(state)s“. Това действие не е възможно.")


class ResultForbidden(DomainError):
    """A rule of law refuses; `why` is the answer to „защо?“."""

    sentence = _("Законът не позволява: %(answer)s")

    def __init__(self, why: Why) -> None:
        super().__init__(answer=sentence_of(why))
        self.why = why


class WrongSectionCode(DomainError):
    sentence = _(
        "Номерът на секцията или кодът не е верен. Проверете листа, който е с материалите."
    )


class TooEarly(DomainError):
    sentence = _("Активността за %(hour)s часа се съобщава от %(hour)s часа в деня на гласуването")


class NoSuchHour(DomainError):
    sentence = _("Изберете час от списъка")


class FewerThanBefore(DomainError):
    sentence = _("До %(hour)s часа са гласували %(voted)s. Броят не може да намалява.")


class MoreThanAfter(DomainError):
    sentence = _("До %(hour)s часа са съобщени %(voted)s. По-ранен час не може да има повече.")


class MoreThanListed(DomainError):
    sentence = _("По списъка в секцията са %(listed)s гласоподаватели. Проверете числото.")


class ResultAnnounced(Conflict):
    sentence = _("Резултатът е обявен. Числата вече не се променят.")


class BeforeTheEnd(DomainError):
    sentence = _("Протоколите се въвеждат след края на гласуването")


class OtherSection(DomainError):
    sentence = _("Това е протокол на друга секция. Тук се въвежда секция %(number)s.")


class SamePerson(DomainError):
    sentence = _("Вие вече въведохте този протокол. Вторият път го въвежда друг човек.")


class SamePhoto(DomainError):
    sentence = _("Тази снимка вече е към секция %(number)s")


class PublicWordsMissing(DomainError):
    sentence = _("Напишете текста: публикува се")


class ProtocolsMissing(DomainError):
    sentence = _(
        "Приети са протоколи от %(done)s от %(all)s секции. За всяка друга въведете протокол или"
        " защо го няма."
    )


class DayNotPossible(DomainError):
    sentence = _("Денят не може да е преди %(first)s и след %(last)s")
