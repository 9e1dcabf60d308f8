"""Port: the coat of arms that stands on paper; supplied by who keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import current_app

ARMS: Final = "obshto.arms"
Armoury = Callable[[str], bytes | None]  # slug to a square PNG


def arms_of(slug: str) -> bytes | None:
    """A square PNG, clear where it is empty; None where the municipality has given none."""
    armoury: Armoury | None = current_app.extensions.get(ARMS)
    return armoury(slug) if armoury else None
