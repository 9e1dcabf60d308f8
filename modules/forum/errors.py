"""Refusals of the forum."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, SignInNeeded, StaleRow


class NoSuchDiscussion(NotFound):
    """Not here: another municipality's, not published yet, or never begun."""

    sentence = _("Няма такъв разговор")


class NoSuchForumPost(NotFound):
    """Not here, another person's, or never written."""

    sentence = _("Няма такова мнение. Проверете кода.")


class WhosePost(SignInNeeded):
    """What lies in a profile is opened by who is signed in, whether it is there or not."""


class DiscussionClosed(Conflict):
    """What was typed stays in the form, with a way on: a new discussion."""

    sentence = _(
        "На %(moment)s разговорът беше затворен. Текстът Ви е запазен по-долу:"
        " започнете с него нов разговор."
    )


class ClosedBeforeConfirmed(DiscussionClosed):
    """There is no form on this page."""

    sentence = _(
        "На %(moment)s разговорът беше затворен, преди да потвърдите мнението си."
        " Започнете нов разговор: текстът Ви стои на страницата на мнението до три дни."
    )


class StaleDiscussion(StaleRow):
    sentence = _(
        "Разговорът беше променен, след като отворихте страницата."
        " Вижте как е сега и решете отново."
    )


class PostHiddenBefore(Conflict):
    sentence = _("Мнението вече е скрито с друга причина")


class PostEmailNeeded(DomainError):
    sentence = _("Напишете имейл или влезте в профила си: така пазим форума от фалшиви мнения")


class TooManyPosts(DomainError):
    sentence = _(
        "Написахте %(most)s мнения за един час. Текстът Ви е запазен в полето:"
        " пратете го пак след %(clock)s."
    )


class ConfirmedTooLate(Conflict):
    sentence = _("Минаха три дни и мнението не беше потвърдено. Напишете го отново.")


class SuccessorBefore(Conflict):
    sentence = _("От този разговор вече има предложение или сигнал: %(number)s")


class NotTakenHere(DomainError):
    """The part that would take it is off, or says no."""

    sentence = _("Това вече не се приема тук. Изберете друго.")
