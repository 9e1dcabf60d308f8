"""Field of a point on the map, as a phone tells it."""

from __future__ import annotations

import re

from wtforms import StringField

_point = re.compile(r"\s*(\d{2}[.,]\d{2,15})\s*[,;]?\s+(\d{2}[.,]\d{2,15})\s*").fullmatch


class PlaceField(StringField):  # type: ignore[misc]  # WTForms has no types
    """A point typed or pasted as a phone's map tells it: „43.888, 22.520“; `point` is the pair."""

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, or None."""
        return point_in(self.data or "")


def point_in(typed: str) -> tuple[float, float] | None:
    """Latitude and longitude as they were typed or pasted, or None."""
    found = _point(typed)
    return (_degrees(found[1]), _degrees(found[2])) if found else None


def written(latitude: float | None, longitude: float | None) -> str:
    """A point as the field reads it back, to six decimals (0.1 m); empty where there is none."""
    if latitude is None or longitude is None:
        return ""
    return f"{_decimals(latitude)}, {_decimals(longitude)}"


def _decimals(degrees: float) -> str:
    whole, _dot, rest = f"{degrees:.6f}".rstrip("0").partition(".")
    return f"{whole}.{rest.ljust(2, '0')}"


def _degrees(typed: str) -> float:
    return float(typed.replace(",", "."))
