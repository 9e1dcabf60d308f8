"""A definition is published when its own test cases have passed; else nobody is asked by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from obshto.modules.eservices.errors import DefinitionBroken, Mend, NoSuchService
from obshto.modules.eservices.services.answers import (
    Answers,
    Beside,
    asked,
    cleaned,
    counting,
    missing,
)
from obshto.modules.eservices.services.definitions import (
    Definition,
    Question,
    read_definition,
    stored_definitions,
)
from obshto.modules.eservices.services.terms import RULES
from obshto.modules.eservices.services.wording import Values, blanks_of, filled, plain

# What the house fills in by itself.
KNOWN = {
    *(
        "municipality_name",
        "municipality_short",
        "date",
        "applicant_signature",
        "entry_number",
        "issued_on",
    ),
    *("official_name", "clerk_name", "paid_electronically"),
}
# The day on which the cases of a definition are played.
TRIAL_DAY = date(2026, 11, 24)


@cache
def published() -> Mapping[tuple[str, int], Definition]:
    """All versions that come with the module, by service and version. Raises DefinitionBroken."""
    found = {}
    for given in stored_definitions():
        definition = read_definition(given)
        check(definition)
        found[definition.service, definition.version] = definition
    return found


def latest(service: str) -> Definition | None:
    """The version that new applications are made with; None where there is only the paper way."""
    versions = [d for (name, _), d in published().items() if name == service]
    return max(versions, key=lambda definition: definition.version, default=None)


def definition_of(service: str, version: int) -> Definition:
    """The version that a case was sent with. Raises NoSuchService."""
    try:
        return published()[service, version]
    except KeyError:
        raise NoSuchService from None


def check(definition: Definition) -> None:
    """Play the cases, look for loose ends. Raises DefinitionBroken with every fault."""
    faults = [*_loose_ends(definition)]
    for case in definition.cases:
        faults += [f"{case['name']}: {fault}" for fault in _faults_of(definition, case)]
    if faults:
        raise DefinitionBroken(f"{definition.service}: " + "; ".join(faults))


def _loose_ends(definition: Definition) -> Iterator[str]:
    placed = [name for page in definition.pages for name in page.fields]
    if sorted(placed) != sorted(definition.questions):
        yield f"questions and pages differ: {set(placed) ^ set(definition.questions)}"
    if definition.term not in RULES:
        yield f"no such term: {definition.term}"
    asked_for = blanks_of(definition.form) - KNOWN - set(definition.questions)
    if asked_for:
        yield f"the form prints what nobody asks: {asked_for}"
    known = KNOWN | set(definition.questions) | set(definition.document.fields)
    if unasked := blanks_of(definition.document.lines) - known:
        yield f"the document prints what nobody knows: {unasked}"


def _faults_of(definition: Definition, case: Mapping[str, Any]) -> Iterator[str]:
    answers = case["answers"]
    shown = {question.id for question in asked(definition.questions, answers)}
    if unasked := set(case["asks"]) - shown:
        yield f"does not ask {unasked}"
    if needless := set(case["does_not_ask"]) & shown:
        yield f"asks {needless}"
    left = [question.id for question in missing(definition.questions, answers)]
    if left != case["missing"]:
        yield f"misses {left}"
    yield from _unclear(definition.questions, answers)
    if "official" in case:
        official = case["official"]
        yield from _unclear(definition.document.fields, official)
        text = plain(
            filled(definition.document.lines, values_of(definition, answers, official, {}))
        )
        yield from (f"does not print {line!r}" for line in case["document"] if line not in text)


def _unclear(questions: Mapping[str, Question], answers: Answers) -> Iterator[str]:
    beside = Beside(answers=answers, today=TRIAL_DAY)
    for name, answer in answers.items():
        if name not in questions:
            yield f"answers what is no question: {name}"
            continue
        try:
            kept = cleaned(questions[name], answer, beside)
        except Mend as fault:
            yield f"{name}: {fault}"
        else:
            if kept != answer:
                yield f"{name} would be kept as {kept!r}"


def values_of(
    definition: Definition, answers: Answers, official: Answers, known: Mapping[str, str]
) -> Values:
    """What the texts of a definition are filled with: only answers to what is asked count."""
    questions = {**definition.questions, **definition.document.fields}
    given = counting(definition.questions, answers)
    filled_in = counting(definition.document.fields, official)
    return Values(questions, {**given, **filled_in}, known)
