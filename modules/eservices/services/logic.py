"""Conditions of a definition, in JsonLogic over the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from json_logic import jsonLogic


def holds(condition: Mapping[str, Any] | None, answers: Mapping[str, str]) -> bool:
    """Whether it is true of these answers; no condition always is. What is unanswered is null."""
    return condition is None or bool(jsonLogic(dict(condition), dict(answers)))
