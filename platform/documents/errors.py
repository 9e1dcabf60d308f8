"""Refusals of documents."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchDocument(NotFound):
    sentence = _("Няма такъв документ")


class StaleDocument(Conflict):
    sentence = _(
        "Този документ беше променен, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class CannotBePrinted(DomainError):
    """Some text of the document has a sign that no font of ours has."""

    sentence = _(
        "Документът не може да се отпечата: в текста му има знак, който шрифтът няма. Махнете го"
        " или откажете с мотиви."
    )


class TooLargeToPrint(CannotBePrinted):
    """It took more time or memory than one document may."""

    sentence = _(
        "Документът не може да се отпечата: твърде голям или сложен е. Съкратете текста или"
        " откажете с мотиви."
    )


class NoSuchSeal(NotFound):
    sentence = _("Няма такъв печат")


class StaleSeal(Conflict):
    sentence = _(
        "Печатът беше променен, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class SealRefused(DomainError):
    sentence = _(
        "Файлът не се отваря. Изберете файла със сертификата и ключа и проверете паролата му."
    )


class SealHasNoKey(SealRefused):
    sentence = _("Във файла няма ключ. Изнесете сертификата заедно с частния ключ.")


class SealLapsed(SealRefused):
    sentence = _("Сертификатът е изтекъл. Поискайте нов от доставчика си.")
