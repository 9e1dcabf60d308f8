"""Refusals of bookings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, SignInNeeded


class NoSuchResource(NotFound):
    """Not here: another municipality's, or never written."""

    sentence = _("Няма такова нещо за запазване")


class NoSuchBooking(NotFound):
    """Not here: another municipality's, another person's, or never made."""

    sentence = _("Няма такъв запазен час. Проверете кода.")


class NoSuchCalendar(NotFound):
    """Never made, or another one was made since."""

    sentence = _("Този адрес на календар вече не действа. Вземете новия от портала.")


class WhoseBooking(SignInNeeded):
    """What lies in a profile is opened by who is signed in, whether it is there or not."""


class StaleBooking(Conflict):
    sentence = _(
        "Друг промени този запазен час, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class StaleResource(Conflict):
    sentence = _(
        "Друг служител промени това, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class StaleCalendar(StaleResource):
    """Another address was made after the page was opened."""

    sentence = _("Адресът вече е сменен. Отворете страницата отново, за да видите новия.")


class SlotPast(DomainError):
    sentence = _("Този час вече мина или е твърде скоро. Изберете друг или се обадете.")


class SlotClosed(DomainError):
    """No time of the resource begins then: closed, a holiday, an exception, too far ahead."""

    sentence = _("По това време не работим. Изберете друг час.")


class SlotFull(Conflict):
    sentence = _("Някой зае този час преди Вас. Изберете друг час.")


class SlotsApart(DomainError):
    sentence = _("Избраните часове трябва да са един след друг")


class TooManyBookings(DomainError):
    sentence = _(
        "На това име вече има %(most)s запазени часа. Отменете един от тях или се обадете."
    )


class ReachNeeded(DomainError):
    sentence = _("Напишете телефон или имейл, за да Ви кажем, ако нещо се промени")


class BookingOver(Conflict):
    """The state does not lead there: cancelled, lapsed, begun."""

    sentence = _("Този запазен час вече не може да се промени")


class OfferOver(Conflict):
    sentence = _("Срокът да приемете този час изтече. Предложихме го на следващия.")


class NotYetBegun(Conflict):
    sentence = _("Часът още не е започнал. Отбележете кой е дошъл, когато започне.")
