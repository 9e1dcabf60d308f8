"""What notices refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchNotice(NotFound):
    """Not here: another municipality's, removed, or not public."""

    sentence = _("Няма такова съобщение")


class NoticeChanged(Conflict):
    """Somebody changed the notice after the page was opened on which this was decided."""

    sentence = _(
        "%(who)s промени това съобщение, след като отворихте страницата. Вижте как е сега и"
        " решете отново."
    )


class EndsTooEarly(DomainError):
    sentence = _("Изберете край, който е след сега и след началото")


class WithdrawnAlready(Conflict):
    """What was called off stays so: who was told would not know what holds."""

    sentence = _("Това съобщение вече е отменено. Напишете ново.")


class StandsInPublic(Conflict):
    """A published notice isn't deleted, people have been told of it."""

    sentence = _("Съобщението е публикувано. Отменете го, за да научат хората.")
