"""A service as data: what is asked, what is printed, with test cases that run before it is used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from obshto.modules.eservices.errors import DefinitionBroken
from obshto.modules.eservices.services.fragments import DATA, composed
from obshto.modules.eservices.services.values import Row, rows_in, several

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a question that has a list."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field: `when` says of whom it is asked, `kind` or `kind_from` what an identifier is.

    A date is not before another one where `after` names it, and of its year where it must be. A
    number has so many `decimals`. Rows have `columns`, and are at most `most`.
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

    def said(self, answer: str, language: str = "bg") -> str:
        """The words of what was chosen, in this language; any other answer as people write it."""
        if self.columns:
            return "; ".join(self.rows_said(answer, language))
        if self.type == "number":
            return answer.replace(".", ",")
        labels = {choice.value: choice.label for choice in self.options}
        if not labels:
            return answer
        return ", ".join(labels[a][language] if a in labels else a for a in several(answer))

    def day(self, answer: str) -> date:
        """The day of a date that was answered."""
        return date.fromisoformat(answer)

    def rows_said(self, answer: str, language: str = "bg") -> list[str]:
        """Each row in one line."""
        return [
            ", ".join(said for said in self.cells_said(row, language).values() if said)
            for row in rows_in(answer)
        ]

    def cells_said(self, row: Row, language: str = "bg") -> dict[str, str]:
        """The cells of a row by column, as they are said."""
        return {c.id: c.said(row.get(c.id, ""), language) for c in self.columns}


@dataclass(frozen=True, slots=True)
class Page:
    """A question, or a small group of them that belong together."""

    id: str
    title: Words
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is issued: its text by law or custom, and what the official fills in."""

    title: str
    lines: tuple[str, ...]
    fields: Mapping[str, Question]
    signed_by: str
    valid_months: int | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class TermRule:
    """By which rule the term runs, and for whom; the first that fits counts."""

    rule: str
    when: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRule:
    """On what the fee rests; `is_none` where law knows none, `free` says who owes none."""

    article: str
    is_none: bool = False
    free: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One version of a service. A case keeps the version that it was sent with."""

    service: str
    version: int
    official_title: str
    procedure: str
    terms: tuple[TermRule, ...]
    fee: FeeRule | None
    questions: Mapping[str, Question]
    pages: tuple[Page, ...]
    form: tuple[str, ...]
    document: Document
    bring: tuple[Mapping[str, Any], ...]
    cases: tuple[Mapping[str, Any], ...]


def read_definition(given: Mapping[str, Any]) -> Definition:
    """A definition out of JSON, its shape checked. Raises DefinitionBroken with every fault."""
    given = composed(given)
    faults = [error.message for error in _schema().iter_errors(given)]
    if faults:
        raise DefinitionBroken("; ".join(faults))
    document = given["document"]
    plain = ("service", "version", "official_title", "procedure")
    return Definition(
        questions=_questions(given["fields"]),
        pages=tuple(Page(p["id"], p["title"], tuple(p["fields"])) for p in given["pages"]),
        form=tuple(given["form"]),
        document=Document(
            title=document["title"],
            lines=tuple(document["lines"]),
            fields=_questions(document["fields"]),
            signed_by=document["signed_by"],
            valid_months=document.get("valid_months"),
            valid_to=document.get("valid_to"),
        ),
        terms=_terms(given["term"]),
        fee=_fee(given["fee"]) if "fee" in given else None,
        bring=tuple(given["bring"]),
        cases=tuple(given["cases"]),
        **{name: given[name] for name in plain},
    )


def stored_definitions() -> Iterator[Mapping[str, Any]]:
    """Every version of every definition that comes with the module, as it is written."""
    for path in sorted((DATA / "definitions").glob("*.json")):
        yield json.loads(path.read_text("utf-8"))


def _questions(fields: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Question]:
    return {name: _question(name, field) for name, field in fields.items()}


def _question(name: str, field: Mapping[str, Any]) -> Question:
    options = tuple(Choice(o["value"], o["label"]) for o in field.get("options", ()))
    columns = tuple(_questions(field.get("columns", {})).values())
    return Question(id=name, **{**field, "options": options, "columns": columns})


def _terms(told: str | list[Mapping[str, Any]]) -> tuple[TermRule, ...]:
    if isinstance(told, str):
        return (TermRule(told),)
    return tuple(TermRule(rule["rule"], rule.get("when")) for rule in told)


def _fee(told: Mapping[str, Any]) -> FeeRule:
    return FeeRule(
        article=told["article"], is_none=told.get("none", False), free=tuple(told.get("free", ()))
    )


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((DATA / "definition.schema.json").read_text("utf-8")))
