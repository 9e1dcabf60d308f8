"""The code of a document, as typed."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, StringField
from wtforms.validators import DataRequired, ValidationError

from obshto.platform.cases.codes import digits
from obshto.platform.documents.services import CODE
from obshto.platform.web.forms import FlaskForm


class CheckForm(FlaskForm):
    """The code printed on a document; it comes in the address, so that the page can be shared."""

    class Meta:
        csrf = False

    code = StringField(_("Код от документа"), [DataRequired(_("Въведете кода"))])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data)) != CODE or any(sign.isalpha() for sign in field.data):
            raise ValidationError(gettext("Кодът на документ има 16 цифри и няма букви"))
