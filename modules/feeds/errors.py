"""What posts, channels and sources refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotAllowed, NotFound


class NoSuchPost(NotFound):
    """Not here: another municipality's, or not public."""

    sentence = _("Няма такава публикация")


class NoSuchThing(NotFound):
    """What was to be told of is not public, or is no more."""

    sentence = _("Това вече не е публикувано в портала")


class PostChanged(Conflict):
    """Somebody changed the post after the page was opened on which this was decided."""

    sentence = _(
        "%(who)s промени тази публикация, след като отворихте страницата. Вижте как е сега и"
        " решете отново."
    )


class PostWithdrawnAlready(Conflict):
    sentence = _("Публикацията вече е оттеглена. Напишете нова.")


class ToldAlready(Conflict):
    """One thing is told of by one post; that one is corrected."""

    sentence = _("За това вече има публикация. Отворете нея от списъка.")


class NoChannel(DomainError):
    sentence = _("Изберете поне един канал")


class PictureTooLarge(DomainError):
    """However small it is drawn, its file stays larger than the network takes."""

    sentence = _("Снимката е твърде голяма за тази мрежа. Сложете друга.")


class PictureTooLong(DomainError):
    sentence = _(
        "Снимката е твърде дълга и тясна за някоя от избраните мрежи. Изрежете я: едната ѝ страна"
        " да е до %(ratio)s пъти по-дълга от другата."
    )


class PastEmbargo(DomainError):
    sentence = _("Изберете час на изпращане, който е след сега")


class OverBeforeSent(DomainError):
    sentence = _("Изберете край, който е след сега и след часа на изпращане")


class NeedsAnother(NotAllowed):
    """The second pair of eyes is not the author's."""

    sentence = _("Публикацията се одобрява от друг служител, не от този, който я е написал")


class NotWaiting(Conflict):
    sentence = _("Тази публикация вече не чака одобрение")


class NoSuchVillage(NotFound):
    sentence = _("Няма такова населено място в общината")


class NoSuchChannel(NotFound):
    sentence = _("Няма такъв канал")


class NotConnected(DomainError):
    """The network did not let us in. `why` is a sentence."""

    sentence = _("Профилът не е свързан. %(why)s")


class NoSuchSource(NotFound):
    sentence = _("Няма такъв източник")


class NotRead(DomainError):
    """The address gave no feed. `why` is a sentence."""

    sentence = _("Не можем да прочетем този адрес. %(why)s")


class ReadAlready(Conflict):
    sentence = _("Този профил вече е добавен")
