"""Refusals of voters, each with a sentence for the person."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, StaleRow


class NoSuchRegistration(NotFound):
    sentence = _("Няма такава регистрация")


class NoSuchVoteHere(NotFound):
    sentence = _("Няма такова допитване")


class StaleRegistration(StaleRow):
    sentence = _("Някой промени регистрацията, след като отворихте страницата. Вижте я пак.")


class AlreadyRegistered(Conflict):
    """The account has a live registration."""

    sentence = _("Вече имате регистрация с този профил")


class NumberRegistered(Conflict):
    """The personal number has a live registration, perhaps by somebody else."""

    sentence = _(
        "С това ЕГН вече има регистрация. Ако не е Ваша, елате в общината с документ за"
        " самоличност и ще я заменим."
    )


class RegistrationEnded(Conflict):
    """Refused or withdrawn: nothing is decided any more."""

    sentence = _("Регистрацията вече е приключила")


class UnreadableVoterList(DomainError):
    sentence = _(
        "Файлът не се чете. Запишете таблицата като текст, разделен с точка и запетая, с първи ред"
        " „ЕГН;Населено място“."
    )


class WrongListLines(DomainError):
    """Numbers that cannot be right; nothing of the file is kept."""

    sentence = _("ЕГН не е вярно на ред: %(lines)s. Нищо не е записано.")


class TwiceListed(DomainError):
    sentence = _("Едно ЕГН стои повече от веднъж, на ред: %(lines)s. Нищо не е записано.")


class NobodyRegistered(DomainError):
    sentence = _("Няма приета регистрация, която да е в списъка с право на глас")


class RollIsFixed(Conflict):
    """The vote is announced: its roll does not change."""

    sentence = _("Допитването е обявено и списъкът му вече не се променя")


class NotOnThisRoll(DomainError):
    sentence = _(
        "Човекът не е в списъка на това допитване. Хартиена бюлетина се дава само на човек от него."
    )


class HasPaper(Conflict):
    sentence = _("Човекът вече е получил хартиена бюлетина. Втора не се дава.")


class NoMorePaper(Conflict):
    sentence = _("Допитването не е обявено или е приключило. Хартиени бюлетини не се дават.")


class VoidBefore(Conflict):
    """The code of a lost letter, or one for which paper was given already."""

    sentence = _(
        "Този код вече беше анулиран: писмото е сменено или е дадена бюлетина. Проверете номера на"
        " писмото."
    )
