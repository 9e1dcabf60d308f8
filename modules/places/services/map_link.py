"""Links of other parts to the map of everything."""

from __future__ import annotations

from urllib.parse import urlencode


class MapLink:
    """Supplies `MapOfAll`."""

    def path(
        self, *, layer: str, ekatte: str = "", point: tuple[float, float] | None = None
    ) -> str:
        near = {"near": f"{point[0]:.3f},{point[1]:.3f}"} if point else {"ekatte": ekatte}
        return f"/places/map?{urlencode({'what': layer, **near})}"
