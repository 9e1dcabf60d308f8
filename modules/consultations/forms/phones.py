"""Form of the code that came to a phone."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, StringField
from wtforms.validators import ValidationError

from obshto.modules.consultations.errors import GuessedTooOften, NoCodeToday
from obshto.platform.cases.codes import digits
from obshto.platform.notify.sms.short_codes import SIGNS, may_be_sent, may_guess
from obshto.platform.web.forms import FlaskForm, at_most


class PhoneCodeForm(FlaskForm):
    """The code that came to a phone; `again` asks for it once more."""

    code = StringField(_("Код от SMS"), [at_most(20)])
    again = HiddenField()

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if not self.again.data and len(digits(field.data or "")) != SIGNS:
            raise ValidationError(gettext("Въведете шестте цифри от SMS"))

    def expect_within(self, number: str) -> None:
        """Raises GuessedTooOften, NoCodeToday."""
        if self.again.data:
            if not may_be_sent(number):
                raise NoCodeToday
        elif not may_guess(number):
            raise GuessedTooOften
