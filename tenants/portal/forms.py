"""What people say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import RadioField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, Regexp

from obshto.platform.web.forms import ChoiceField, ChoicesField, FlaskForm, at_most
from obshto.platform.web.language import LANGUAGES
from obshto.tenants.municipalities.models import Settlement
from obshto.tenants.portal.preferences import About, Reader, name_of

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


class ReaderForm(FlaskForm):
    """What a reader may say of themselves. It writes nothing here, so it may be sent again."""

    about = ChoicesField(
        _("Кое се отнася за Вас"),
        choices=[SelectChoice(about.value, about.label) for about in About],
    )
    settlement = ChoiceField(_("Къде живеете"), [Optional()])

    def offer(self, places: Iterable[Settlement], known: Reader | None) -> None:
        """The towns and villages to choose from; at first the form shows what was said before."""
        nowhere = SelectChoice("", _("Не искам да кажа"))
        towns = [SelectChoice(place.ekatte, name_of(place)) for place in places]
        self.settlement.choices = [nowhere, *towns]
        if known and request.method == "GET":
            self.about.data = [about.value for about in known.about]
            self.settlement.data = known.settlement.ekatte if known.settlement else ""
