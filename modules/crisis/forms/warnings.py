"""Form of one text: filled in at two in the morning, on a phone."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.crisis.models import CrisisMessage
from obshto.modules.crisis.services.kinds import ReadyText
from obshto.modules.crisis.services.messages import Words
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.web.forms import (
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import Names

TITLE, TEXT = 90, 1_500
EVERYWHERE = "all"
EMERGENCY = "112"


class MessageForm(FlaskForm):
    """One text; it goes everywhere."""

    title = StringField(
        _("Какво се случва"), [DataRequired(_("Въведете какво се случва")), at_most(TITLE)]
    )
    settlements = ChoicesField(_("Къде"), [InputRequired(_("Изберете къде"))])
    text = TextAreaField(_("Още подробности"), [Optional(), at_most(TEXT)])
    advice = TextAreaField(
        _("Какво да направят хората"),
        [DataRequired(_("Въведете какво да направят хората")), at_most(TEXT)],
    )
    phone = TelField(_("Телефон за въпроси и помощ"), [Optional()])

    def offer(self, names: Names) -> None:
        """The settlements to choose from, after the whole municipality."""
        self.settlements.choices = [SelectChoice(EVERYWHERE, _("Цялата община"))] + [
            SelectChoice(code, name[SOURCE], render_kw={"lang": SOURCE})
            for code, name in names.items()
        ]

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError."""
        typed = (field.data or "").strip()
        if typed and typed != EMERGENCY and read_phone(typed) is None:
            raise ValidationError(gettext("Въведете телефона с цифри, например 0938 12 345"))

    def words(self) -> Words:
        """As typed. Only for a form that has passed its checks."""
        typed = (self.phone.data or "").strip()
        chosen: list[str] = self.settlements.data
        return Words(
            title=" ".join(self.title.data.split()),
            text=lines_of(self.text.data or ""),
            advice=lines_of(self.advice.data or ""),
            phone=typed if typed == EMERGENCY else _at_home(read_phone(typed) or ""),
            settlements=() if EVERYWHERE in chosen else tuple(sorted(chosen)),
        )


class NewMessageForm(MessageForm):
    """A repeated click finds the first result."""

    request_id = UuidField(default=uuid4)


class EditMessageForm(MessageForm):
    """Of a text that waits: the version that its editor had before their eyes."""

    expected_version = ExpectedVersionField()


def ready(text: ReadyText, phone: str, names: Names) -> dict[str, Any]:
    """What a new form shows at first. Where is left to be chosen: a hasty press must not frighten
    a whole municipality.
    """
    shown = {"title": text.title, "text": text.text, "advice": text.advice, "phone": phone}
    return {**shown, "settlements": [] if names else [EVERYWHERE]}


def _at_home(number: str) -> str:
    """A Bulgarian number as people say it: „+35993812345“ is „093812345“."""
    return f"0{number[4:]}" if number.startswith("+359") else number


def shown_of(message: CrisisMessage) -> dict[str, Any]:
    """What the form of a text shows at first."""
    names = ("title", "text", "advice", "phone")
    places = message.settlements or [EVERYWHERE]
    return {**{name: getattr(message, name) for name in names}, "settlements": places}
