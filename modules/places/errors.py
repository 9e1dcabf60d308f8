"""What places refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchPlace(NotFound):
    """Not here: another municipality's, removed, or never written."""

    sentence = _("Няма такова място")


class PlaceChanged(Conflict):
    """Somebody changed the place after the page was opened on which this was decided."""

    sentence = _(
        "Друг служител промени това място, след като отворихте страницата. Вижте как е сега и"
        " решете отново."
    )


class PointUnclear(DomainError):
    """No latitude and longitude, or a point outside the country."""

    sentence = _("Напишете точката като две числа в България, например 43.8889, 22.5214")


class TooManyPictures(DomainError):
    """Nobody looks at so many."""

    sentence = _("Едно място има най-много %(most)s снимки след първата. Махнете някоя.")


class NoColumn(DomainError):
    """A table without a column that every place needs."""

    sentence = _("В таблицата няма колона „%(column)s“. Изтеглете местата и я попълнете в нея.")


class NoRows(DomainError):
    sentence = _("В таблицата няма нито едно място под заглавния ред")


class NoSuchWalk(NotFound):
    """Not here: another municipality's, removed, or never written."""

    sentence = _("Няма такава разходка")


class WalkChanged(Conflict):
    """Somebody changed the walk after the page was opened on which this was decided."""

    sentence = _(
        "Друг служител промени тази разходка, след като отворихте страницата. Вижте как е сега и"
        " решете отново."
    )


class TooFewStops(DomainError):
    sentence = _("Разходката има нужда поне от две спирки, които гражданите виждат")


class StopNumberUnclear(DomainError):
    """What stands beside a sight is no number from 1 to 99."""

    sentence = _("До „%(name)s“ напишете номер от 1 до 99 или оставете празно")


class StopNumberTwice(DomainError):
    sentence = _("Номер %(number)s е и до „%(one)s“, и до „%(other)s“. Сменете единия.")
