"""Form of the list of authors to be told."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.consultations.services.untold_authors import HOW
from obshto.platform.web.forms import FlaskForm, UuidField


class ToldForm(FlaskForm):
    """How those who were ticked were told."""

    request_id = UuidField(default=uuid4)
    how = RadioField(
        _("Как им казахте?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(word, title) for word, title in HOW.items()],
        validate_choice=False,
    )

    def validate_how(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in HOW:
            raise ValidationError(gettext("Изберете отговор"))
