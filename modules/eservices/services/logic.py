"""Conditions of a definition, in JsonLogic over the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from json_logic import jsonLogic

from obshto.modules.eservices.services.values import held_in


def holds(condition: Mapping[str, Any] | None, answers: Mapping[str, str]) -> bool:
    """Whether it is true of these answers; no condition always is. What is unanswered is null."""
    if condition is None:
        return True
    return bool(jsonLogic(dict(condition), {name: held_in(a) for name, a in answers.items()}))
