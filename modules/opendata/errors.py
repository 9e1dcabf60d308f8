"""Refusals of open data."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import (
    Conflict,
    DomainError,
    NotAllowed,
    NotFound,
    SignInNeeded,
    StaleRow,
)


class NoSuchDataset(NotFound):
    """Not here: another municipality's, withdrawn, of a module that is off, or never there."""

    sentence = _("Няма такъв набор от данни")


class NoFileYet(NotFound):
    """Declared, and no night has passed yet; or an edition whose file is no longer kept."""

    sentence = _("Този файл го няма. Вижте кои са на страницата на набора.")


class NoSuchColumn(DomainError):
    sentence = _("Няма колона „%(name)s“. Вижте описанието на колоните.")


class NotAValue(DomainError):
    sentence = _("„%(value)s“ не е стойност за „%(name)s“")


class NotALimit(DomainError):
    sentence = _(
        "Редовете в един отговор са от 1 до %(most)s, а „нататък“ е число от предишния отговор"
    )


class StaleSet(StaleRow):
    sentence = _("Наборът беше променен, след като отворихте страницата. Вижте го и решете отново.")


class NothingToPublish(Conflict):
    sentence = _("Няма качен файл, който да чака публикуване")


class PeopleInside(Conflict):
    sentence = _("Във файла има ЕГН. Махнете данните на хора и качете файла отново.")


class NoHead(DomainError):
    sentence = _("Първият ред трябва да назовава колоните, всяка с различно име")


class NoSuchRequestHere(NotFound):
    """Not here: another municipality's, another person's, or never sent."""

    sentence = _("Няма такова искане. Проверете номера и кода.")


class WhoseInformationRequest(SignInNeeded):
    """What lies in a profile is opened by who is signed in, whether it is there or not."""


class StaleInformationRequest(StaleRow):
    sentence = _(
        "Искането беше променено, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class NotFromThere(Conflict):
    """The state does not lead there."""

    sentence = _("Искането вече е „%(state)s“. Това действие не е възможно.")


class NotYourRequest(NotAllowed):
    sentence = _("Първо поемете искането")


class ReachNeeded(DomainError):
    sentence = _("Законът иска име и адрес за отговор: имейл или пощенски адрес")


class LongerBefore(Conflict):
    sentence = _("Срокът вече е удължен. Законът позволява това веднъж.")
