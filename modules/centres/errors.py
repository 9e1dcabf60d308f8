"""Refusals of centres."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchCentre(NotFound):
    """Not here: another municipality's, a draft, or never written."""

    sentence = _("Няма такъв център")


class StaleCentre(Conflict):
    sentence = _(
        "Друг служител промени този център, след като отворихте страницата. Вижте как е сега и"
        " решете отново."
    )


class NoSuchVisit(NotFound):
    sentence = _("Няма такъв гост")


class StaleVisit(Conflict):
    sentence = _("Друг служител вече обслужи този гост. Вижте таблото сега.")


class SeatTaken(Conflict):
    sentence = _("На това място вече седи друг гост. Изберете друго.")


class SeatPromised(Conflict):
    """Somebody has booked what is left of the seats."""

    sentence = _("Местата са запазени от %(time)s. Дотогава остават по-малко от 10 минути.")


class SomebodyWaits(Conflict):
    sentence = _("Времето не може да се удължи: друг гост чака")


class PhoneNeeded(DomainError):
    sentence = _("Напишете телефон, на който да Ви се обадят")
