"""Refusals of polling."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound, StaleRow


class NoSuchSection(NotFound):
    sentence = _("Няма такава секция")


class NoSuchCalledVote(NotFound):
    sentence = _("Няма такова насрочено гласуване")


class StaleSection(StaleRow):
    sentence = _("Някой промени секцията, след като отворихте страницата. Вижте я и решете отново.")


class SectionNumberTaken(Conflict):
    sentence = _("Вече има секция с този номер")


class AddressTaken(Conflict):
    sentence = _("Тези адреси са вече в секция %(number)s")


class CommissionFull(DomainError):
    """ЗПУГДВМС чл. 7, ал. 3."""

    sentence = _("Комисията има председател, секретар и до 5 членове (чл. 7, ал. 3)")


class OfficeTaken(DomainError):
    sentence = _("Комисията вече има %(office)s")


class SealsTaken(DomainError):
    sentence = _("Пломби с тези номера са вече в секция %(number)s")
