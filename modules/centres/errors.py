"""Refusals of centres."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotAllowed, NotFound, StaleRow


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


class SeatBroken(Conflict):
    sentence = _("Това място вече не се ползва. Преместете госта на друго.")


class SeatPromised(Conflict):
    """Somebody has booked what is left of the seats."""

    sentence = _("Местата са запазени от %(time)s. Дотогава остават по-малко от 10 минути.")


class SomebodyWaits(Conflict):
    sentence = _("Времето не може да се удължи: друг гост чака")


class PhoneNeeded(DomainError):
    sentence = _("Напишете телефон, на който да Ви се обадят")


class NoSuchInventoryItem(NotFound):
    sentence = _("Няма такава вещ в описа")


class StaleItem(StaleRow):
    sentence = _("Друг служител промени тази вещ междувременно. Вижте как е сега и решете отново.")


class SeatElsewhere(DomainError):
    """The seat is in another centre than the thing."""

    sentence = _("Това място е в друг център. Изберете място от същия център.")


class SeatFixed(DomainError):
    """What does not work has its seat out of booking until it is mended."""

    sentence = _("Вещта не работи. Центърът и мястото се сменят, след като я поправят.")


class ItemGone(DomainError):
    sentence = _("Вещта е отписана. Първо я върнете в описа.")


class NoSuchWorker(NotFound):
    sentence = _("Няма такъв доброволец")


class StaleWorker(StaleRow):
    sentence = _("Друг служител промени този доброволец. Вижте как е сега и решете отново.")


class NoSuchShift(NotFound):
    sentence = _("Няма такова дежурство")


class StaleShift(StaleRow):
    sentence = _("Друг промени това дежурство междувременно. Вижте как е сега и решете отново.")


class ShiftsOverlap(DomainError):
    """One person at two places, or twice at one."""

    sentence = _("%(name)s вече дежури тогава: от %(opens)s до %(closes)s")


class NotOnRota(DomainError):
    """Has lost the right, or has left."""

    sentence = _("Този човек вече не може да дежури. Изберете друг.")


class ClosedThen(DomainError):
    """A public holiday, or a day on which the centre is closed."""

    sentence = _("На този ден центърът не работи. Изберете друг ден.")


class ShiftIsPast(DomainError):
    sentence = _("Този ден вече мина. Изберете днес или по-късен ден.")


class NotYourShift(NotAllowed):
    sentence = _("За заместник пита само който дежури или който прави дежурствата")


class NobodyAsks(Conflict):
    """Somebody took it first, or a substitute is no longer sought."""

    sentence = _("За това дежурство вече не се търси заместник")


class NoPolls(DomainError):
    sentence = _("Включете анкетите, за да питате хората")


class AskedLately(Conflict):
    sentence = _("Вече питахте тук през последната година. Вижте анкетата отдолу.")


class NotAtThisHour(DomainError):
    """The room of a booked hour opens shortly before it and closes some time after."""

    sentence = _("Видеото се отваря малко преди часа и се затваря след него")
