"""Refusals of digital assistants."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, SignInNeeded, StaleRow


class NoSuchHelpRequest(NotFound):
    """Not here: another municipality's, another person's, or never sent."""

    sentence = _("Няма такава молба. Проверете номера и кода.")


class WhoseHelpRequest(SignInNeeded):
    """What lies in a profile is opened by who is signed in, whether it is there or not."""


class StaleHelpRequest(StaleRow):
    sentence = _(
        "Молбата беше променена, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class HelpRequestNotFromHere(Conflict):
    """The state does not lead there."""

    sentence = _("Молбата вече е „%(state)s“. Това действие не е възможно.")


class AnotherMunicipality(DomainError):
    sentence = _("%(place)s е в %(municipality)s. Тамошните помощници приемат молбата.")


class NoSuchAssistant(NotFound):
    sentence = _("Няма такъв помощник")


class StaleAssistant(StaleRow):
    sentence = _("Данните на помощника бяха променени, след като отворихте страницата.")


class AssistantLeft(Conflict):
    sentence = _("%(name)s вече не е помощник. Изберете друг.")


class AssistantAway(Conflict):
    sentence = _("%(name)s е в отпуск на този ден. Изберете друг ден или друг помощник.")


class AssistantBusy(Conflict):
    sentence = _("%(name)s има друго посещение от %(start)s до %(end)s ч. Изберете друг час.")


class PersonBusy(Conflict):
    sentence = _("За този човек вече има посещение по това време")


class DayFull(Conflict):
    sentence = _("%(name)s вече има %(most)s посещения на този ден. Изберете друг ден.")


class TimePassed(DomainError):
    sentence = _("Този час вече мина. Изберете друг.")


class TooFarAhead(DomainError):
    sentence = _("Изберете ден до шест месеца напред")


class NextVisitAgreed(Conflict):
    """The same form was taken before, with another time."""

    sentence = _(
        "Следващото посещение вече е насрочено за %(when)s. Ако е нужно и друго, насрочете го от"
        " страницата на посещението."
    )


class VisitsDuringLeave(Conflict):
    sentence = _("В тези дни има %(num)s посещения. Първо ги отменете или насрочете на друг.")


class LeaveEndsFirst(DomainError):
    sentence = _("Последният ден е преди първия")


class NoSuchHomeVisit(NotFound):
    """Not here, or another assistant's."""

    sentence = _("Няма такова посещение")


class StaleHomeVisit(StaleRow):
    sentence = _("Посещението беше променено, след като отворихте страницата. Вижте как е сега.")


class NotToday(DomainError):
    sentence = _("Пристигане и край се отбелязват в деня на посещението")


class NotesFull(DomainError):
    sentence = _("Бележките за посещението стават повече от %(most)s знака. Съкратете ги там.")


class VisitNotFromHere(Conflict):
    sentence = _("Посещението вече е „%(state)s“. Това действие не е възможно.")


class NothingTaught(DomainError):
    sentence = _("Отбележете какво показахте или напишете бележка")


class NoSuchProblem(NotFound):
    sentence = _("Няма такъв проблем")


class StaleProblem(StaleRow):
    sentence = _("Проблемът вече има отговор")
