"""Calculated values: formulas in JsonLogic over the answers, in exact decimals, bounded.

Arithmetic, comparison and choice are those of JsonLogic. Rows have operators of their own, because
its `map` and `reduce` can grow: `{"sum": [rows, formula]}`, `{"smallest": …}`, `{"largest": …}`
and `{"count": [rows, condition]}`. Inside them `{"var": "rows.column"}` is the cell of each row.
What is not answered counts as nothing, zero in a sum.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import reduce
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeGuard

from obshto.platform.questionnaires.logic import InvalidCondition
from obshto.platform.questionnaires.questions import Question
from obshto.platform.questionnaires.values import Row, held_in, rows_in

DEEPEST, MOST_NODES, LONGEST = 14, 150, 100
LARGEST = 999_999_999  # of a constant and of a result
CENTS = 2  # decimals of a sum
_PRECISION = Context(prec=60, rounding=ROUND_HALF_UP)
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    **{"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge},
}
_NUMBER, _TRUTH, _WORDS, _CHOICE = "number", "truth", "words", "choice"
_TRUTHS = frozenset({*_COMPARISONS, "and", "or", "!", "in"})
_plain_number = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?", re.ASCII).fullmatch
_OF_ROWS = ("sum", "smallest", "largest", "count")
# The least and the most parts of each operator.
_ARITY: Mapping[str, tuple[int, int]] = {
    **{"+": (2, MOST_NODES), "*": (2, MOST_NODES), "-": (1, 2), "/": (2, 2)},
    **{"min": (2, MOST_NODES), "max": (2, MOST_NODES), "if": (3, 3)},
    **dict.fromkeys(_COMPARISONS, (2, 2)),
    **{"and": (2, MOST_NODES), "or": (2, MOST_NODES), "!": (1, 1), "in": (2, 2)},
    **{"sum": (2, 2), "smallest": (2, 2), "largest": (2, 2), "count": (1, 2)},
}


class CannotCalculate(Exception):
    """Division by zero, the smallest of no rows, a result that is too large."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """The answers, and the row that is looked at inside an operator of rows."""

    answers: Mapping[str, str]
    rows: str = ""
    row: Row | None = None

    def text(self, name: str) -> str:
        rows, _, column = name.partition(".")
        if not column:
            return self.answers.get(name, "")
        return self.row.get(column, "") if self.row is not None and rows == self.rows else ""


def calculated(question: Question, answers: Mapping[str, str]) -> str | None:
    """The value as an answer is kept; None where these answers give none."""
    decimals = CENTS if question.type == "money" else question.decimals
    with localcontext(_PRECISION):
        try:
            value = _number(question.formula, _Scope(answers))
        except CannotCalculate:
            return None
        if abs(value) > LARGEST:
            return None
        rounded = value.quantize(Decimal(1).scaleb(-decimals))
    return f"{rounded:f}" if rounded else f"{abs(rounded):f}"  # there is no minus zero


def check_formula(formula: Any) -> None:
    """Bounds and kinds of a formula that came from outside. Raises InvalidCondition."""
    _check(formula, _NUMBER, _Bounds(nodes=[0]))


def names_in_formula(formula: Any) -> set[str]:
    """The questions that it looks at; a cell as `rows.column`."""
    if isinstance(formula, list):
        return {name for part in formula for name in names_in_formula(part)}
    if not isinstance(formula, Mapping):
        return set()
    found: set[str] = set()
    for operator, told in formula.items():
        if operator == "var":
            found.add(str(told))
        elif operator in _OF_ROWS and isinstance(told, list):
            found |= {str(told[0]), *names_in_formula(told[1:])}
        else:
            found |= names_in_formula(told)
    return found


def divisors_in(formula: Any) -> Iterator[Any]:
    """What it divides by, wherever."""
    if isinstance(formula, Mapping):
        for operator, told in formula.items():
            if operator == "/" and isinstance(told, list) and len(told) > 1:
                yield told[1]
            yield from divisors_in(told)
    for part in formula if isinstance(formula, list) else ():
        yield from divisors_in(part)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """How deep a part stands, in which rows, and how many parts were seen before it."""

    nodes: list[int]
    depth: int = 1
    rows: str = ""

    def inside(self, rows: str = "") -> _Bounds:
        return replace(self, depth=self.depth + 1, rows=rows or self.rows)


def _is_number(node: Any) -> TypeGuard[int | float]:
    return isinstance(node, int | float) and not isinstance(node, bool)


def _check(node: Any, wanted: str, bounds: _Bounds) -> None:
    bounds.nodes[0] += 1
    if bounds.nodes[0] > MOST_NODES or bounds.depth > DEEPEST:
        raise InvalidCondition("too large or too deep a formula")
    if not isinstance(node, Mapping):
        _check_constant(node, wanted)
        return
    operator: str
    told: Any
    operator, told = next(iter(node.items()), ("", None))
    is_answer = operator == "var" and wanted in {_NUMBER, _CHOICE} and isinstance(told, str)
    if is_answer and len(node) == 1 and len(told) <= LONGEST:
        return
    least, most = _ARITY.get(operator, (1, 0))
    if not isinstance(told, list) or len(node) != 1 or not least <= len(told) <= most:
        raise InvalidCondition(f"operator: {str(operator)[:20]}")
    if wanted != (_TRUTH if operator in _TRUTHS else _NUMBER):
        raise InvalidCondition(f"operator: {str(operator)[:20]}")
    _check_parts(operator, told, bounds)


def _check_parts(operator: str, told: list[Any], bounds: _Bounds) -> None:
    if operator in _OF_ROWS:
        if bounds.rows or not isinstance(told[0], str):
            raise InvalidCondition("rows are looked through one after the other")
        inner = _TRUTH if operator == "count" else _NUMBER
        for part in told[1:]:
            _check(part, inner, bounds.inside(told[0]))
        return
    for part, kind in zip(told, _kinds_of_parts(operator, told), strict=True):
        _check(part, kind, bounds.inside())


def _kinds_of_parts(operator: str, told: list[Any]) -> list[str]:
    if operator == "if":
        return [_TRUTH, _NUMBER, _NUMBER]
    if operator in {"and", "or", "!"}:
        return [_TRUTH] * len(told)
    if operator == "in":
        return [_WORDS, _CHOICE]
    if operator in {"==", "!="} and isinstance(told[1], str):
        return [_CHOICE, _WORDS]
    return [_NUMBER] * len(told)


def _check_constant(node: Any, wanted: str) -> None:
    if wanted == _WORDS and isinstance(node, str) and len(node) <= LONGEST:
        return
    if wanted != _NUMBER or not _is_number(node) or not abs(node) <= LARGEST:
        raise InvalidCondition("no such constant")


def _number(node: Any, scope: _Scope) -> Decimal:
    if _is_number(node):
        return Decimal(str(node))
    if not isinstance(node, Mapping):
        raise CannotCalculate
    ((operator, told),) = node.items()
    if operator == "var":
        return _answer(scope.text(told))
    if operator == "if":
        return _number(told[1] if _truth(told[0], scope) else told[2], scope)
    if operator in _OF_ROWS:
        return _of_rows(operator, told, scope)
    return _arithmetic(operator, [_number(part, scope) for part in told])


def _answer(text: str) -> Decimal:
    if text and not _plain_number(text):  # a word where a number is asked for in another version
        raise CannotCalculate
    return Decimal(text or 0)


def _arithmetic(operator: str, parts: list[Decimal]) -> Decimal:
    if operator == "/":
        if not parts[1]:
            raise CannotCalculate
        return parts[0] / parts[1]
    if operator == "-":
        return parts[0] - parts[1] if len(parts) > 1 else -parts[0]
    if operator == "*":
        return reduce(lambda a, b: a * b, parts)
    if operator == "+":
        return sum(parts, Decimal(0))
    if operator in {"min", "max"}:
        return min(parts) if operator == "min" else max(parts)
    raise CannotCalculate


def _of_rows(operator: str, told: list[Any], scope: _Scope) -> Decimal:
    name, *inner = told
    scopes = [replace(scope, rows=name, row=row) for row in rows_in(scope.answers.get(name, ""))]
    if operator == "count":
        counted = [one for one in scopes if not inner or _truth(inner[0], one)]
        return Decimal(len(counted))
    values = [_number(inner[0], one) for one in scopes]
    if operator == "sum":
        return sum(values, Decimal(0))
    if not values:
        raise CannotCalculate
    return min(values) if operator == "smallest" else max(values)


def _truth(node: Any, scope: _Scope) -> bool:
    if not isinstance(node, Mapping):
        raise CannotCalculate
    ((operator, told),) = node.items()
    if operator == "and":
        return all(_truth(part, scope) for part in told)
    if operator == "or":
        return any(_truth(part, scope) for part in told)
    if operator == "!":
        return not _truth(told[0], scope)
    if operator == "in":
        held = held_in(scope.text(told[1]["var"]))
        return told[0] in held if isinstance(held, list) else told[0] == held
    if operator not in _COMPARISONS:
        raise CannotCalculate
    return _COMPARISONS[operator](*_sides(told, scope))


def _sides(told: list[Any], scope: _Scope) -> tuple[Any, Any]:
    """Both as words where one is a word of a list of answers, else both as numbers."""
    if isinstance(told[1], str):
        return scope.text(told[0]["var"]), told[1]
    return _number(told[0], scope), _number(told[1], scope)
