"""Forms of a video room: the name at the door, the opening, a caller by phone, a removal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from obshto.modules.meetings.forms.plans import NumberField
from obshto.modules.meetings.models import StrawPoll
from obshto.modules.meetings.services.straw_polls import FEWEST, MOST_OPTIONS
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

NAME, REASON, LONGEST_TURN = 60, 200, 60
_RANGE = {"least": 0, "most": 9_999}


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


class StrawPollForm(FlaskForm):
    """What everybody is asked, and what they may answer: one option a line."""

    request_id = UuidField(default=uuid4)
    question = StringField(
        _("Какво питате всички?"), [DataRequired(_("Напишете въпроса")), at_most(200)]
    )
    options = TextAreaField(
        _("Възможни отговори"), [DataRequired(_("Напишете отговорите")), at_most(400)]
    )

    def validate_options(self, field: Any) -> None:
        """Raises ValidationError."""
        if not FEWEST <= len(self.told) <= MOST_OPTIONS or len(set(self.told)) < len(self.told):
            raise ValidationError(
                gettext("Напишете от %(a)s до %(b)s различни отговора", a=FEWEST, b=MOST_OPTIONS)
            )

    @property
    def told(self) -> list[str]:
        """The options as typed, without empty lines."""
        lines = (line.strip() for line in (self.options.data or "").splitlines())
        return [line for line in lines if line]


def _hands() -> NumberField:
    return NumberField("", [InputRequired(_("Въведете колко ръце броите, 0 за никоя"))], **_RANGE)


class StrawHandsForm(FlaskForm):
    """Hands that were counted in the room, one number for each option."""

    expected_version = ExpectedVersionField()
    hands_0, hands_1, hands_2, hands_3, hands_4 = _hands(), _hands(), _hands(), _hands(), _hands()

    def __init__(self, poll: StrawPoll, **more: Any) -> None:
        numbers = {f"hands_{at}": number for at, number in enumerate(poll.hands)}
        super().__init__(data=numbers | {"expected_version": poll.version}, **more)
        for at in range(MOST_OPTIONS):
            if at < len(poll.options):
                self[f"hands_{at}"].label.text = poll.options[at]
            else:
                del self[f"hands_{at}"]

    @property
    def fields(self) -> list[Any]:
        """The boxes, in the order of the options."""
        return [field for field in self if field.name.startswith("hands_")]


class RemoveParticipantForm(FlaskForm):
    """Why somebody is sent out; they read it."""

    reason = StringField(
        _("Защо отстранявате човека"), [DataRequired(_("Напишете защо")), at_most(REASON)]
    )
