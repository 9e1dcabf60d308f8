"""A table that is filled in row by row, without a script: a few empty rows always follow.

A row goes when it is emptied, or by the button whose value is `name-row` in the box `drop`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import TextInput

from obshto.platform.questionnaires.questions import Question
from obshto.platform.questionnaires.values import Row
from obshto.platform.web.forms import DayField

PLACES = "places"  # the id of the list of towns and villages on the page
MOST = 100  # rows that are read of what came


class RowsField(Field):
    """The cells are sent as name-row-column. A row without a word in it is no row."""

    widget = TextInput()

    def __init__(self, *args: Any, question: Question, spare: int, language: str, **kw: Any):
        super().__init__(*args, **kw)
        self.columns, self.most, self.spare = question.columns, question.most, spare
        self.least = question.least
        self.language = language

    def process(self, formdata: Any, *args: Any, **kw: Any) -> None:
        """What came in the form wins over what was kept."""
        super().process(None, *args, **kw)
        if formdata:
            self.data = [row for row in self._sent(formdata) if any(row.values())]
            self.raw_data = ["rows"] if self.data else []

    @property
    def drawn(self) -> Sequence[Row]:
        """The rows to be drawn: those that are filled, and some to fill."""
        rows: list[Row] = self.data or []
        room = max(self.most - len(rows), 0)
        spare = min(max(self.spare, self.least - len(rows)), room)
        return [*rows, *({} for _ in range(spare))]

    @property
    def has_room(self) -> bool:
        """Whether another row may follow those that are drawn."""
        return len(self.drawn) < self.most

    def cells(self) -> list[list[Field]]:
        """A field for each cell of the rows that are drawn."""
        return [[self._cell(at, c, row) for c in self.columns] for at, row in enumerate(self.drawn)]

    def _cell(self, at: int, column: Question, row: Row) -> Field:
        label, shape = column.label[self.language], StringField(column.label[self.language])
        if column.options:
            choices = [SelectChoice(c.value, c.label[self.language]) for c in column.options]
            shape = SelectField(label, choices=[SelectChoice("", ""), *choices])
        elif column.type == "settlement":
            shape = StringField(label, render_kw={"list": PLACES})
        elif column.type == "date":
            shape = DayField(label)
        cell: Field = shape.bind(form=None, name=f"{self.name}-{at}-{column.id}", _meta=self.meta)
        cell.flags.optional = not column.required
        if isinstance(cell, DayField):
            _draw_day(cell, row.get(column.id, ""))
        else:
            cell.process(None, row.get(column.id, ""))
        cell.column = column
        return cell

    def _sent(self, formdata: Any) -> list[Row]:
        cell = re.compile(rf"{re.escape(self.name)}-(\d{{1,2}})-(\w+)").fullmatch
        known, rows = {column.id: column for column in self.columns}, dict[int, Row]()
        for key in formdata:
            found = cell(key)
            if found and found[2] in known and formdata.get("drop") != f"{self.name}-{found[1]}":
                row = rows.setdefault(int(found[1]), {})
                typed = [text.replace("\0", "").strip() for text in formdata.getlist(key)]
                row[found[2]] = _day_of(typed) if known[found[2]].type == "date" else typed[0]
        return [rows[at] for at in sorted(rows)][:MOST]


def _day_of(typed: Sequence[str]) -> str:
    """A day out of its three boxes; as it was typed, with stops, where there is none such."""
    day, month, year = [*typed, "", "", ""][:3]
    try:
        return date(int(year) if len(year) == 4 else 0, int(month), int(day)).isoformat()
    except ValueError:
        return f"{day}.{month}.{year}".strip(".") and f"{day}.{month}.{year}"


def _draw_day(cell: DayField, kept: str) -> None:
    try:
        cell.process(None, date.fromisoformat(kept))
    except ValueError:
        cell.process(None, None)
        cell.typed = [*kept.split("."), "", "", ""][:3]
