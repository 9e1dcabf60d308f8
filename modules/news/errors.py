"""What news refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import NotFound, StaleRow


class NoSuchItem(NotFound):
    """Not here: another municipality's, removed, or never written."""

    sentence = _("Няма такава новина")


class StaleVersion(StaleRow):
    """Somebody changed the item after the page was opened on which this was decided."""

    sentence = _(
        "%(who)s промени тази новина, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class ChangedWhileWriting(StaleVersion):
    """The same, while a text was being written that must not be lost."""

    sentence = _(
        "%(who)s промени тази новина, докато пишехте. Сравнете двата текста по-долу"
        " и запазете отново."
    )
