"""Field of a signature that was written on a screen with a finger, a pen or a mouse."""

from __future__ import annotations

import re

from flask_babel import gettext
from wtforms import HiddenField, ValidationError

FEWEST = 8  # points: less is a slip of the finger
MOST = 20_000  # letters; the script stops before that
_point = r"\d{1,3} \d{1,3}"
_path = re.compile(rf"(?:M{_point}(?: {_point})+)+").fullmatch


class StrokesField(HiddenField):  # type: ignore[misc]  # WTForms has no types
    """The `d` of an SVG path of whole numbers, lines alone: „M10 20 12 24“ for each stroke.

    Nothing but digits, blanks and M passes, so it is drawn on a page as it came (SVG 2, chapter 9).
    """

    WIDTH, HEIGHT = 600, 200  # units of the box it was written in
    data: str

    def pre_validate(self, form: object) -> None:
        """Raises ValidationError: nothing was written, or it is no such path."""
        path: str = self.data or ""
        if len(path) > MOST or not _path(path):
            self.data = ""
        elif path.count(" ") >= 2 * FEWEST - path.count("M"):
            return
        raise ValidationError(gettext("Подпишете се в полето"))
