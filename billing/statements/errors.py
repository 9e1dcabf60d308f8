"""Refusals about statements of the bank."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchStatement(NotFound):
    """Not here: another municipality's, or never read."""

    sentence = _("Няма такова извлечение")


class NoAccount(DomainError):
    """There is nothing to compare the file's account with."""

    sentence = _("Първо запишете сметката на общината в „Сметка и видове приход“")


class ForeignAccount(DomainError):
    sentence = _(
        "Извлечението е на друга сметка: %(iban)s. Изберете извлечение на сметката на общината."
    )


class ForeignCurrency(DomainError):
    sentence = _("Извлечението не е в евро. Изтеглете го от банката в евро.")


class NotWhole(DomainError):
    """The entries do not lead from one balance to the other."""

    sentence = _(
        "Редовете не дават крайното салдо на извлечението. Изтеглете го от банката наново."
    )


class NoEntries(DomainError):
    sentence = _("В извлечението няма преводи. Изберете друг период.")


class HasBooked(Conflict):
    sentence = _("От извлечението има вписани преводи. Първо върнете вписването.")


class AtWork(Conflict):
    sentence = _("Сега се вписва или връща. Почакайте минута.")


class RefundFollowed(Conflict):
    sentence = _("По плащането вече е поискано връщане на пари. Вписването остава.")


class YearIsOver(Conflict):
    """What was posted in a calendar year is accounted for when it has ended."""

    sentence = _("Вписано е в минала счетоводна година. Поискайте връщане на парите от плащането.")


class NotOurs(Conflict):
    """What the municipality paid is nobody's payment to it."""

    sentence = _("Този ред не може да се впише като плащане")
