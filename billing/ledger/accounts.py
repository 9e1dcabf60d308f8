"""The accounts of the books: of a municipality, of the shared service."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


class Labelled(StrEnum):
    """A word of programs with how people call it."""

    label: LazyString

    def __new__(cls, value: str, label: LazyString) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Account(Labelled):
    """What people owe, where money lies, what it was for."""

    RECEIVABLE = "receivable", _("Вземания от граждани и фирми")
    INCOME = "income", _("Приходи")
    CASH = "cash", _("Каса")
    POS = "pos", _("Терминал за карти на касата")
    HANDED_OVER = "handed-over", _("Предадени пари от касата")
    BANK = "bank", _("Банкова сметка")
    GATEWAY = "gateway", _("При оператора на карти")
    FEES = "fees", _("Такси на оператора")
    REFUNDS = "refunds", _("Върнати приходи")
    OVERPAID = "overpaid", _("Получени и надвнесени суми")
    DISPUTED = "disputed", _("Оспорени плащания")
    DIFFERENCE = "difference", _("Разлики на касата")


class Regional(Labelled):
    """Of the shared service: what municipalities owe, what it takes in, what it spends."""

    RECEIVABLE = "receivable", _("Вземания от общините")
    INCOME = "income", _("Приходи от общините")
    VAT = "vat", _("Начислен данък")
    BANK = "bank", _("Банкова сметка")
    COLLECTOR = "collector", _("При Stripe")
    FUNDING = "funding", _("Пари по програми")
    SPENDING = "spending", _("Разходи за услугата")


NAMED: dict[str, Account] = {account.value: account for account in Account}
REGIONAL: dict[str, Regional] = {account.value: account for account in Regional}
