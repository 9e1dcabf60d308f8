"""Forms of the register of dogs: find one by its chip, say what for, tell its keeper."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.eservices.services.dogs.event_text import PURPOSES
from obshto.platform.clock import today
from obshto.platform.errors import InvalidValue
from obshto.platform.identifiers import checked_chip
from obshto.platform.purposes.forms import PurposeForm
from obshto.platform.web.forms import FlaskForm, UuidField, at_most


class ChipForm(FlaskForm):
    """The number that a reader shows. It is sent, for it names a keeper."""

    request_id = UuidField(default=uuid4)
    list = HiddenField()
    chip = StringField(_("Номер на микрочипа"), [DataRequired(_("Въведете номера на микрочипа"))])

    def validate_chip(self, field: Field) -> None:
        """Raises ValidationError."""
        try:
            field.data = checked_chip(field.data or "", today=today())
        except InvalidValue as fault:
            raise ValidationError(str(fault)) from None


class KeeperForm(PurposeForm):
    """What a member of staff looks up a keeper for."""

    question = _("Защо търсите собственика?")
    purposes = PURPOSES


class BroughtForm(FlaskForm):
    """Where the dog is now; its keeper reads it."""

    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Къде е кучето и кой да бъде потърсен?"),
        [DataRequired(_("Напишете къде е кучето")), at_most(500)],
    )
