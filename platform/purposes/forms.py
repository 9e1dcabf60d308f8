"""Form of a purpose: what staff say before data of a person open, break-glass among it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import Label
from wtforms.validators import DataRequired, ValidationError

from obshto.platform.purposes.break_glass import URGENT
from obshto.platform.web.forms import FlaskForm, UuidField, at_most, lines_of


class PurposeForm(FlaskForm):
    """One of a part's purposes; with „urgent“ a typed reason. A part gives question and purposes.

    It is drawn by `purpose_form` of `ui/purpose.html`.
    """

    question: ClassVar[LazyString]
    purposes: ClassVar[Mapping[str, LazyString]]

    request_id = UuidField(default=uuid4)
    purpose = RadioField("", [DataRequired(_("Изберете отговор"))], validate_choice=False)
    reason = TextAreaField(_("Причина, ако е спешно и по друга причина"), [at_most(1_000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose.label = Label(self.purpose.id, self.question)
        self.purpose.choices = [SelectChoice(word, said) for word, said in self.purposes.items()]

    def validate_purpose(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in self.purposes:
            raise ValidationError(gettext("Изберете отговор"))

    def validate_reason(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.purpose.data == URGENT and not (field.data or "").strip():
            raise ValidationError(gettext("Напишете причината. Ще я прочете длъжностното лице."))

    def typed_reason(self) -> str:
        """What was typed, where it is asked for."""
        return lines_of(self.reason.data) if self.purpose.data == URGENT else ""
