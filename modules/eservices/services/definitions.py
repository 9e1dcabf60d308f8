"""A service as data: what is asked, what is printed, with test cases that run before it is used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from obshto.modules.eservices.errors import DefinitionBroken

DATA = Path(__file__).parents[1] / "data"
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a question that has a list."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field: `when` says of whom it is asked, `kind` or `kind_from` what an identifier is."""

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

    def said(self, answer: str, language: str = "bg") -> str:
        """The words of a chosen answer, in this language; any other answer as it is."""
        labels = {choice.value: choice.label for choice in self.options}
        return labels[answer][language] if answer in labels else answer


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One version of a service. A case keeps the version that it was sent with."""

    service: str
    version: int
    official_title: str
    procedure: str
    term: str
    questions: Mapping[str, Question]
    pages: tuple[Page, ...]
    form: tuple[str, ...]
    document: Document
    bring: tuple[Mapping[str, Any], ...]
    cases: tuple[Mapping[str, Any], ...]


def read_definition(given: Mapping[str, Any]) -> Definition:
    """A definition out of JSON, its shape checked. Raises DefinitionBroken with every fault."""
    faults = [error.message for error in _schema().iter_errors(given)]
    if faults:
        raise DefinitionBroken("; ".join(faults))
    document = given["document"]
    plain = ("service", "version", "official_title", "procedure", "term")
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
        ),
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
    return Question(id=name, **{**field, "options": options})


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((DATA / "definition.schema.json").read_text("utf-8")))
