"""What staff fill in."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired

from obshto.modules.training.services import Words
from obshto.platform.web.forms import FlaskForm, UuidField, at_most

TITLE, TEXT, CONTACT = 120, 3_000, 120


class OpenForm(FlaskForm):
    """`request_id` makes a repeated click find the first result."""

    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    text = TextAreaField(
        _("Описание"),
        [DataRequired(_("Въведете описание")), at_most(TEXT)],
    )
    contact = StringField(
        _("Телефон или имейл за връзка"),
        [DataRequired(_("Въведете телефон или имейл")), at_most(CONTACT)],
    )
    request_id = UuidField(default=uuid4)

    def words(self) -> Words:
        """What was typed, without the blanks around it."""
        return Words(
            title=self.title.data.strip(),
            text=self.text.data.strip(),
            contact=self.contact.data.strip(),
        )
