"""What the last look has found, in words that say how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext

from obshto.platform.web.formats import euro, month


def told(finding: dict[str, Any]) -> str:
    """A sentence; for a word that is not known any more, that something differs."""
    tell = SENTENCES.get(finding["word"])
    return tell(finding) if tell else gettext("Нещо в Stripe се различава от портала")


def _number(finding: dict[str, Any]) -> str:
    return f"{finding['number']:010}"


def _month(finding: dict[str, Any]) -> str:
    return str(month(date.fromisoformat(finding["month"])))


SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "away": lambda _finding: gettext("Stripe не отговаря. Опитваме пак след 20 минути."),
    "declined": lambda _finding: gettext(
        "Stripe отказва. Проверете данните на общината и договора със Stripe."
    ),
    "incomplete": lambda _finding: gettext(
        "Липсва план или данни за фактура на общината. Въведете ги, за да продължи събирането."
    ),
    "ended": lambda _finding: gettext(
        "Договорът е прекратен в Stripe. Изберете банков превод, а после пак Stripe, ако искате"
        " да започне отново."
    ),
    "waiting": lambda finding: gettext(
        "Искането за %(month)s чака да издадете фактурата", month=_month(finding)
    ),
    "unlevelled": lambda finding: gettext(
        "Искането за %(month)s е тръгнало без номер на фактура. Отменете го в Stripe.",
        month=_month(finding),
    ),
    "sum": lambda finding: gettext(
        "В Stripe се искат %(asked)s, а се дължат %(owed)s. Проверете плащанията и известията.",
        asked=euro(finding["asked"]),
        owed=euro(finding["owed"]),
    ),
    "missing": lambda finding: gettext(
        "За фактура № %(n)s няма искане в Stripe. Общината може да я плати с банков превод.",
        n=_number(finding),
    ),
    "part": lambda finding: gettext(
        "По фактура № %(n)s вече е платена част в Stripe. Довършете я там.", n=_number(finding)
    ),
    "refused": lambda finding: gettext(
        "%(n)s измервания не са приети в Stripe. Фактурата ги има и сумата се изравнява с нея.",
        n=finding["number"],
    ),
}
