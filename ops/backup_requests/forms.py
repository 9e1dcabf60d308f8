"""What the team fills in before the keeper does anything."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from obshto.platform.web.forms import FlaskForm, UuidField, at_most

REASON = 300


class OrderForm(FlaskForm):
    """Why; it stands in the municipality's log."""

    request_id = UuidField(default=uuid4)
    reason = TextAreaField(
        _("Защо"), [DataRequired(_("Въведете причина: общината ще я прочете")), at_most(REASON)]
    )


class NamedOrderForm(OrderForm):
    """The municipality's name besides, typed out, so that no slip does it."""

    name = StringField(_("Името на общината"))

    def __init__(self, *, expected: str) -> None:
        super().__init__()
        self.expected = expected

    def validate_name(self, field: StringField) -> None:
        if " ".join((field.data or "").split()).casefold() != self.expected.casefold():
            raise ValidationError(gettext("Въведете „%(name)s“", name=self.expected))
