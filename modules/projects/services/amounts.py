"""Sums of projects: kept in euro cents beside the currency in which they were agreed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.amounts import euro_cents_of

EUR, BGN = "EUR", "BGN"
CURRENCIES: dict[str, LazyString] = {EUR: _("евро"), BGN: _("лева")}
EURO_DAY = date(2026, 1, 1)  # from then on nothing is paid in leva
MOST = 100_000_000_000  # hundredths: a thousand millions, no municipality of ours has them
_WORDS = {"€": EUR, "eur": EUR, "евро": EUR, "лв.": BGN, "лв": BGN, "bgn": BGN, "лева": BGN}
_plain = re.compile(r"(\d{1,12})(?:[.,](\d{1,2}))?", re.ASCII).fullmatch
_grouped = re.compile(r"\d{1,3}([.,'])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?", re.ASCII).fullmatch


class AmountUnclear(ValueError):
    """No sum; its text says how to write it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """`given` in hundredths of `currency`, `cents` in euro."""

    given: int
    currency: str = EUR

    @property
    def cents(self) -> int:
        return self.given if self.currency == EUR else euro_cents_of(self.given)


def hundredths_of(typed: str) -> int:
    """„1 234 567,89“, „1234.5“, „1.234.567,89“: as accounts write it. Raises AmountUnclear.

    „1.234“ may be a thousand or a slip: it is refused, not guessed.
    """
    text = re.sub(r"[\s\u00a0\u202f]", "", typed)
    if not text:
        raise AmountUnclear(_("Въведете сума"))
    if text.startswith(("-", "−", "(")):
        raise AmountUnclear(_("Сумата не може да е под нулата"))
    found = _plain(text)
    if not found and (grouped := _grouped(text)):
        if len(re.findall(r"[.,']", text)) == 1:
            raise AmountUnclear(
                _("Неясно е дали това са хиляди: напишете 1 234 или 1,23 без друг знак")
            )
        found = _plain(text.replace(grouped[1], ""))
    if not found:
        raise AmountUnclear(_("Напишете сумата с цифри, например 12 345,67"))
    given = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if given > MOST:
        raise AmountUnclear(_("Проверете сумата: твърде голяма е"))
    return given


def amount_of(typed: str, currency: str = "") -> Amount:
    """A sum with its currency beside it or behind it: „1 200 лв.“. Raises AmountUnclear."""
    text, behind = typed.strip(), ""
    for word, code in _WORDS.items():
        if text.casefold().endswith(word):
            text, behind = text[: -len(word)], code
            break
    named = _currency(currency) if currency.strip() else ""
    if behind and named and behind != named:
        raise AmountUnclear(_("До сумата стои друга валута"))
    if not (behind or named):
        raise AmountUnclear(_("Напишете валутата: евро или лева"))
    return Amount(hundredths_of(text), behind or named)


def _currency(word: str) -> str:
    code = _WORDS.get(word.strip().casefold())
    if code is None:
        raise AmountUnclear(_("Напишете валутата: евро или лева"))
    return code
