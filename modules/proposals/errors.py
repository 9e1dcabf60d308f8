"""Refusals of proposals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import (
    Conflict,
    DomainError,
    NotAllowed,
    NotFound,
    SignInNeeded,
    StaleRow,
)


class NoSuchProposal(NotFound):
    """Not here: another municipality's, another person's, hidden, or never made."""

    sentence = _("Няма такова предложение. Проверете номера и кода.")


class WhoseProposal(SignInNeeded):
    """What lies in a profile is opened by who is signed in, whether it is there or not."""


class StaleProposal(StaleRow):
    sentence = _(
        "Предложението беше променено, след като отворихте страницата."
        " Вижте как е сега и решете отново."
    )


class ProposalNotFromHere(Conflict):
    """The state does not lead there."""

    sentence = _("Предложението вече е „%(state)s“. Това действие не е възможно.")


class ProposalHiddenBefore(Conflict):
    sentence = _("Предложението вече е скрито с друга причина")


class NoSuchProposalVersion(NotFound):
    sentence = _("Предложението няма такава версия")


class VersionHiddenBefore(Conflict):
    sentence = _("Тази версия вече е скрита")


class VersionStands(Conflict):
    sentence = _("Това е текстът, който важи сега. Скрийте самото предложение.")


class ProposalHiddenNow(Conflict):
    sentence = _("Скрито или оттеглено предложение не може да продължи другаде")


class ProposalNotTaken(DomainError):
    sentence = _("Тук вече не може да се направи това. Изберете друго.")


class ProposalNotYours(NotAllowed):
    sentence = _("Първо поемете предложението")


class NoSuchProposalQuestion(NotFound):
    """Not here: hidden from everybody, of another proposal, or never asked."""

    sentence = _("Няма такъв въпрос. Проверете адреса.")


class WhoseQuestion(SignInNeeded):
    """What was asked from a profile is opened by who is signed in."""


class StaleProposalQuestion(StaleRow):
    sentence = _(
        "Въпросът беше променен, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class QuestionsShut(Conflict):
    sentence = _("Предложението вече е „%(state)s“ и не приема въпроси")


class QuestionsPaused(Conflict):
    sentence = _("Предложението е скрито, докато служител го прегледа, и сега не приема въпроси")


class AdditionsShut(Conflict):
    sentence = _("Предложението вече е внесено и текстът му не се променя. Задайте го като въпрос.")


class TooLongWithAddition(DomainError):
    sentence = _(
        "С допълнението текстът става над %(most)s знака. Съкратете първо предложението си."
    )


class QuestionEmailNeeded(DomainError):
    sentence = _("Въведете имейл: на него получавате бутона, с който въпросът се показва")


class QuestionTooOld(Conflict):
    sentence = _("Трите дни за потвърждаване минаха и въпросът не се показва. Задайте го отново.")


class QuestionHiddenBefore(Conflict):
    sentence = _("Въпросът вече е скрит с друга причина")


class SupportClosed(Conflict):
    sentence = _("Предложението вече е „%(state)s“ и не събира подкрепа")


class FollowUpNeeded(DomainError):
    sentence = _("Напишете какво следва, кой ще го направи и до кога")


class TooManyCoauthors(Conflict):
    sentence = _("Съавторите и поканените може да са най-много петима")


class LastAuthor(Conflict):
    sentence = _("Вие сте единственият автор. Ако не искате предложението, оттеглете го.")


class MergeWithItself(DomainError):
    sentence = _("Изберете друго предложение, не същото")


class MergeClosed(Conflict):
    sentence = _("Предложение %(number)s вече е „%(state)s“ и не може да се обедини с друго")


class MergeWaits(Conflict):
    sentence = _("Вече има въпрос за обединяване. Изчакайте отговора или оттеглете въпроса.")


class MergeRefused(Conflict):
    sentence = _("Единият автор вече отговори, че предпочита предложенията да останат отделно")


class NoSuchMerge(NotFound):
    sentence = _("Няма такъв въпрос за обединяване")


class MergeOver(Conflict):
    sentence = _("На този въпрос вече е отговорено")
