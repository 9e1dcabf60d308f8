"""What the region's team fills in."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most
from obshto.tenants.api import LENGTHS

REASON = 300


class RetryForm(FlaskForm):
    """Why a job is tried at once."""

    expected_version = ExpectedVersionField()
    reason = TextAreaField(
        _("Защо я пускате отново"),
        [DataRequired(_("Въведете причина: остава в дневника")), at_most(REASON)],
    )


class DiscardForm(FlaskForm):
    """Why a job will not be done; the name typed out, so that no slip does it."""

    expected_version = ExpectedVersionField()
    reason = TextAreaField(
        _("Защо я отменяте"),
        [DataRequired(_("Въведете причина: остава в дневника")), at_most(REASON)],
    )
    name = StringField(_("Името на общината"))

    def __init__(self, *, expected: str) -> None:
        super().__init__()
        self.expected = expected

    def validate_name(self, field: StringField) -> None:
        if " ".join((field.data or "").split()).casefold() != self.expected.casefold():
            raise ValidationError(gettext("Въведете „%(name)s“", name=self.expected))


class StepInForm(FlaskForm):
    """Why somebody of the region enters, and for how long."""

    request_id = UuidField(default=uuid4)
    reason = TextAreaField(
        _("Защо влизате"),
        [DataRequired(_("Въведете причина: общината ще я прочете")), at_most(REASON)],
    )
    minutes = RadioField(
        _("За колко време"),
        choices=[SelectChoice(n, _("%(n)s минути", n=n)) for n in LENGTHS],
        coerce=int,
        default=LENGTHS[1],
    )
