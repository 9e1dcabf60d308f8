"""The accounts of a municipality's books."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


class Account(StrEnum):
    """What people owe, where money lies, what it was for."""

    label: LazyString

    def __new__(cls, value: str, label: LazyString) -> Account:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    RECEIVABLE = "receivable", _("Вземания от хората")
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


NAMED: dict[str, Account] = {account.value: account for account in Account}
