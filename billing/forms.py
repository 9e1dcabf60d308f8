"""The field for a sum of money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from wtforms import StringField

from obshto.platform.amounts import cents_of, typed_as


class EuroField(StringField):
    """A sum typed as 12,50; `data` is whole cents, None where nothing was typed."""

    data: Any  # WTForms has no types
    typed = ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Raises ValueError for what is no sum."""
        self.typed, self.data = (valuelist[0].strip() if valuelist else ""), None
        self.raw_data = [self.typed]  # what asks for an answer looks here: blanks are none
        if self.typed:
            self.data = cents_of(self.typed)
            if self.data is None:
                raise ValueError(gettext("Въведете сума като 12,50"))

    def _value(self) -> str:
        if self.typed:
            return self.typed
        return "" if self.data is None else typed_as(self.data)
