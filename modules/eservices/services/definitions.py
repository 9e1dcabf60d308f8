"""A service as data: what is asked, what is printed, with test cases that run before it is used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from obshto.modules.eservices.errors import DefinitionBroken
from obshto.modules.eservices.services.fragments import DATA, composed
from obshto.platform.questionnaires.calculation import check_formula
from obshto.platform.questionnaires.logic import InvalidCondition, check_condition
from obshto.platform.questionnaires.questions import Question, QuestionPage, Words, read_questions


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
    """On what the fee rests; `is_none` where law knows none, `free` says who owes none.

    `calculated` names the question whose value it is, in place of what the council set.
    """

    article: str
    is_none: bool = False
    free: tuple[Mapping[str, Any], ...] = ()
    calculated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalRule:
    """Of a right that ends and is asked for again: `again` names the questions asked anew.

    `opens_days` before the last day of the document it may be asked for.
    """

    again: tuple[str, ...]
    opens_days: int = 60


@dataclass(frozen=True, slots=True)
class Destination:
    """Who receives an application: `to` is „office:name“ or „role:key“; the first that fits."""

    to: str
    when: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRegister:
    """What anybody may read of each document that is issued, by which law."""

    fields: tuple[str, ...]
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Words of the catalogue, of a service that a municipality made itself."""

    title: Words
    need: str
    law: str
    who: str = ""
    note: str = ""


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
    pages: tuple[QuestionPage, ...]
    form: tuple[str, ...]
    document: Document
    bring: tuple[Mapping[str, Any], ...]
    cases: tuple[Mapping[str, Any], ...]
    about: About | None = None
    letters: Mapping[str, str] = field(default_factory=dict)
    offer: Mapping[str, Any] = field(default_factory=dict)
    renewal: RenewalRule | None = None
    approvals: tuple[str, ...] = ()  # roles that approve a decision, one after the other
    destinations: tuple[Destination, ...] = ()
    register: OpenRegister | None = None


# A version never changes in what it asks; how a question is put to people may.
BETTER_PUT = {"С кой номер се легитимира заявителят?": "Кой номер има заявителят?"}


def read_definition(given: Mapping[str, Any]) -> Definition:
    """A definition out of JSON, its shape checked. Raises DefinitionBroken with every fault."""
    given = composed(given)
    faults = [error.message for error in _schema().iter_errors(given)]
    faults += condition_faults(given)
    if faults:
        raise DefinitionBroken("; ".join(faults))
    document = given["document"]
    plain = ("service", "version", "official_title", "procedure")
    return Definition(
        questions=read_questions({name: _put(it) for name, it in given["fields"].items()}),
        pages=tuple(QuestionPage(p["id"], p["title"], tuple(p["fields"])) for p in given["pages"]),
        form=tuple(given["form"]),
        document=Document(
            title=document["title"],
            lines=tuple(document["lines"]),
            fields=read_questions(document["fields"]),
            signed_by=document["signed_by"],
            valid_months=document.get("valid_months"),
            valid_to=document.get("valid_to"),
        ),
        terms=_terms(given["term"]),
        fee=_fee(given["fee"]) if "fee" in given else None,
        bring=tuple(given["bring"]),
        cases=tuple(given["cases"]),
        about=About(**given["about"]) if "about" in given else None,
        letters=given.get("letters", {}),
        offer=given.get("offer", {}),
        renewal=_renewal(given["renewal"]) if "renewal" in given else None,
        approvals=tuple(given.get("approvals", ())),
        destinations=tuple(
            Destination(it["to"], it.get("when")) for it in given.get("destinations", ())
        ),
        register=_register(given["register"]) if "register" in given else None,
        **{name: given[name] for name in plain},
    )


def _put(question: Mapping[str, Any]) -> Mapping[str, Any]:
    label = question["label"]
    better = BETTER_PUT.get(label["bg"])
    return {**question, "label": {**label, "bg": better}} if better else question


_CHECKED = {"when": check_condition, "formula": check_formula}


def condition_faults(given: Any) -> Iterator[str]:
    """The conditions and formulas that are not evaluated, wherever they stand."""
    for name, part in given.items() if isinstance(given, dict) else ():
        if name in _CHECKED:
            try:
                _CHECKED[name](part)
            except InvalidCondition as fault:
                yield f"{fault}"
        elif name != "cases":
            yield from condition_faults(part)
    for part in given if isinstance(given, list) else ():
        yield from condition_faults(part)


def stored_definitions() -> Iterator[Mapping[str, Any]]:
    """Every version of every definition that comes with the module, as it is written."""
    for path in sorted((DATA / "definitions").glob("*.json")):
        yield json.loads(path.read_text("utf-8"))


def _terms(told: str | list[Mapping[str, Any]]) -> tuple[TermRule, ...]:
    if isinstance(told, str):
        return (TermRule(told),)
    return tuple(TermRule(rule["rule"], rule.get("when")) for rule in told)


@cache
def renewal_rules() -> Mapping[str, RenewalRule]:
    """Of the services that come with the module, by their key: a version of them never changes."""
    told = json.loads((DATA / "renewals.json").read_text("utf-8"))
    return {key: _renewal(rule) for key, rule in told.items() if key != "source"}


def _renewal(told: Mapping[str, Any]) -> RenewalRule:
    return RenewalRule(**{**told, "again": tuple(told["again"])})


def _register(told: Mapping[str, Any]) -> OpenRegister:
    return OpenRegister(fields=tuple(told["fields"]), law=told["law"])


def _fee(told: Mapping[str, Any]) -> FeeRule:
    return FeeRule(
        article=told["article"],
        is_none=told.get("none", False),
        free=tuple(told.get("free", ())),
        calculated=told.get("calculated", ""),
    )


@cache
def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((DATA / "definition.schema.json").read_text("utf-8")))
