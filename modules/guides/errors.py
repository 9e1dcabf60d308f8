"""Errors of guides and campaigns."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError, NotFound, StaleRow


class NoSuchGuide(NotFound):
    """Not here: another municipality's, hidden, deleted, or never written."""

    sentence = _("Няма такова упътване")


class StaleGuide(StaleRow):
    """Somebody changed the guide after the page was opened on which this was decided."""

    sentence = _(
        "%(who)s промени това упътване, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class GuideChangedWhileWriting(StaleGuide):
    """The same, while a text was being written that must not be lost."""

    sentence = _(
        "%(who)s промени това упътване, докато пишехте. Сравнете двата текста по-долу"
        " и запазете отново."
    )


class GuideWithoutSteps(DomainError):
    """Published it would be a page like any other."""

    sentence = _("Разделете упътването на стъпки: всяко подзаглавие започва нова стъпка")


class NoSuchCampaign(NotFound):
    """Another municipality's, or none."""

    sentence = _("Няма такава кампания")


class CampaignChanged(StaleRow):
    """Somebody changed the campaign after the page was opened."""

    sentence = _("Някой промени кампанията, докато пишехте. Вижте как е сега и запазете отново.")


class EndsBeforeItBegins(DomainError):
    """The last day of a campaign lies before its first."""

    sentence = _("Изберете край, който е след началото")


class HandoutOutsideCampaign(DomainError):
    """Leaflets of a day or a place that the campaign does not have."""

    sentence = _("Изберете ден, в който кампанията тече, но не и бъдещ")
