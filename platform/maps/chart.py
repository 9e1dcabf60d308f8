"""Port of the map of everything: a part that draws it answers, pages of things link there."""

from __future__ import annotations

from typing import Protocol


class MapOfAll(Protocol):
    """Where one thing is found on the map. Nothing is asked of the database."""

    def path(
        self, *, layer: str, ekatte: str = "", point: tuple[float, float] | None = None
    ) -> str:
        """Path and query below the host: that layer, the nearest to `point` first where there is
        one, else those of the settlement.
        """
        ...
