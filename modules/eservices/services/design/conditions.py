"""Conditions of a designer: „X is Y“, one or several, to JsonLogic and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from obshto.platform.web.language import SOURCE

ANY, ALL = "or", "and"
ANSWERED = "*"  # instead of one answer: whatever was answered
IN_ONE_ROW = ".0."  # between a group of one row (an address) and what is asked in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One line of a condition. `in_list` where the question takes several answers."""

    question: str
    value: str
    is_not: bool = False
    in_list: bool = False


def condition_of(tests: Sequence[Comparison], join: str) -> dict[str, Any] | None:
    """The condition in JsonLogic; None where there is no line."""
    parts = [_logic(test) for test in tests]
    if len(parts) < 2:
        return parts[0] if parts else None
    return {ANY if join == ANY else ALL: parts}


def tests_of(condition: Mapping[str, Any] | None) -> tuple[list[Comparison], str] | None:
    """The lines of a condition and how they are joined; None for one that is no designer's."""
    if condition is None:
        return [], ALL
    for join in (ANY, ALL):
        if join in condition:
            found = [_test(part) for part in condition[join]]
            return (list(filter(None, found)), join) if all(found) else None
    test = _test(condition)
    return ([test], ALL) if test else None


def only_choice(condition: Mapping[str, Any] | None) -> tuple[str, str] | None:
    """Question and answer of a condition that is „X is Y“ and nothing more."""
    lines = tests_of(condition)
    if lines is None or len(lines[0]) != 1:
        return None
    (test,) = lines[0]
    return None if test.is_not or test.value == ANSWERED else (test.question, test.value)


def said_condition(
    condition: Mapping[str, Any] | None, fields: Mapping[str, Mapping[str, Any]]
) -> str:
    """When something is asked, in words; empty where it always is."""
    if condition is None:
        return ""
    lines = tests_of(condition)
    if lines is None:
        return str(gettext("по условие на образеца"))
    joined = gettext(" или ") if lines[1] == ANY else gettext(" и ")
    return str(joined.join(_said(test, field_of(test.question, fields)) for test in lines[0]))


def field_of(name: str, fields: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The question that a line looks at, also one within a group of one row; empty: it is gone."""
    group, _in, inner = name.partition(IN_ONE_ROW)
    found = fields.get(group, {})
    if not inner or not found:
        return found
    column = found.get("columns", {}).get(inner)
    if column is None:
        return {}
    label = f"{found['label'][SOURCE]}: {column['label'][SOURCE]}"
    return {**column, "label": {**column["label"], SOURCE: label}}


def said_answer(test: Comparison, field: Mapping[str, Any]) -> str:
    """The answer that a line looks for, without its question."""
    if test.value == ANSWERED:
        return str(gettext("Няма отговор") if test.is_not else gettext("Отговорено е"))
    answer = _answer(test, field)
    return str(gettext("Не е „%(b)s“", b=answer) if test.is_not else gettext("„%(b)s“", b=answer))


def _answer(test: Comparison, field: Mapping[str, Any]) -> str:
    labels = {option["value"]: option["label"][SOURCE] for option in field.get("options", ())}
    return str(labels.get(test.value, test.value))


def _said(test: Comparison, field: Mapping[str, Any]) -> str:
    label = field["label"][SOURCE] if field else test.question
    answer = _answer(test, field)
    if test.value == ANSWERED and test.is_not:
        words = gettext("„%(a)s“ няма отговор", a=label)
    elif test.value == ANSWERED:
        words = gettext("„%(a)s“ има отговор", a=label)
    elif test.is_not:
        words = gettext("„%(a)s“ не е „%(b)s“", a=label, b=answer)
    else:
        words = gettext("„%(a)s“ е „%(b)s“", a=label, b=answer)
    return str(words)


def _logic(test: Comparison) -> dict[str, Any]:
    if test.value == ANSWERED:
        inner: dict[str, Any] = {"!": [{"missing": [test.question]}]}
    elif test.in_list:
        inner = {"in": [test.value, {"var": test.question}]}
    else:
        inner = {"==": [{"var": test.question}, test.value]}
    return {"!": [inner]} if test.is_not else inner


def _test(part: Any) -> Comparison | None:
    match part:
        case {"!": [{"missing": [str(name)]}]} | {"!": {"missing": [str(name)]}}:
            return Comparison(question=name, value=ANSWERED)
        case {"!": [inner]}:
            test = _test(inner)
            if test is None or test.is_not:
                return None
            return Comparison(
                question=test.question, value=test.value, is_not=True, in_list=test.in_list
            )
        case {"==": [{"var": str(name)}, str(value)]}:
            return Comparison(question=name, value=value)
        case {"in": [str(value), {"var": str(name)}]}:
            return Comparison(question=name, value=value, in_list=True)
    return None
