"""What is refused about invoices and their payment."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError


class NoIssuer(DomainError):
    sentence = _("Първо въведете кой издава фактурите")


class IncompleteCustomers(DomainError):
    """The law wants the buyer's name, address and number on an invoice."""

    sentence = _("Липсват данни за фактура на: %(names)s")


class MonthIsNotOver(DomainError):
    sentence = _("Месецът още не е свършил. Фактурите се издават след последния му ден.")


class NoFormula(DomainError):
    sentence = _("За този месец няма формула, по която да се плаща")


class TooMuchCredit(DomainError):
    sentence = _("По тази фактура може да се намалят най-много %(sum)s без данък")


class NotToBeCredited(DomainError):
    sentence = _("Кредитно известие се издава към фактура")


class NothingOwed(DomainError):
    sentence = _("По тази фактура вече нищо не се дължи")


class NumbersHaveBegun(DomainError):
    sentence = _("Вече има издадени фактури, затова първият номер не се променя")


class AlreadyTakenBack(DomainError):
    sentence = _("Това записване вече е сторнирано")
