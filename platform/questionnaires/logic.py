"""Conditions in JsonLogic over the answers, bounded in operators, depth and size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from json_logic import jsonLogic

from obshto.platform.questionnaires.values import held_in

# Equality and membership: none of them can raise, loop or grow, whatever was answered.
OPERATORS = frozenset({"==", "!=", "in", "and", "or", "!", "missing", "var"})
DEEPEST, MOST_NODES, LONGEST = 8, 200, 300


class InvalidCondition(ValueError):
    """A condition with an operator, a depth or a size that is not evaluated here."""


def holds(condition: Mapping[str, Any] | None, answers: Mapping[str, str]) -> bool:
    """Whether it is true of these answers; no condition always is. What is unanswered is null."""
    if condition is None:
        return True
    return bool(jsonLogic(dict(condition), {name: held_in(a) for name, a in answers.items()}))


def check_condition(condition: Any) -> None:
    """Bounds of a condition that came from outside. Raises InvalidCondition."""
    if not isinstance(condition, Mapping):
        raise InvalidCondition("a condition is an object")
    for number, (node, depth) in enumerate(_nodes(condition, 1)):
        if number >= MOST_NODES or depth > DEEPEST:
            raise InvalidCondition("too large or too deep")
        if isinstance(node, Mapping) and (len(node) != 1 or not OPERATORS.issuperset(node)):
            raise InvalidCondition(f"operators: {sorted(map(str, node))[:3]}")
        if isinstance(node, str) and len(node) > LONGEST:
            raise InvalidCondition("too long a value")


def names_in(condition: Any) -> set[str]:
    """The questions that a condition looks at."""
    if isinstance(condition, list):
        return {name for part in condition for name in names_in(part)}
    if not isinstance(condition, Mapping):
        return set()
    found: set[str] = set()
    for operator, told in condition.items():
        if operator in {"var", "missing"}:
            found |= {
                str(n).partition(".")[0] for n in (told if isinstance(told, list) else [told])
            }
        else:
            found |= names_in(told)
    return found


def _nodes(node: Any, depth: int) -> Iterator[tuple[Any, int]]:
    """Each part with its depth; it goes no deeper than one below what is allowed."""
    yield node, depth
    if depth > DEEPEST:
        return
    if isinstance(node, Mapping):
        for part in node.values():
            yield from _nodes(part, depth + 1)
    elif isinstance(node, list):
        for part in node:
            yield from _nodes(part, depth + 1)
