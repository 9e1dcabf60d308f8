"""Refusals of the thread."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError, NotFound, StaleRow


class NoSuchThread(NotFound):
    sentence = _("Тук няма проследени обещания")


class NoSuchThing(NotFound):
    sentence = _("Това не се вижда в портала")


class LinkedToItself(DomainError):
    sentence = _("Изберете друго: нещо не може да последва от само себе си")


class LinkDeclared(DomainError):
    sentence = _("Тази връзка идва от самата страница. Променете я там.")


class StaleLink(StaleRow):
    sentence = _("Някой промени връзката, след като отворихте страницата. Вижте я и решете отново.")
