"""A picture and what is to be seen on it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import DataRequired, Optional

from obshto.modules.polls.forms.polls import said
from obshto.platform.web.forms import FlaskForm, UuidField, at_most
from obshto.platform.web.language import OTHERS

DESCRIPTION = 200


class PictureForm(FlaskForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Снимка"), [FileRequired(_("Изберете снимка"))])
    description = StringField(
        _("Какво се вижда на снимката"),
        [DataRequired(_("Напишете какво се вижда на снимката")), at_most(DESCRIPTION)],
    )
    description_en = StringField(
        _("Какво се вижда, на английски"), [Optional(), at_most(DESCRIPTION)]
    )
    description_ro = StringField(
        _("Какво се вижда, на румънски"), [Optional(), at_most(DESCRIPTION)]
    )

    def given(self) -> dict[str, Any]:
        """The picture as the service takes it. Only for a form that has passed its checks."""
        return {
            "stream": self.file.data.stream,
            "name": self.file.data.filename,
            "alt_text": said(self.description),
            "words": {language: said(self[f"description_{language}"]) for language in OTHERS},
            "request_id": self.request_id.data,
        }
