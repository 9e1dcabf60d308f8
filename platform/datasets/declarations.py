"""Declaration of a data set: its columns, its query, what of it must not be told exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flask_babel import LazyString
from sqlalchemy import Select

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
Cell = str | int | float | bool | None
Query = Select[*tuple[Any, ...]]


class ColumnType(StrEnum):
    """Types of cells, by their names in Frictionless Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column by the name that programs read and the title for people.

    `words` are what its codes mean. `is_place` holds EKATTE codes. `counts_people`: numbers below
    ten are hidden, and with them as many others as it takes.
    """

    name: str
    title: LazyString | str
    type: ColumnType = ColumnType.STRING
    words: Mapping[str, LazyString | str] = field(default_factory=dict)
    is_place: bool = False
    counts_people: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """What a component gives away. `rows` selects one expression a column, in a fixed order.

    `unfold` makes rows of the table out of a row of the query where SQL can't. `within` are the
    columns whose rows are added up together: hiding looks at each such group, so the rows must come
    sorted by them. `key` tells a row from others between two versions. `theme` is a code of the
    EU's vocabulary of data themes. `point` names latitude and longitude, `named_by` the column by
    which a point is called where its first text is another, `chart` a period and a number, `path`
    the page that shows the same to people. `period` are the columns of days, months or years that
    the rows tell of; without any the set says how things stand on the day of the edition.
    """

    slug: str
    title: LazyString | str
    about: LazyString | str
    columns: tuple[Column, ...]
    rows: Callable[[UnitOfWork], Query]
    unfold: Callable[[UnitOfWork, Any], Iterable[tuple[Any, ...]]] | None = None
    key: tuple[str, ...] = ("id",)
    within: tuple[str, ...] = ()
    theme: str = "GOVE"
    licence: str = CC_BY
    point: tuple[str, str] | None = None
    named_by: str = ""
    chart: tuple[str, str] | None = None
    path: str = ""
    period: tuple[str, ...] = ()

    @property
    def group(self) -> Column | None:
        """The category, else the village, by which it is drawn where it has no chart by period."""
        if self.chart:
            return None
        categories = (column for column in self.columns if column.words)
        places = (column for column in self.columns if column.is_place)
        return next(categories, None) or next(places, None)

    @property
    def drawn(self) -> tuple[str, str] | None:
        """The column that has a bar for each value, and the number that is added up: empty where
        rows are counted."""
        if self.chart or (group := self.group) is None:
            return self.chart
        people = (column.name for column in self.columns if column.counts_people)
        return group.name, next(people, "")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)
