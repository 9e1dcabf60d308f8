"""Columns over time, drawn on the server: the numbers stand in a table below, this repeats them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 400, 160  # units of the drawing, so few that its words can be read on a phone
LABELS = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the drawing; `bad` is the lower part of it."""

    x: float
    width: float
    y: float
    height: float
    bad: float
    label: datetime | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Ready for the template: columns, and the value at the top of the scale."""

    columns: list[Column]
    top: int
    is_empty: bool


def chart(values: Sequence[tuple[datetime, int, int]]) -> Chart:
    """Columns of (moment, value, how much of it is bad); the scale ends at a round number."""
    top = _round_up(max((value for _, value, _ in values), default=0))
    step = WIDTH / max(1, len(values))
    every = -(-len(values) // LABELS) or 1
    columns = []
    for number, (moment, value, bad) in enumerate(values):
        height = round(HEIGHT * value / top, 1)
        columns.append(
            Column(
                x=round(number * step + step * 0.1, 1),
                width=round(step * 0.8, 1),
                y=round(HEIGHT - height, 1),
                height=height,
                bad=round(HEIGHT * min(bad, value) / top, 1),
                label=moment if number % every == 0 else None,
            )
        )
    return Chart(columns, top, not any(value for _, value, _ in values))


def _round_up(most: int) -> int:
    """1, 2 or 5 with zeros, not below `most` and not below 10."""
    size = 10
    while True:
        for lead in (1, 2, 5):
            if lead * size >= most:
                return lead * size
        size *= 10
