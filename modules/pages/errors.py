"""What pages refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import NotFound, StaleRow


class NoSuchPage(NotFound):
    """Not here: another municipality's, removed, not public now, or never written."""

    sentence = _("Няма такава страница")


class StaleVersion(StaleRow):
    """Somebody changed the page after the page was opened on which this was decided."""

    sentence = _(
        "%(who)s промени тази страница, след като я отворихте. Вижте как е сега и решете отново."
    )


class ChangedWhileWriting(StaleVersion):
    """The same, while a text was being written that must not be lost."""

    sentence = _(
        "%(who)s промени тази страница, докато пишехте. Сравнете двата текста по-долу"
        " и запазете отново."
    )
