"""Refusals of referenda."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotAllowed, NotFound, StaleRow
from obshto.platform.legal.reasons import Why, sentence_of


class NoSuchReferendum(NotFound):
    sentence = _("Няма такова предложение за референдум")


class StaleReferendum(StaleRow):
    sentence = _(
        "Някой промени предложението, след като отворихте страницата. Вижте го и решете отново."
    )


class ReferendumNotFromHere(Conflict):
    """The state does not lead there."""

    sentence = _("Предложението вече е „%(state)s“. Това действие не е възможно.")


class ReferendumNotYours(NotAllowed):
    sentence = _("Това прави %(who)s")


class LawSaysNo(DomainError):
    """A rule of law refuses; `why` is the answer to „защо?“."""

    sentence = _("Законът не позволява: %(answer)s")

    def __init__(self, why: Why) -> None:
        super().__init__(answer=sentence_of(why))
        self.why = why


class QuestionRefused(DomainError):
    sentence = _(
        "Въпросът не минава проверката по закон. Поправете го или поискайте становище от юриста."
    )


class VotersUnknown(DomainError):
    sentence = _("Първо въведете броя на гласоподавателите и откъде е взет")


class DayImpossible(DomainError):
    sentence = _("Денят не може да е преди %(first)s и след %(last)s")


class SameDay(DomainError):
    """Another referendum is on that day; the law wants one common date, said on purpose."""

    sentence = _(
        "На %(day)s вече има насрочен референдум. Отбележете, че датата е обща (чл. 30, ал. 5)."
    )


class ImpossibleResult(DomainError):
    sentence = _("Числата не излизат: %(how)s")


class ReasonMissing(DomainError):
    sentence = _("Напишете мотивите")


class NoSuchParty(NotFound):
    sentence = _("Няма такава страна в кампанията")


class StaleCampaign(StaleRow):
    sentence = _(
        "Някой промени кампанията, след като отворихте страницата. Вижте я и решете отново."
    )


class CampaignClosed(Conflict):
    sentence = _("Кампания има само при насрочен референдум")


class PartyShown(Conflict):
    """What everybody has read is not struck out."""

    sentence = _("Текстът на тази страна вече е показан. Не може да се зачеркне.")


class WrongPartyCode(DomainError):
    sentence = _("Няма страна с такъв код. Проверете цифрите.")


class StatementTooLong(DomainError):
    sentence = _("Остава място за %(left)s знака от общо %(most)s за тази страна. Съкратете.")


class PartyAsksHall(Conflict):
    """What it asked for is public, and so is the answer."""

    sentence = _("Тази страна е искала зала. Не може да се зачеркне.")


class TooManyHalls(DomainError):
    sentence = _("Вече чакат отговор %(most)s искания за зала. Първо изчакайте отговора.")


class HallTaken(Conflict):
    sentence = _("Залата вече е дадена за %(title)s по същото време. Изберете друг час или зала.")


class HallDecided(Conflict):
    sentence = _("По това искане вече има отговор")


class EventOutside(DomainError):
    sentence = _("Проявите са само докато тече кампанията")
