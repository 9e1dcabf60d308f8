"""Refusals of initiatives."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, StaleRow
from obshto.platform.legal.reasons import Why, sentence_of


class NoSuchInitiative(NotFound):
    sentence = _("Няма такава гражданска инициатива")


class StaleInitiative(StaleRow):
    sentence = _(
        "Някой промени инициативата, след като отворихте страницата. Вижте я и решете отново."
    )


class InitiativeHiddenBefore(Conflict):
    sentence = _("Инициативата вече е скрита по друга причина. Вижте каква.")


class InitiativeNotFromHere(Conflict):
    """The state does not lead there."""

    sentence = _("Инициативата вече е „%(state)s“. Това действие не е възможно.")


class InitiativeAgainstLaw(DomainError):
    """A number or a day of the law refuses; `why` is the answer to „защо?“."""

    sentence = _("Законът не позволява: %(answer)s")

    def __init__(self, why: Why) -> None:
        super().__init__(answer=sentence_of(why))
        self.why = why


class StepDayImpossible(DomainError):
    sentence = _("Денят не може да е преди %(first)s и след %(last)s")


class NothingSigned(DomainError):
    sentence = _("Още няма въведен подпис, който се брои. Въведете листата и тогава внесете.")


class StepWordsMissing(DomainError):
    sentence = _("Попълнете какво се случи")


class NothingToCarryOut(DomainError):
    sentence = _("Отговорът е отказ: няма какво да се изпълнява")
