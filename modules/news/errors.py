"""What news refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchItem(NotFound):
    """Not here: another municipality's, removed, or never written."""

    sentence = _("Няма такава новина")


class AlreadyPublished(DomainError):
    sentence = _("Новината вече е публикувана")


class NotPublished(DomainError):
    sentence = _("Новината не е публикувана")


class ChangedMeanwhile(Conflict):
    """Somebody saved the same item after this form was opened."""

    sentence = _(
        "%(who)s запази тази новина, докато пишехте. Отворете я в нов прозорец, сравнете текста"
        " и запазете отново."
    )


class TextTooLong(DomainError):
    sentence = _("Съкратете текста до %(limit)s знака")
