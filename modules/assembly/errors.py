"""Refusals of assembly."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, StaleRow
from obshto.platform.legal.reasons import Why, sentence_of


class NoSuchAssembly(NotFound):
    sentence = _("Няма такова общо събрание")


class NoSuchAssemblyQuestion(NotFound):
    sentence = _("Няма такъв въпрос в дневния ред")


class NoScannedMinutes(NotFound):
    sentence = _("Подписаният протокол още не е качен")


class StaleAssembly(StaleRow):
    sentence = _(
        "Някой промени събранието, след като отворихте страницата. Вижте го и решете отново."
    )


class NoSuchAssemblyPetition(NotFound):
    sentence = _("Няма такава подписка за общо събрание")


class StaleAssemblyPetition(StaleRow):
    sentence = _(
        "Някой промени подписката, след като отворихте страницата. Вижте я и решете отново."
    )


class AssemblyPetitionNotFromHere(Conflict):
    """The state of a petition does not lead there."""

    sentence = _("Подписката вече е „%(state)s“. Това действие не е възможно.")


class SignersEnough(Conflict):
    sentence = _("Подписите стигат: %(number)s от нужните %(needed)s. Потвърдете подписката.")


class AssemblyNotFromHere(Conflict):
    """The state does not lead there."""

    sentence = _("Събранието вече е „%(state)s“. Това действие не е възможно.")


class DecisionNotFromHere(Conflict):
    """The state of a question does not lead there."""

    sentence = _("Въпросът вече е „%(state)s“. Това действие не е възможно.")


class AssemblyAgainstLaw(DomainError):
    """A number or a day of the law refuses; `why` is the answer to „защо?“."""

    sentence = _("Законът не позволява: %(answer)s")

    def __init__(self, why: Why) -> None:
        super().__init__(answer=sentence_of(why))
        self.why = why


class UnitTooLarge(AssemblyAgainstLaw):
    """More people live there than the law lets come together."""


class SignersTooFew(AssemblyAgainstLaw):
    """Fewer than a fiftieth of the voters, or than twenty."""


class MomentUnlawful(AssemblyAgainstLaw):
    """Outside the window after the notice, or in working hours."""


class CountersUnlawful(AssemblyAgainstLaw):
    """Fewer than three people counted the votes, or more than five."""


class VotersUnlikely(DomainError):
    sentence = _("Гласоподавателите не може да са повече от жителите")


class AgendaEmpty(DomainError):
    sentence = _("Добавете поне един въпрос в дневния ред и тогава обявете събранието")


class TooManyQuestions(DomainError):
    sentence = _("Дневният ред е най-много от %(most)s въпроса")


class AssemblyNotBegun(DomainError):
    sentence = _("Присъстващите се записват след %(moment)s")


class PresentTooMany(DomainError):
    sentence = _("Присъстват повече хора, отколкото са гласоподавателите: %(voters)s")


class VotesTooMany(DomainError):
    sentence = _("Гласовете са %(votes)s, а присъстващите са %(present)s")


class OpenVoteInvalid(DomainError):
    sentence = _("При явно гласуване няма недействителни бюлетини")


class QuestionsUnvoted(DomainError):
    sentence = _("Запишете гласуването по всеки въпрос и тогава приключете протокола")


class HoursImpossible(DomainError):
    sentence = _(
        "Събранието започва най-рано на %(first)s и свършва след това, но не по-късно от сега"
    )


class DecisionsFollowed(Conflict):
    sentence = _("По решение вече има стъпка. Протоколът не се отваря отново.")


class FollowDayImpossible(DomainError):
    sentence = _("Денят не може да е преди %(first)s и след %(last)s")


class AssemblyWordsMissing(DomainError):
    sentence = _("Попълнете какво се случи")
