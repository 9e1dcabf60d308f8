"""What an answer holds: words, several chosen, rows. It is kept as text, like any other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, str]


def several(answer: str) -> list[str]:
    """What was chosen of a list; one answer where only one can be."""
    held = held_in(answer)
    return held if isinstance(held, list) else [held] if held else []


def rows_in(answer: str) -> list[Row]:
    """The rows of a table."""
    held = held_in(answer)
    rows = held if isinstance(held, list) else []
    return [
        {str(name): str(cell) for name, cell in row.items()}
        for row in rows
        if isinstance(row, dict)
    ]


def as_text(held: Iterable[str] | Iterable[Mapping[str, str]]) -> str:
    """How several, or rows, are kept; nothing of them is no answer."""
    given = list(held)
    return json.dumps(given, ensure_ascii=False) if given else ""


def held_in(answer: str) -> Any:
    """What conditions look at: a list where several can be chosen, else the words."""
    if not answer.startswith(('["', "[{")):
        return answer
    try:
        return json.loads(answer)
    except ValueError:
        return answer
