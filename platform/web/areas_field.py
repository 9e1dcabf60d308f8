"""Field of rectangles on a picture, for what is to be covered there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wtforms import TextAreaField

MOST = 30
_number = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_line = re.compile(rf"\s*{_number}[\s;]+{_number}[\s;]+{_number}[\s;]+{_number}\s*").fullmatch
Area = tuple[float, float, float, float]


class AreasField(TextAreaField):  # type: ignore[misc]  # WTForms has no types
    """A rectangle a line, in per cent of the picture: from the left, from the top, width, height.

    `areas` are left, top, right, bottom as shares, cut at the edges; None where a line is none.
    """

    @property
    def areas(self) -> Sequence[Area] | None:
        """All of them, at most thirty, or None."""
        lines = [line for line in (self.data or "").splitlines() if line.strip()]
        found = [_area(line) for line in lines]
        if len(found) > MOST or not all(found):
            return None
        return [area for area in found if area]


def _area(line: str) -> Area | None:
    if not (match := _line(line)):
        return None
    left, top, width, height = (float(number.replace(",", ".")) / 100 for number in match.groups())
    if left >= 1 or top >= 1 or not width or not height:
        return None
    return left, top, min(1.0, left + width), min(1.0, top + height)
