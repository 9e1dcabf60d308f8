"""Form of a correction: the text as it should be, its last day, what was wrong."""

from __future__ import annotations

import re
from typing import Final
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.eservices.forms.acts import WORDS
from obshto.modules.eservices.services.corrections import Correction
from obshto.modules.eservices.services.official_text import BOXES
from obshto.platform.errors import InvalidValue
from obshto.platform.questionnaires.charset import checked_signs
from obshto.platform.web.forms import (
    DayField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

LONGEST: Final = 20_000
_box = re.compile(f"([{BOXES}])")


def as_printed(form: FlaskForm, field: Field) -> None:
    """What may be printed, and the boxes of our own forms. Raises ValidationError."""
    parts = _box.split(field.data or "")
    try:
        field.data = "".join(part if part in BOXES else checked_signs(part) for part in parts)
    except InvalidValue as fault:
        raise ValidationError(str(fault)) from None


class CaseCorrectionForm(FlaskForm):
    """A day is asked for only where the document has one."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    text = TextAreaField(
        _("Текст на новия документ"),
        [DataRequired(_("Напишете текста")), at_most(LONGEST), as_printed],
        render_kw={"lang": "bg"},
    )
    valid_until = DayField(_("Валиден до"))
    reason = TextAreaField(
        _("Каква е грешката?"), [DataRequired(_("Напишете каква е грешката")), at_most(WORDS)]
    )
    has_term = False

    def validate_valid_until(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.has_term and not field.data:
            raise ValidationError(gettext("Въведете последния ден на документа"))

    def correction(self) -> Correction:
        """As it was typed; an empty line prints nothing."""
        lines = [line for line in lines_of(self.text.data).splitlines() if line.strip()]
        return Correction(
            text="\n".join(lines),
            valid_until=self.valid_until.data if self.has_term else None,
            reason=lines_of(self.reason.data),
        )
