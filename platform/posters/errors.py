"""What posters refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError, NotFound


class NothingToPrint(NotFound):
    """Of another municipality, taken back, over, or never published: the page says the same."""

    sentence = _("Това не е публикувано сега. Публикувайте го и опитайте отново.")


class NotHereAnyMore(NotFound):
    """The number stands on paper that is older than what it told."""

    sentence = _("Това, което пише на листа, вече не важи или е свалено. Вижте новото в портала.")


class CannotBeSet(DomainError):
    """Some sign of the text cannot be drawn."""

    sentence = _("Текстът съдържа знак, който не може да се отпечата. Махнете го и опитайте пак.")
