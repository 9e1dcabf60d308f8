"""Equal space for both sides: letters counted, their difference held under a limit.

Pure: what is compared comes in, the numbers and the answer to „защо?“ go out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.legal.reasons import Why

YES, NO, BOTH = "yes", "no", "both"
ARTICLE = "ЗПУГДВМС чл. 2, т. 4; чл. 34, ал. 3"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceBalance:
    """Letters of each side; `limit` is the most that they may differ, in per cent of the longer.

    A side with nothing said is shown only where `lone` lets the other stand alone.
    """

    yes: int
    no: int
    limit: int
    lone: bool = False

    @property
    def gap(self) -> int:
        return abs(self.yes - self.no)

    @property
    def allowed(self) -> int:
        """The largest difference that is still equal, in letters, rounded down."""
        return max(self.yes, self.no) * self.limit // 100

    @property
    def shorter(self) -> str:
        """The side that has less said; empty where both have the same."""
        return "" if self.yes == self.no else (YES if self.yes < self.no else NO)

    @property
    def is_lone(self) -> bool:
        """One side alone has said something."""
        return bool(self.yes) != bool(self.no)

    @property
    def holds(self) -> bool:
        """Both may be shown."""
        if not self.yes and not self.no:
            return False
        return self.lone if self.is_lone else self.gap <= self.allowed


def letters(text: str) -> int:
    """Letters, figures, marks and single blanks: spread lines take no more room than they need."""
    return len(" ".join(text.split()))


def balance_of(
    yes: Iterable[str], no: Iterable[str], *, limit: int, lone: bool = False
) -> SpaceBalance:
    """What both sides say, counted."""
    return SpaceBalance(
        yes=sum(map(letters, yes)), no=sum(map(letters, no)), limit=limit, lone=lone
    )


def why_of_balance(balance: SpaceBalance) -> Why:
    """Why the texts may or may not be shown."""
    counted = _("Разлика %(gap)s, допустима %(allowed)s: %(limit)s на сто от по-дългия текст")
    values = {"gap": balance.gap, "allowed": balance.allowed, "limit": balance.limit}
    return Why(
        answer=_answer(balance),
        article=ARTICLE,
        inputs=((_("Знаци за „да“"), balance.yes), (_("Знаци за „не“"), balance.no)),
        steps=(LazyString(lambda: str(counted) % values),),
        holds=balance.holds,
    )


def _answer(balance: SpaceBalance) -> LazyString:
    if not balance.yes and not balance.no:
        return _("Никоя страна още няма текст")
    if balance.is_lone and not balance.lone:
        return _("Само едната страна има текст, затова не се показва нито един")
    if balance.holds:
        return _("Двете страни имат еднакво място")
    return _("Единият текст е по-дълъг от допустимото")


def first_side(day: date) -> str:
    """Which side stands first: they change places each day, so nobody chooses."""
    return YES if day.toordinal() % 2 == 0 else NO
