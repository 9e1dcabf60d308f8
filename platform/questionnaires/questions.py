"""Questions as data: type, label in each language, condition, limits; read out of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from obshto.platform.questionnaires.values import Row, rows_in, several

Words = Mapping[str, str]
NUMERIC = ("number", "money")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a question that has a list."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field: `when` says of whom it is asked, `kind` or `kind_from` what an identifier is.

    A date is not before another one where `after` names it, and of its year where it must be. A
    number has so many `decimals`. Rows have `columns`, and are `least` to `most`; one row is a
    group, several are drawn `as_table` where their cells are short. What has a `formula` is never
    asked: it is calculated of the answers before it.
    `purpose` says what a personal datum is for; `sensitive` marks one that asks for more care.
    """

    id: str
    type: str
    label: Words
    required: bool
    hint: Words | None = None
    options: tuple[Choice, ...] = ()
    when: Mapping[str, Any] | None = None
    kind: str | None = None
    kind_from: str | None = None
    max: int = 200
    past: bool = False
    after: str | None = None
    same_year: bool = False
    decimals: int = 0
    columns: tuple[Question, ...] = ()
    most: int = 20
    least: int = 0
    as_table: bool = False
    formula: Mapping[str, Any] | None = None
    example: Words | None = None
    purpose: str = ""
    sensitive: bool = False

    @property
    def is_declaration(self) -> bool:
        """Whether it is one sentence to agree to."""
        return self.type == "checks" and len(self.options) == 1

    def said(self, answer: str, language: str = "bg") -> str:
        """The words of what was chosen, in this language; any other answer as people write it."""
        if self.columns:
            return "; ".join(self.rows_said(answer, language))
        if self.is_numeric:
            return answer.replace(".", ",") + (" €" if answer and self.type == "money" else "")
        if self.type == "date" and answer:
            return f"{self.day(answer):%d.%m.%Y}" + (" г." if language == "bg" else "")
        labels = {choice.value: choice.label for choice in self.options}
        if not labels:
            return answer
        return ", ".join(labels[a][language] if a in labels else a for a in several(answer))

    @property
    def is_numeric(self) -> bool:
        """Whether its answer is a number."""
        return self.type in NUMERIC

    @property
    def is_group(self) -> bool:
        """Whether its columns are the parts of one answer: a person, a company, an address."""
        return bool(self.columns) and self.most == 1

    @property
    def is_point(self) -> bool:
        """Whether it asks for a place on the map."""
        return self.type == "point"

    @property
    def looks_up_places(self) -> bool:
        """Whether some part of it is a town or village."""
        return self.type == "settlement" or any(c.type == "settlement" for c in self.columns)

    def day(self, answer: str) -> date:
        """The day of a date that was answered."""
        return date.fromisoformat(answer)

    def rows_said(self, answer: str, language: str = "bg") -> list[str]:
        """Each row in one line."""
        return [
            ", ".join(said for said in self.cells_said(row, language).values() if said)
            for row in rows_in(answer)
        ]

    def rows_of_cells(self, answer: str, language: str = "bg") -> list[dict[str, str]]:
        """The cells of each row by column, as they are said."""
        return [self.cells_said(row, language) for row in rows_in(answer)]

    def cells_said(self, row: Row, language: str = "bg") -> dict[str, str]:
        """The cells of a row by column, as they are said."""
        return {c.id: c.said(row.get(c.id, ""), language) for c in self.columns}


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question, or a small group of them that belong together."""

    id: str
    title: Words
    fields: tuple[str, ...]


def read_questions(fields: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Question]:
    """Questions by id, in their order, of fields whose shape was checked."""
    return {name: _question(name, field) for name, field in fields.items()}


def _question(name: str, field: Mapping[str, Any]) -> Question:
    options = tuple(Choice(o["value"], o["label"]) for o in field.get("options", ()))
    columns = tuple(read_questions(field.get("columns", {})).values())
    return Question(id=name, **{**field, "options": options, "columns": columns})
