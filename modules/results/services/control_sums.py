"""Control sums of a section's protocol, each explained in words (чл. 39, ал. 1, т. 4–9)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.legal.reasons import Why

LISTED, SIGNED, BALLOTS = _("По избирателния списък"), _("Подписали се"), _("Намерени бюлетини")
YES, NO, INVALID = _("Действителни с „да“"), _("Действителни с „не“"), _("Недействителни")
COMPLAINTS = _("Заявления и жалби")
NAMES: dict[str, LazyString] = {
    **{"listed": LISTED, "signed": SIGNED, "ballots": BALLOTS},
    **{"yes": YES, "no": NO, "invalid": INVALID, "complaints": COMPLAINTS},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolNumbers:
    """Numbers of a section's protocol in the order of the law."""

    listed: int
    signed: int
    ballots: int
    yes: int
    no: int
    invalid: int
    complaints: int = 0


def numbers_of(row: Any) -> ProtocolNumbers:
    """Of an entry, of a protocol that has them, of a form that passed its checks."""
    return ProtocolNumbers(**{one.name: getattr(row, one.name) for one in fields(ProtocolNumbers)})


def control_sums(told: ProtocolNumbers) -> list[Why]:
    """The three sums, each with its answer to „защо?“."""
    return [
        Why(
            answer=_("Подписалите се не са повече от хората в избирателния списък"),
            article="ЗПУГДВМС чл. 39, ал. 1, т. 4 и 5",
            inputs=((LISTED, told.listed), (SIGNED, told.signed)),
            steps=(_compared(told.signed, "≤", told.listed, told.signed <= told.listed),),
            holds=told.signed <= told.listed,
        ),
        Why(
            answer=_("Бюлетините в кутията са точно колкото подписите"),
            article="ЗПУГДВМС чл. 39, ал. 1, т. 5 и 6",
            inputs=((SIGNED, told.signed), (BALLOTS, told.ballots)),
            steps=(_compared(told.ballots, "=", told.signed, told.ballots == told.signed),),
            holds=told.ballots == told.signed,
        ),
        _sum_of_ballots(told),
    ]


def differences(one: ProtocolNumbers, other: ProtocolNumbers) -> list[str]:
    """Names of the numbers that two people read differently."""
    return [name for name in NAMES if getattr(one, name) != getattr(other, name)]


def _sum_of_ballots(told: ProtocolNumbers) -> Why:
    """„Да“, „не“ and invalid ones are all the ballots found."""
    total = told.yes + told.no + told.invalid
    added = _("%(yes)s + %(no)s + %(invalid)s = %(total)s")
    values = {"yes": told.yes, "no": told.no, "invalid": told.invalid, "total": total}
    return Why(
        answer=_("„Да“, „не“ и недействителните са всички намерени бюлетини"),
        article="ЗПУГДВМС чл. 39, ал. 1, т. 6–9",
        inputs=((BALLOTS, told.ballots), (YES, told.yes), (NO, told.no), (INVALID, told.invalid)),
        steps=(
            LazyString(lambda: str(added) % values),
            _compared(total, "=", told.ballots, total == told.ballots),
        ),
        holds=total == told.ballots,
    )


def _compared(first: int, sign: str, second: int, holds: bool) -> LazyString:
    words = _HOLDS if holds else _BROKEN
    values = {"first": first, "sign": sign, "second": second, "gap": abs(first - second)}
    return LazyString(lambda: str(words) % values)


_HOLDS = _("%(first)s %(sign)s %(second)s: така е")
_BROKEN = _("%(first)s %(sign)s %(second)s не е вярно: разликата е %(gap)s")
