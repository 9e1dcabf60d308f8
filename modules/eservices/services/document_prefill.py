"""Prefill of a document: what the applicant wrote stands in its fields already, to be checked.

Rules by service in `data/document_prefill.json`: the first whose condition holds counts. `from` is
a text with blanks as in `official_text`, or the name of an answer that is kept in the same shape.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.definition_tests import values_of
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.fragments import DATA
from obshto.modules.eservices.services.official_text import BLANK, Values, filled, plain
from obshto.platform.questionnaires.logic import holds
from obshto.platform.questionnaires.questions import Question
from obshto.platform.questionnaires.values import as_text, rows_in

PrefillRules = Mapping[str, Sequence[Mapping[str, Any]]]


def prefilled(definition: Definition, case: Case) -> dict[str, str]:
    """Answers to the fields of the document, by their names; only those that are known."""
    values = values_of(definition, case.read(), {}, {})
    found = {
        name: _answer(definition.document.fields[name], rules, values)
        for name, rules in prefill_rules().get(definition.service, {}).items()
        if name in definition.document.fields
    }
    return {name: answer for name, answer in found.items() if answer}


@cache
def prefill_rules() -> Mapping[str, PrefillRules]:
    """Rules of the services that come with the module, by service and field."""
    told = json.loads((DATA / "document_prefill.json").read_text("utf-8"))
    return {key: rules for key, rules in told.items() if key != "source"}


def _answer(field: Question, rules: Sequence[Mapping[str, Any]], values: Values) -> str:
    rule = next((rule for rule in rules if holds(rule.get("when"), values.answers)), None)
    if rule is None:
        return ""
    if field.columns:
        names = [column.id for column in field.columns]
        rows = rows_in(values.answers.get(rule["from"], ""))
        return as_text({name: row.get(name, "") for name in names} for row in rows[: field.most])
    if "{" not in rule["from"]:
        return values.answers.get(rule["from"], "")
    [text] = plain(filled([rule["from"]], values))
    return "" if BLANK in text or len(text) > field.max else text
