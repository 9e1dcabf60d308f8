"""What people say of themselves."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, Regexp

from obshto.platform.web.forms import FlaskForm, at_most
from obshto.platform.web.language import LANGUAGES

LONGEST = 40  # characters
PHONE = re.compile(r"^[\s()/+\-.]*(?:[0-9][\s()/+\-.]*){6,15}$")


class ContactForm(FlaskForm):
    """How to reach somebody, and in which language."""

    phone = TelField(
        _("Телефон"),
        [
            Optional(),
            at_most(LONGEST),
            Regexp(PHONE, message=_("Въведете номер като 0888 123 456")),
        ],
    )
    language = RadioField(
        _("На какъв език да Ви пишем"),
        choices=[SelectChoice(c, name, render_kw={"lang": c}) for c, name in LANGUAGES.items()],
    )

    def number(self) -> str | None:
        """The number as typed, without the blanks around it; None when there is none."""
        return (self.phone.data or "").strip() or None
