"""Kind of petition: the tables of the module that owns it, and what its rows are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask_babel import LazyString, lazy_gettext

from obshto.platform.petitions.models import PetitionSheetRow, SignatureRow

Sheet = TypeVar("Sheet", bound=PetitionSheetRow)
Row = TypeVar("Row", bound=SignatureRow)

# Faults that we see ourselves, in the order in which they are looked for.
UNSIGNED, INCOMPLETE, WRONG_EGN, UNDER_AGE, DOUBLE = (
    *("unsigned", "incomplete", "wrong_egn", "under_age", "double"),
)
# Findings of the protocol on who is a voter.
CONFIRMED, NOT_VOTER = "confirmed", "not_voter"
FAULTS: Mapping[str, LazyString] = {
    "": lazy_gettext("Брои се"),
    UNSIGNED: lazy_gettext("Няма подпис"),
    INCOMPLETE: lazy_gettext("Липсва име или адрес"),
    WRONG_EGN: lazy_gettext("ЕГН е сгрешено"),
    UNDER_AGE: lazy_gettext("Под 18 години"),
    DOUBLE: lazy_gettext("Същият човек е подписал и другаде"),
}
FINDINGS: Mapping[str, LazyString] = {
    "": lazy_gettext("Не е проверен"),
    CONFIRMED: lazy_gettext("Гласоподавател по протокола"),
    NOT_VOTER: lazy_gettext("Не е гласоподавател по протокола"),
}
LINES = 10  # rows of a printed sheet
VOTING_AGE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionKind(Generic[Sheet, Row]):
    """The tables of a module's petitions; its blind index carries the row table's name."""

    sheet: type[Sheet]
    row: type[Row]

    @property
    def label(self) -> str:
        """What the blind index of a personal number is made for: no other table's finds it."""
        return f"{self.row.__tablename__}.egn"  # type: ignore[attr-defined]
