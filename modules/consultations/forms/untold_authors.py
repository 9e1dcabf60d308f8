"""Forms about authors on paper: how they were told, what they object."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.consultations.services.untold_authors import HOW
from obshto.platform.moderation.forms import MOST_WORDS
from obshto.platform.web.forms import FlaskForm, UuidField, at_most


class HowToldForm(FlaskForm):
    """How one author was told."""

    how = RadioField(
        _("Как казахте на автора?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(word, title) for word, title in HOW.items()],
        validate_choice=False,
    )

    def validate_how(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in HOW:
            raise ValidationError(gettext("Изберете отговор"))


class ManyToldForm(HowToldForm):
    """How those who were ticked were told."""

    request_id = UuidField(default=uuid4)


class EnteredAppealForm(FlaskForm):
    """Why an author on paper wants it seen again."""

    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Защо авторът не е съгласен?"),
        [DataRequired(_("Напишете защо авторът не е съгласен")), at_most(MOST_WORDS)],
    )
