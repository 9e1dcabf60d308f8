"""A table that is filled in row by row, without a script: a few empty rows always follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import TextInput

from obshto.platform.questionnaires.questions import Question
from obshto.platform.questionnaires.values import Row

PLACES = "places"  # the id of the list of towns and villages on the page
MOST = 100  # rows that are read of what came


class RowsField(Field):
    """The cells are sent as name-row-column. A row without a word in it is no row."""

    widget = TextInput()

    def __init__(self, *args: Any, question: Question, spare: int, language: str, **kw: Any):
        super().__init__(*args, **kw)
        self.columns, self.most, self.spare = question.columns, question.most, spare
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
        return [*rows, *({} for _ in range(min(self.spare, room)))]

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
        cell: Field = shape.bind(form=None, name=f"{self.name}-{at}-{column.id}", _meta=self.meta)
        cell.flags.optional = not column.required
        cell.process(None, row.get(column.id, ""))
        cell.column = column
        return cell

    def _sent(self, formdata: Any) -> list[Row]:
        cell = re.compile(rf"{re.escape(self.name)}-(\d{{1,2}})-(\w+)").fullmatch
        known, rows = {column.id for column in self.columns}, dict[int, Row]()
        for key in formdata:
            found = cell(key)
            if found and found[2] in known:
                row = rows.setdefault(int(found[1]), {})
                row[found[2]] = formdata.get(key).replace("\0", "").strip()
        return [rows[at] for at in sorted(rows)][:MOST]
