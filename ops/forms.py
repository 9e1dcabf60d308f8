"""What the region's team fills in."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.platform.amounts import cents_of
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most
from obshto.tenants.api import LENGTHS

REASON = 300
MOST_RATE = 10_000  # hundredths of a percent


class RetryForm(FlaskForm):
    """Why a job is tried at once."""

    expected_version = ExpectedVersionField()
    reason = TextAreaField(
        _("Защо я пускате отново"),
        [DataRequired(_("Въведете причина: остава в дневника")), at_most(REASON)],
    )


class LateInterestForm(FlaskForm):
    """The legal interest of a half-year, typed as 10,15, and where it was read."""

    expected_version = ExpectedVersionField()
    percent = StringField(
        _("Законна лихва в проценти на година"), [DataRequired(_("Въведете процент като 10,15"))]
    )
    source = StringField(
        _("Източник"), [DataRequired(_("Въведете откъде е прочетена")), at_most(REASON)]
    )

    def validate_percent(self, field: StringField) -> None:
        """Raises ValidationError."""
        if (found := cents_of(field.data or "")) is None or found > MOST_RATE:
            raise ValidationError(gettext("Въведете процент като 10,15"))

    @property
    def hundredths(self) -> int:
        """Of a percent."""
        return cents_of(self.percent.data or "") or 0


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
