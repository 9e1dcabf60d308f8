"""Refusals of petitions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError, NotFound, StaleRow


class NoSuchSheet(DomainError):
    sentence = _("Лист № %(sheet)s не е отпечатан. Проверете номера горе на листа.")


class NoSuchLine(DomainError):
    sentence = _("На лист № %(sheet)s редовете са от 1 до %(most)s")


class LineTaken(DomainError):
    """The same line of the same sheet was entered already, with something else."""

    sentence = _(
        "Ред %(line)s на лист № %(sheet)s вече е въведен. Проверете номера или поправете реда."
    )


class NoSuchSignature(NotFound):
    sentence = _("Няма такъв ред в подписката")


class StaleSignature(StaleRow):
    sentence = _("Някой поправи реда, след като го отворихте. Вижте го и решете отново.")


class NotEntered(DomainError):
    """The protocol names rows that nobody has entered."""

    sentence = _("Тези редове не са въведени: %(places)s")


class CommitteeNotWhole(DomainError):
    sentence = _("Комитетът има от %(least)s до %(most)s членове, един от тях председател")


class MemberKnown(DomainError):
    sentence = _("Този човек вече е в комитета")


class WrongSeatCode(DomainError):
    sentence = _("Няма член на комитет с този код. Проверете цифрите.")


class TooManySheets(DomainError):
    sentence = _("Отпечатайте най-много %(most)s листа наведнъж")
