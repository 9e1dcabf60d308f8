"""Checks of calculated values: what they look at is there, asked before, and not themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext

from obshto.modules.eservices.services.design.compiler import Design
from obshto.modules.eservices.services.design.faults import QUESTION, Fault
from obshto.modules.eservices.services.design.formulas import (
    FormulaFault,
    formula_of,
    said_formula,
)
from obshto.modules.eservices.services.fragments import composed
from obshto.platform.questionnaires.calculation import divisors_in, names_in_formula
from obshto.platform.questionnaires.questions import NUMERIC
from obshto.platform.web.language import SOURCE

Fields = Mapping[str, Mapping[str, Any]]


def faults_of_formulas(design: Design) -> Iterator[Fault]:
    """Each fault of a calculated value, in the order of the questions."""
    whole = composed(design)
    fields = whole["fields"]
    order = [name for page in whole["pages"] for name in page["fields"]]
    for name, field in design["fields"].items():
        if "formula" not in field:
            continue
        label = field["label"][SOURCE]
        words = _unknown(fields, order, name) or _unreadable(fields, name)
        if words:
            yield Fault(words=words, place=QUESTION, name=name)
        elif not all(_is_never_zero(part, fields) for part in divisors_in(field["formula"])):
            words = gettext(
                "„%(label)s“ дели на нещо, което може да е нула. Тогава заявлението не може да се"
                " подаде.",
                label=label,
            )
            yield Fault(words=words, place=QUESTION, name=name, blocks=False)


def goes_in_circles(fields: Fields, name: str, formula: Any) -> bool:
    """Whether a value with this formula would be calculated of itself."""
    seen: set[str] = set()
    waiting = [*names_in_formula(formula)]
    while waiting:
        other = waiting.pop().partition(".")[0]
        if other == name:
            return True
        if other not in seen:
            seen.add(other)
            waiting += names_in_formula(fields.get(other, {}).get("formula"))
    return False


def _unknown(fields: Fields, order: list[str], name: str) -> str:
    """What it looks at and is not there, or is asked later."""
    label = fields[name]["label"][SOURCE]
    for other in sorted(names_in_formula(fields[name]["formula"])):
        question, _, column = other.partition(".")
        if question not in fields or (column and column not in fields[question].get("columns", {})):
            return str(gettext("„%(label)s“ смята с въпрос, който вече го няма.", label=label))
        if question not in order or order.index(question) >= order.index(name):
            return str(
                gettext(
                    "„%(label)s“ смята с „%(other)s“, който се пита по-късно. Преместете"
                    " изчислението след него.",
                    label=label,
                    other=fields[question]["label"][SOURCE],
                )
            )
    return ""


def _unreadable(fields: Fields, name: str) -> str:
    """A file of somebody else may add up what is no number."""
    field = fields[name]
    others = {key: other for key, other in fields.items() if key != name}
    try:
        formula_of(said_formula(field["formula"], others), others)
    except FormulaFault as fault:
        label = field["label"][SOURCE]
        return str(
            gettext("„%(label)s“ не може да се изчисли. %(why)s", label=label, why=str(fault))
        )
    return ""


def _is_never_zero(part: Any, fields: Fields) -> bool:
    """A constant, a number that must be answered, the count of a group that must have rows."""
    match part:
        case int() | float():
            return part != 0
        case {"var": str(name)}:
            field = fields.get(name, {})
            return field.get("type") in NUMERIC and "formula" not in field and _is_asked(field)
        case {"count": [str(name)]}:
            return _is_asked(fields.get(name, {}))
    return False


def _is_asked(field: Mapping[str, Any]) -> bool:
    return bool(field.get("required")) and "when" not in field
