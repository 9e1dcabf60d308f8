"""Exit guard: nothing leaves the practice municipality, by whichever way.

Each mechanism that speaks to a machine or a register outside asks here last, where it holds the
connection: a module cannot go around it. The guard knows the municipality of the work at hand, not
who calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask_babel import lazy_gettext

from obshto.platform.errors import DomainError
from obshto.platform.scope import is_in_practice

T = TypeVar("T")


class StaysInside(DomainError):
    """The practice municipality was about to reach somebody outside."""

    status = 409
    sentence = lazy_gettext(
        "Това е учебната община. Оттук нищо не излиза: нито писмо, нито плащане, нито покана."
    )


def refuse_exit_in_practice() -> None:
    """Raises StaysInside in the practice municipality; elsewhere does nothing."""
    if is_in_practice():
        raise StaysInside


def told_outside(rows: Sequence[T]) -> list[T]:
    """These rows, as the tables of the region may have them: none of the practice municipality."""
    return [] if is_in_practice() else list(rows)
