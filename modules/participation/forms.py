"""Forms of reports on participation: which year, the foreword, one press."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

LONGEST = 4_000


class YearForm(FlaskForm):
    """Of which year a report is made."""

    request_id = UuidField(default=uuid4)
    year = ChoiceField(_("За коя година"))

    def offer(self, years: Sequence[int]) -> None:
        """Years that have none yet."""
        self.year.choices = [SelectChoice(str(year), str(year)) for year in years]


class ForewordForm(FlaskForm):
    """What the mayor says of it."""

    expected_version = ExpectedVersionField()
    foreword = TextAreaField(_("Предговор"), [Optional(), at_most(LONGEST)])

    def said(self) -> str:
        """As typed. Only for a form that has passed its checks."""
        return lines_of(self.foreword.data or "")
