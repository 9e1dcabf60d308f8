"""Forms of a video room: the name at the door, the opening, a caller by phone, a removal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from obshto.modules.meetings.forms.plans import NumberField
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import FlaskForm, UuidField, at_most

NAME, REASON, LONGEST_TURN = 60, 200, 60


class EnterRoomForm(RateLimitedForm):
    """The name that everybody in the room reads; who only watches may go without."""

    rate_limit = RateLimit(thing="meetings:room.enter", most=60)
    request_id = UuidField(default=uuid4)
    name = StringField(_("Вашето име"), [at_most(NAME)])

    def __init__(self, *args: Any, needs_name: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.needs_name = needs_name

    def validate_name(self, field: Any) -> None:
        """Raises ValidationError."""
        if self.needs_name and not (field.data or "").strip():
            raise ValidationError(gettext("Въведете името си"))


class OpenRoomForm(FlaskForm):
    """How people come in, and how long one speaks."""

    has_waiting_room = BooleanField(_("Първо чакат и аз ги пускам"), default=True)
    minutes = NumberField(
        _("Минути за изказване"),
        [InputRequired(_("Въведете минути, 0 за без ограничение"))],
        least=0,
        most=LONGEST_TURN,
        default=3,
    )


class PhoneCallerForm(FlaskForm):
    """Somebody on the phone bridge, who stands in the same line as those by video."""

    request_id = UuidField(default=uuid4)
    name = StringField(
        _("Кой се обажда по телефона"), [DataRequired(_("Въведете име")), at_most(NAME)]
    )


class RemoveParticipantForm(FlaskForm):
    """Why somebody is sent out; they read it."""

    reason = StringField(
        _("Защо отстранявате човека"), [DataRequired(_("Напишете защо")), at_most(REASON)]
    )
