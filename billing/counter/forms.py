"""What a cashier fills in."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.billing.charges.models import PaymentMethod
from obshto.billing.forms import EuroField
from obshto.billing.labels import WAYS
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

NOTE = 300


class TakeForm(FlaskForm):
    """`expected_version` is the state of the charge whose sum the cashier read out."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    way = RadioField(
        _("Как плаща човекът"),
        choices=[
            SelectChoice(way.value, WAYS[way]) for way in (PaymentMethod.CASH, PaymentMethod.POS)
        ],
        default=PaymentMethod.CASH.value,
        validate_choice=False,  # the library's own complaint is in English
    )
    given = EuroField(_("Колко дава в брой"), [Optional()])

    def validate_way(self, field: RadioField) -> None:
        if field.data not in (PaymentMethod.CASH, PaymentMethod.POS):
            raise ValidationError(_("Изберете как плаща човекът"))


class ReverseForm(FlaskForm):
    """`expected_version` is the state of the payment."""

    expected_version = ExpectedVersionField()
    reason = StringField(
        _("Защо сторнирате"), [DataRequired(_("Напишете защо сторнирате")), at_most(NOTE)]
    )


class CloseForm(FlaskForm):
    """`expected` is what the page said should lie in the drawer, in cents."""

    request_id = UuidField(default=uuid4)
    expected = HiddenField()
    counted = EuroField(_("Колко пари преброихте"), [InputRequired(_("Въведете преброената сума"))])
    note = StringField(_("Защо има разлика"), [Optional(), at_most(NOTE)])

    def expected_cents(self) -> int | None:
        """None for what is no number: then nothing was seen."""
        typed = str(self.expected.data or "")
        digits = typed.removeprefix("-")
        return int(typed) if digits.isascii() and digits.isdigit() and len(digits) < 12 else None
