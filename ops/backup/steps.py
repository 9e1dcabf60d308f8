"""How far slow work is, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What may take long, in the order in which it comes."""

    TAKE = "take"
    READ = "read"
    FILL = "fill"
    ERASE = "erase"
    COMPARE = "compare"
    CHANGE = "change"
    DROP = "drop"


# The step at hand; how much of it is done, of how much (bytes; 0 where it cannot be counted).
Tell = Callable[[Step, int, int], None]


def quietly(step: Step, done: int, of: int) -> None:
    """Nobody waits."""
