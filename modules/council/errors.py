"""Refusals of the council."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError, NotFound, StaleRow
from obshto.platform.storage.errors import FileRefused


class NoSuchSession(NotFound):
    sentence = _("Няма такова заседание на съвета")


class NoSuchPoint(NotFound):
    sentence = _("Няма такава точка в дневния ред")


class NoSuchCouncillor(NotFound):
    sentence = _("Няма такъв общински съветник")


class NoSuchCommittee(NotFound):
    sentence = _("Няма такава комисия")


class NoSuchVote(NotFound):
    sentence = _("Няма такова гласуване")


class NoSuchSessionMaterial(NotFound):
    sentence = _("Няма такъв материал")


class NoSuchInquiry(NotFound):
    sentence = _("Няма такова питане")


class StaleCouncil(StaleRow):
    """Somebody changed the row after the page was opened."""

    sentence = _(
        "Междувременно друг промени това. Написаното от Вас стои тук: сравнете и запазете отново."
    )


class StaleVote(StaleRow):
    """Two people enter the same votes; the second sees what the first entered."""

    sentence = _(
        "Междувременно друг записа гласовете. Нищо от Вашето не е записано, но стои тук:"
        " сравнете го с последното преброяване и изпратете отново, ако още е нужна поправка."
    )


class NobodyVotes(DomainError):
    """No councillor has a term on the day of the session."""

    sentence = _("Няма съветници с мандат в деня на заседанието. Първо въведете съветниците.")


class VoteMissing(DomainError):
    sentence = _("Отбележете как гласува всеки. Липсва: %(name)s")


class SessionNotBegun(DomainError):
    sentence = _("Гласуване се записва на обявено заседание, след като то започне")


class CorrectionNeedsReason(DomainError):
    sentence = _("Напишете защо поправяте гласовете")


class DecisionNumberTaken(DomainError):
    sentence = _("Решение с номер %(number)s за %(year)s г. вече има")


class TermEndsTooEarly(DomainError):
    sentence = _("Мандатът свършва преди началото си. Проверете датите.")


class AnsweredTooEarly(DomainError):
    sentence = _("Отговорът не може да е преди питането. Проверете датата.")


class NotOpenFormat(FileRefused):
    """The law asks for materials whose text can be read."""

    sentence = _(
        "Материалите се публикуват в отворен вид, от който се чете текст (ЗМСМА чл. 27, ал. 1а)."
        " Прикачете PDF, ODT, DOCX, ODS, XLSX, CSV или TXT, не снимка."
    )
