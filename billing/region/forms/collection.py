"""How a municipality is asked for the money of its invoices."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import EmailField, HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from obshto.billing.collecting.models import By
from obshto.platform.web.forms import ChoiceField, FlaskForm, UuidField, at_most

ADDRESS_SHAPE = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


class CollectingForm(FlaskForm):
    """`expected_version` names the choice that stood when the form was drawn."""

    choice_id = UuidField(default=uuid4)
    expected_version = HiddenField(default="")
    by = ChoiceField(_("Как общината да плаща фактурите"))
    email = EmailField(
        _("Имейл за исканията за плащане"),
        [at_most(254)],
        description=_("Нужен е само за Stripe: там пристигат исканията"),
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.by.choices = [
            SelectChoice(By.BANK.value, _("С банков превод, както пише на фактурата")),
            SelectChoice(By.STRIPE.value, _("Чрез Stripe: общината получава искане за плащане")),
        ]

    def validate_email(self, field: EmailField) -> None:
        """The letter box is asked for where it is needed."""
        if self.by.data == By.STRIPE and not self.letter_box:
            raise ValidationError(_("За Stripe въведете и имейл за исканията за плащане"))
        if self.letter_box and not ADDRESS_SHAPE.fullmatch(self.letter_box):
            raise ValidationError(_("Въведете имейла с @ и точка, например finansi@example.com"))

    @property
    def letter_box(self) -> str:
        return (self.email.data or "").strip()
