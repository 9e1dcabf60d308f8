"""Bank statement of an account, CAMT.053 or MT940, as entries. A child process opens it.

Sums are cents; what was paid out stands below zero.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from obshto.platform.storage.child import TookTooMuch, ask_child
from obshto.platform.storage.errors import (
    NoBankStatement,
    NothingInside,
    SwellsUp,
    TooBig,
    TooManyEntries,
)

MB = 1024 * 1024
LARGEST = 8 * MB
MOST_ENTRIES = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BankEntry:
    """One line. `reference` is the bank's own number, empty where it gives none; `payer` and
    `payer_iban` are who stands on the other side."""

    booked_on: date
    cents: int
    reference: str
    payer: str
    payer_iban: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankStatement:
    """An account between two moments; a balance is None where the file does not tell it."""

    iban: str
    currency: str
    number: str
    opening_cents: int | None
    closing_cents: int | None
    entries: tuple[BankEntry, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the entries lead from the first balance to the last, as far as they are told."""
        if self.opening_cents is None or self.closing_cents is None:
            return True
        return self.opening_cents + sum(one.cents for one in self.entries) == self.closing_cents


def statements_of(stream: BinaryIO) -> list[BankStatement]:
    """All of a file, in its order.

    Raises FileRefused: empty, large, no statement, too many entries.
    """
    size = stream.seek(0, io.SEEK_END)
    if size == 0:
        raise NothingInside
    if size > LARGEST:
        raise TooBig(most=LARGEST // MB)
    try:
        told, _ = ask_child("statement_reader.py", {"lines": MOST_ENTRIES}, stream)
    except TookTooMuch:
        raise SwellsUp from None
    if told.get("refused") == "lines":
        raise TooManyEntries(most=MOST_ENTRIES)
    if "refused" in told or not told["statements"]:
        raise NoBankStatement
    return [_statement(one) for one in told["statements"]]


def _statement(told: dict[str, Any]) -> BankStatement:
    try:
        entries = tuple(
            BankEntry(**{**line, "booked_on": date.fromisoformat(line["booked_on"])})
            for line in told["lines"]
        )
    except ValueError:
        raise NoBankStatement from None
    return BankStatement(
        iban=told["iban"],
        currency=told["currency"],
        number=told["number"],
        opening_cents=told["opening"],
        closing_cents=told["closing"],
        entries=entries,
    )
