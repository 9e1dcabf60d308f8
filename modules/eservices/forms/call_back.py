"""Form of who wants to be called while filling in an application."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.eservices.forms.acts import printable
from obshto.modules.eservices.services.call_backs import TIMES, AskedCall
from obshto.platform.errors import InvalidValue
from obshto.platform.identifiers import checked_phone
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import UuidField, at_most


class CallBackForm(RateLimitedForm):
    """Phone, time of day, and whether staff may read what is filled in."""

    rate_limit = RateLimit(thing="eservices:call.ask", most=10)
    request_id = UuidField(default=uuid4)
    step = HiddenField(validators=[at_most(60)])
    phone = StringField(
        _("На кой телефон да Ви се обадим?"), [DataRequired(_("Въведете телефон")), at_most(30)]
    )
    name = StringField(_("Как да се обърнем към Вас?"), [Optional(), at_most(80), printable])
    time = RadioField(
        _("Кога Ви е удобно?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(word, said) for word, said in TIMES.items()],
        default="any",
    )
    shows_draft = BooleanField(_("Служителят може да види попълненото дотук"))

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError."""
        try:
            field.data = checked_phone(field.data)
        except InvalidValue as fault:
            raise ValidationError(str(fault)) from None

    def asked(self) -> AskedCall:
        """What was left. Only for a form that has passed its checks."""
        return AskedCall(
            phone=self.phone.data,
            name=" ".join((self.name.data or "").split()),
            time=self.time.data,
            shows_draft=self.shows_draft.data,
            step=self.step.data or "",
        )
