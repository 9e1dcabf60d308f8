"""Rows of an edition for programs: narrowed by columns, page by page, a bounded look at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from obshto.modules.opendata.errors import NoFileYet, NoSuchColumn, NotALimit, NotAValue
from obshto.modules.opendata.models import Edition
from obshto.modules.opendata.services.editions import lines_of
from obshto.platform.datasets.declarations import Cell, ColumnType
from obshto.platform.datasets.writers import read_json_lines
from obshto.platform.unit_of_work import UnitOfWork

MOST, USUAL = 1_000, 100  # rows of one answer
MOST_LOOKED = 20_000  # rows that one answer looks at; where it ends, the next goes on
NUMBERS = (ColumnType.INTEGER.value, ColumnType.NUMBER.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A column, how it is compared, with what."""

    name: str
    relation: str  # "", "from", "to"
    value: Any

    def holds(self, row: Mapping[str, Cell]) -> bool:
        """What is hidden or empty fulfils nothing."""
        cell: Any = row.get(self.name)
        if cell is None:
            return False
        if self.relation == "from":
            return bool(cell >= self.value)
        return bool(cell <= self.value) if self.relation == "to" else bool(cell == self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiQuery:
    """What a program asks for: `after` is where the answer before ended."""

    conditions: Sequence[Condition]
    limit: int = USUAL
    after: int = 0


@dataclass(frozen=True, slots=True)
class ApiPage:
    """Rows, and where the next answer begins; None at the end."""

    rows: Sequence[Mapping[str, Cell]]
    after: int | None


def read_query(args: Mapping[str, str], columns: Sequence[Mapping[str, Any]]) -> ApiQuery:
    """`column=value`, `column.from=value`, `column.to=value`, `limit`, `after`.

    Raises NoSuchColumn, NotAValue, NotALimit.
    """
    types = {column["name"]: column["type"] for column in columns}
    conditions = [
        _condition(word, value, types)
        for word, value in args.items()
        if word not in ("limit", "after")
    ]
    limit, after = (_number(args.get(word, str(usual))) for word, usual in _PAGING)
    if not 1 <= limit <= MOST:
        raise NotALimit(most=MOST)
    return ApiQuery(conditions=conditions, limit=limit, after=after)


def read_page(uow: UnitOfWork, edition: Edition, query: ApiQuery) -> ApiPage:
    """The next rows that fulfil all conditions. Raises NoFileYet."""
    if "json" not in edition.files:
        raise NoFileYet
    rows: list[Mapping[str, Cell]] = []
    looked, at = 0, query.after
    for end, line in lines_of(uow, UUID(edition.files["json"]), start=query.after):
        for row in _row(line):
            if len(rows) == query.limit or looked == MOST_LOOKED:
                return ApiPage(rows, at)
            looked += 1
            if all(condition.holds(row) for condition in query.conditions):
                rows.append(row)
        at = end
    return ApiPage(rows, None)


_PAGING = (("limit", USUAL), ("after", 0))


def _row(line: bytes) -> list[Mapping[str, Cell]]:
    """Raises NotALimit: „after“ does not stand at the end of a line."""
    try:
        if line[:1] in (b"{", b"[", b"]", b""):
            return list(read_json_lines((line,)))
    except ValueError:  # a brace within a text
        pass
    raise NotALimit(most=MOST)


def _condition(word: str, value: str, types: Mapping[str, str]) -> Condition:
    name, _, relation = word.partition(".")
    if name not in types or relation not in ("", "from", "to"):
        raise NoSuchColumn(name=word[:60])
    return Condition(name=name, relation=relation, value=_value(name, value, types[name]))


def _value(name: str, value: str, kind: str) -> Cell:
    if kind in NUMBERS:
        try:
            return float(value)
        except ValueError:
            raise NotAValue(name=name, value=value[:60]) from None
    if kind == ColumnType.BOOLEAN:
        if value not in ("true", "false"):
            raise NotAValue(name=name, value=value[:60])
        return value == "true"
    return value


def _number(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) < 13):
        raise NotALimit(most=MOST)
    return int(value)
