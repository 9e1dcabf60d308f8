"""Forms of what has a number: following it by code, looking at its sender, acting on many."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.cases.senders import PURPOSES
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.web.forms import ChoiceField, FlaskForm, UuidField, at_most


class NumberAndCodeForm(RateLimitedForm):
    """Number and code, as they stand on the slip. Each module gives a `rate_limit` of its own."""

    request_id = UuidField(default=uuid4)
    number = StringField(_("Номер"), [DataRequired(_("Въведете номера")), at_most(20)])
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class LookForm(FlaskForm):
    """For what somebody of the staff opens who sent it."""

    request_id = UuidField(default=uuid4)
    purpose = RadioField(
        _("Защо отваряте данните на подателя?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(word, title) for word, title in PURPOSES.items()],
        validate_choice=False,
    )

    def validate_purpose(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in PURPOSES:
            raise ValidationError(gettext("Изберете отговор"))


class BulkForm(FlaskForm):
    """One act upon those that were ticked: take them, or hand one's own over to a colleague.

    Sent twice it does nothing more: what is taken is taken. Each box carries the version seen.
    """

    request_id = UuidField(default=uuid4)
    act = HiddenField()
    to = ChoiceField(_("Колега"), choices=[], validate_choice=False)

    def offer(self, people: Mapping[str, str]) -> None:
        """The colleagues who may be given them."""
        self.people = people

    def validate_to(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.act.data == "hand" and field.data not in self.people:
            raise ValidationError(gettext("Изберете отговор"))
