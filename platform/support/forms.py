"""Forms of support: a press, an address for the letter, what a clerk enters for somebody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from stdnum.bg import egn
from wtforms import Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.platform.cases.channels import CHANNELS, ENTERED
from obshto.platform.cases.codes import digits
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.support.services import Supporter
from obshto.platform.web.forms import EMAIL, FlaskForm, UuidField, at_most


class PressForm(FlaskForm):
    """One button; pressed twice it is one press."""

    request_id = UuidField(default=uuid4)


class SupportMailForm(RateLimitedForm):
    """Where the letter goes by which a support is confirmed."""

    rate_limit = RateLimit(thing="support:support.ask", most=20)
    request_id = UuidField(default=uuid4)
    email = StringField(
        _("Имейл"),
        [
            DataRequired(_("Въведете имейл")),
            at_most(120),
            Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg")),
        ],
    )


class SupportEntryForm(FlaskForm):
    """A support brought by a clerk: by what the person is told from others."""

    request_id = UuidField(default=uuid4)
    channel = RadioField(
        _("Как дойде подкрепата?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=ENTERED[0],
        validate_choice=False,
    )
    personal_number = StringField(_("ЕГН"), [Optional(), at_most(20)])
    phone = StringField(_("Телефон"), [Optional(), at_most(40)])
    email = StringField(
        _("Имейл"),
        [Optional(), at_most(120), Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg"))],
    )

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ENTERED:
            raise ValidationError(gettext("Изберете отговор"))

    def validate_personal_number(self, field: Field) -> None:
        """Raises ValidationError."""
        if not egn.is_valid(digits(field.data)):
            raise ValidationError(gettext("Проверете ЕГН: има 10 цифри и последната не съвпада"))

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data)) < 6:
            raise ValidationError(gettext("Напишете телефона с цифри, например 0888 123 456"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in (self.personal_number, self.phone, self.email):
            field.flags.unmarked = True  # not said to be optional: one of them is needed

    def supporter(self) -> Supporter:
        """By what was typed. Only for a form that has passed its checks."""
        return Supporter(
            personal_number=digits(self.personal_number.data or ""),
            phone=digits(self.phone.data or ""),
            email=self.email.data or "",
            channel=self.channel.data,
        )
