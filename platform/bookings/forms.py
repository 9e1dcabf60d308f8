"""Form fields of a booker: name, a way to be told, a wish."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.platform.bookings.services import Booker
from obshto.platform.cases.channels import CHANNELS, COUNTER, PHONE, PORTAL
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import ChoicesField, UuidField, at_most, lines_of
from obshto.platform.web.language import current_language

EMAIL = r"\s*[^@\s]+@[^@\s]+\.[^@\s.]+\s*\Z"


class BookerForm(RateLimitedForm):
    """Who comes. A phone is enough, a landline too; `manners` are set where there is a choice."""

    rate_limit = RateLimit(thing="bookings:booking.make", most=20)
    request_id = UuidField(default=uuid4)
    name = StringField(_("Име"), [DataRequired(_("Напишете името си")), at_most(120)])
    phone = TelField(_("Телефон"), [Optional(), at_most(40)])
    email = StringField(
        _("Имейл"),
        [Optional(), at_most(120), Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg"))],
    )
    manner = RadioField(_("Как ще се видите?"), choices=[], validate_choice=False)
    equipment = ChoicesField(_("Какво да Ви чака?"), choices=[])
    wish = TextAreaField(_("Нужно ли Ви е нещо специално?"), [Optional(), at_most(300)])

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError: digits that are nobody's number."""
        if read_phone(field.data) is None:
            raise ValidationError(
                gettext("Такъв телефон няма. Напишете го с кода, например 0888 123 456.")
            )

    def offer_manners(self, manners: dict[str, object]) -> None:
        """Ways of meeting to choose from, the first of them chosen; none: there is no choice."""
        self.manner.choices = [SelectChoice(word, label) for word, label in manners.items()]
        if self.manner.data not in manners:
            self.manner.data = next(iter(manners), "")

    def offer_equipment(self, words: Mapping[str, object]) -> None:
        """What there is to ask for; none: nothing is asked."""
        self.equipment.choices = [SelectChoice(word, label) for word, label in words.items()]

    def booker(self) -> Booker:
        """As typed. Only for a form that has passed its checks."""
        return Booker(
            name=self.name.data.strip(),
            phone=read_phone(self.phone.data or "") or "",
            email=(self.email.data or "").strip(),
            wish=lines_of(self.wish.data or "").strip(),
            equipment=tuple(self.equipment.data or ()),
            manner=self.manner.data or "",
            language=current_language(),
            channel=self.came_by(),
        )

    def came_by(self) -> str:
        """The channel."""
        return PORTAL


class CounterBookerForm(BookerForm):
    """The same, typed by staff for somebody at the counter or on the phone."""

    channel = RadioField(
        _("Как се обажда човекът?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in (PHONE, COUNTER)],
        default=PHONE,
        validate_choice=False,
    )
    name = StringField(_("Име"), [DataRequired(_("Напишете името на човека")), at_most(120)])

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in (PHONE, COUNTER):
            raise ValidationError(gettext("Изберете отговор"))

    def came_by(self) -> str:
        """The channel that staff chose."""
        return str(self.channel.data)
