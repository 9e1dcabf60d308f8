"""Repeating groups of a design: what is asked of each row, how many rows, as a table or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from obshto.modules.eservices.errors import TooManyColumns
from obshto.modules.eservices.services.design.compiler import Design
from obshto.modules.eservices.services.design.kinds import (
    GROUP,
    LISTS,
    OTHER,
    column_kind_of,
    column_shape_of,
    fits_a_table,
    kind_of,
)
from obshto.modules.eservices.services.design.steps import (
    DOWN,
    REMOVE,
    UP,
    DesignedQuestion,
    fields_at,
    free_name,
    options_of,
    place_of,
)
from obshto.platform.web.language import SOURCE

MOST_COLUMNS = 12
_RESERVED = frozenset({"no", "count"})  # what a text says of a row itself
KEPT = ("decimals", "max", "past")


def group_at(design: Design, name: str) -> dict[str, Any] | None:
    """The repeating group of this name; None where there is none."""
    place = place_of(design, name)
    field: dict[str, Any] | None = fields_at(design, place).get(name) if place else None
    return field if field is not None and kind_of(field) == GROUP else None


def put_column(group: dict[str, Any], asked: DesignedQuestion, column: str | None = None) -> str:
    """Add what is asked of each row, or change it. Raises TooManyColumns."""
    columns: dict[str, Any] = group["columns"]
    before = columns.get(column, {}) if column else {}
    made = _column(asked, before)
    if column is None and columns and columns[last := [*columns][-1]] == made:
        return last  # the same form, sent twice
    if column is None and len(columns) >= MOST_COLUMNS:
        raise TooManyColumns(most=MOST_COLUMNS)
    column = column or free_name(asked.label[SOURCE], {*columns, *_RESERVED})
    columns[column] = made
    _settle_table(group)
    return column


def move_column(group: dict[str, Any], column: str, way: str) -> None:
    """One place up or down, or away."""
    columns = group["columns"]
    if column not in columns:
        return
    if way == REMOVE:
        del columns[column]
        _settle_table(group)
        return
    names = list(columns)
    at = names.index(column)
    to = at + {UP: -1, DOWN: 1}[way]
    if 0 <= to < len(names):
        names[at], names[to] = names[to], names[at]
        group["columns"] = {name: columns[name] for name in names}


def move_named_column(design: Design, told: str, way: str) -> None:
    """The same by `group.column`; nothing where there is no such group."""
    name, _, column = told.partition(".")
    if (group := group_at(design, name)) is not None:
        move_column(group, column, way)


def set_rows(group: dict[str, Any], *, least: int, most: int, as_table: bool) -> None:
    """How many rows there are; as a table only where the cells are short."""
    group["most"] = most
    for key, value in (("least", least), ("as_table", as_table and fits_a_table(group))):
        if value:
            group[key] = value
        else:
            group.pop(key, None)


def _settle_table(group: dict[str, Any]) -> None:
    if not fits_a_table(group):
        group.pop("as_table", None)


def _column(asked: DesignedQuestion, before: Mapping[str, Any]) -> dict[str, Any]:
    if asked.kind == OTHER:
        return {**before, "label": dict(asked.label), "required": asked.required}
    kept = before if before and column_kind_of(before) == asked.kind else {}
    column = {**column_shape_of(asked.kind), **{k: kept[k] for k in KEPT if k in kept}}
    column |= {"label": dict(asked.label), "required": asked.required}
    if asked.kind in LISTS:
        column["options"] = options_of(asked, before)
    told = {
        "past": asked.past and asked.kind == "date",
        "decimals": asked.decimals if asked.kind == "number" else 0,
    }
    for key, value in told.items():
        if value:
            column[key] = value
        else:
            column.pop(key, None)
    return column
