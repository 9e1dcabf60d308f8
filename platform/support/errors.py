"""Refusals of support."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError


class SupporterUnknown(DomainError):
    sentence = _("Въведете ЕГН или телефон, за да броим всеки човек веднъж")


class LinkTooOld(Conflict):
    sentence = _("Връзката е на повече от седем дни. Поискайте нова от страницата.")
