"""Whom to call in a disaster."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.crisis.models import CallContact
from obshto.modules.crisis.services.contacts import ContactData
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import Names

NAME, NOTE = 120, 500


class ContactForm(FlaskForm):
    """Name, phone, place, what the caller shall know, the consent."""

    name = StringField(_("Име"), [DataRequired(_("Въведете името")), at_most(NAME)])
    phone = TelField(_("Телефон"), [DataRequired(_("Въведете телефона"))])
    settlement = ChoiceField(_("Населено място"), [])
    note = TextAreaField(_("Какво да знае който се обажда"), [Optional(), at_most(NOTE)])
    joins_rehearsals = BooleanField(_("Да се обаждаме и при учение"))
    agrees = BooleanField(_("Човекът е съгласен да пазим това, за да му се обадим при бедствие"))

    def offer(self, names: Names) -> None:
        """The settlements; where there are none nobody is asked."""
        if not names:
            self.settlement.choices = [SelectChoice("", _("Цялата община"))]
            self.settlement.data = self.settlement.data or ""
            return
        self.settlement.validators = [InputRequired(_("Изберете населено място"))]
        self.settlement.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(code, name[SOURCE], render_kw={"lang": SOURCE})
            for code, name in names.items()
        ]

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError."""
        if read_phone(field.data) is None:
            raise ValidationError(gettext("Въведете телефона с цифри, например 0938 12 345"))

    def validate_agrees(self, field: Field) -> None:
        """Without it nothing is kept. Raises ValidationError."""
        if not field.data:
            raise ValidationError(gettext("Без съгласие не може да запишем телефона"))

    def told(self) -> ContactData:
        """As typed. Only for a form that has passed its checks."""
        return ContactData(
            name=" ".join(self.name.data.split()),
            phone=read_phone(self.phone.data) or "",
            settlement=self.settlement.data or "",
            note=lines_of(self.note.data or ""),
            joins_rehearsals=bool(self.joins_rehearsals.data),
        )


class NewContactForm(ContactForm):
    """A repeated click finds the first result."""

    request_id = UuidField(default=uuid4)


class EditContactForm(ContactForm):
    """The version that its editor had before their eyes."""

    expected_version = ExpectedVersionField()


class OwnContactForm(NewContactForm, EditContactForm):
    """The same, filled in by the person, for the first time or again."""

    agrees = BooleanField(_("Давам съгласие общината да пази това, за да ми се обади при бедствие"))


class TakeCallForm(FlaskForm):
    """The next person, please."""

    request_id = UuidField(default=uuid4)


def shown_of(row: CallContact) -> dict[str, Any]:
    """What the form of somebody shows at first."""
    names = ("name", "phone", "settlement", "note", "joins_rehearsals")
    return {**{name: getattr(row, name) for name in names}, "agrees": True}
