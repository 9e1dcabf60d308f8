"""The cases of a definition are played: what is asked, paid, promised and printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from obshto.modules.eservices.services.answers import fee_due, rule_for
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.official_text import Values, filled, plain
from obshto.modules.eservices.services.procedures import PROCEDURES
from obshto.platform.errors import InvalidValue
from obshto.platform.legal.terms import term
from obshto.platform.questionnaires.answers import Answers, asked, counting, missing
from obshto.platform.questionnaires.normalization import Beside, cleaned
from obshto.platform.questionnaires.questions import Question
from obshto.platform.questionnaires.values import as_text

# The day on which the cases of a definition are played.
TRIAL_DAY = date(2026, 11, 24)


def faults_of(definition: Definition, case: Mapping[str, Any]) -> Iterator[str]:
    """What of a case is not so."""
    answers, official = _held(case["answers"]), _held(case.get("official", {}))
    shown = {question.id for question in asked(definition.questions, answers)}
    if unasked := set(case["asks"]) - shown:
        yield f"does not ask {unasked}"
    if needless := set(case["does_not_ask"]) & shown:
        yield f"asks {needless}"
    left = [question.id for question in missing(definition.questions, answers)]
    if left != case["missing"]:
        yield f"misses {left}"
    yield from _unclear(definition.questions, answers)
    yield from _unclear(definition.document.fields, official)
    yield from _unprinted(definition.form, case.get("form", ()), definition, answers, {})
    if "official" in case:
        yield from _unprinted(
            definition.document.lines, case["document"], definition, answers, official
        )
    if "golden" in case:
        yield from _not_golden(definition, case["golden"], answers, official)


def values_of(
    definition: Definition, answers: Answers, official: Answers, known: Mapping[str, str]
) -> Values:
    """What the texts of a definition are filled with: only answers to what is asked count."""
    questions = {**definition.questions, **definition.document.fields}
    given = counting(definition.questions, answers)
    filled_in = counting(definition.document.fields, official)
    return Values(questions, {**given, **filled_in}, known)


def _held(told: Mapping[str, Any]) -> dict[str, str]:
    """Answers as they are kept: a case writes several, and rows, as lists."""
    return {name: a if isinstance(a, str) else as_text(a) for name, a in told.items()}


def _unprinted(
    lines: Iterable[str],
    wanted: Iterable[str],
    definition: Definition,
    answers: Answers,
    official: Answers,
) -> Iterator[str]:
    text = plain(filled(tuple(lines), values_of(definition, answers, official, {})))
    yield from (f"does not print {line!r}" for line in wanted if line not in text)


def _not_golden(
    definition: Definition, golden: Mapping[str, Any], answers: Answers, official: Answers
) -> Iterator[str]:
    """Term with its ground, fee, decision: each as the case says."""
    due = term(rule_for(definition, answers), starts_on=date.fromisoformat(golden["received_on"]))
    if (due.due_on.isoformat(), due.article) != (golden["due_on"], golden["ground"]):
        yield f"is due on {due.due_on} by {due.article}"
    fee = fee_due(definition, answers, golden["tariff"])
    if fee != golden["fee"]:
        yield f"costs {fee}"
    ground = PROCEDURES[definition.procedure][golden["decision"]]
    if ground != golden["decided_by"]:
        yield f"is decided by {ground}"
    if left := [question.id for question in missing(definition.document.fields, official)]:
        yield f"is decided without {left}"


def _unclear(questions: Mapping[str, Question], answers: Answers) -> Iterator[str]:
    beside = Beside(answers=answers, today=TRIAL_DAY)
    for name, answer in answers.items():
        if name not in questions:
            yield f"answers what is no question: {name}"
            continue
        try:
            kept = cleaned(questions[name], answer, beside)
        except InvalidValue as fault:
            yield f"{name}: {fault}"
        else:
            if kept != answer:
                yield f"{name} would be kept as {kept!r}"
