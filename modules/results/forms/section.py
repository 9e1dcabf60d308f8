"""Forms of one section: turnout, the protocol, its photo, what is decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.results.services.codes import LENGTH
from obshto.modules.results.services.control_sums import (
    BALLOTS,
    COMPLAINTS,
    INVALID,
    LISTED,
    NO,
    SIGNED,
    YES,
    ProtocolNumbers,
    numbers_of,
)
from obshto.platform.cases.codes import digits
from obshto.platform.petitions.forms import number_field
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

MOST_VOTERS = 20_000  # of one section
LONGEST = 600


class HasHour(FlaskForm):
    """How many had voted by which hour."""

    hour = ChoiceField(_("Към кой час?"))
    voted = number_field(_("Колко са гласували от началото на деня?"), most=MOST_VOTERS)

    def offer(self, hours: Sequence[int]) -> None:
        """The hours by which sections report."""
        self.hour.choices = [SelectChoice(str(hour), f"{hour}:00") for hour in hours]


class TurnoutForm(HasHour):
    """What was phoned in; the section and its hour make the row, so that twice is once."""

    request_id = UuidField(default=uuid4)


class SectionCodeForm(RateLimitedForm):
    """The code that came with the materials."""

    rate_limit = RateLimit(thing="results:section.open", most=40)
    number = number_field(_("Номер на секцията"), least=1, most=999_999)
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(40)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != LENGTH:
            raise ValidationError(gettext("Кодът има 12 цифри"))


class OwnTurnoutForm(HasHour):
    """The same by who opened the page with the code; a sealed ticket travels in its place."""

    ticket = HiddenField()


class ProtocolForm(FlaskForm):
    """What stands in a section's protocol, in the order of the law."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()  # how often it was begun anew
    number = number_field(_("Номер на секцията, както е на протокола"), least=1, most=999_999)
    listed = number_field(LISTED, most=MOST_VOTERS)
    signed = number_field(SIGNED, most=MOST_VOTERS)
    ballots = number_field(BALLOTS, most=MOST_VOTERS)
    yes = number_field(YES, most=MOST_VOTERS)
    no = number_field(NO, most=MOST_VOTERS)
    invalid = number_field(INVALID, most=MOST_VOTERS)
    complaints = number_field(COMPLAINTS, most=1_000)

    def said(self) -> ProtocolNumbers:
        """As typed. Only for a form that has passed its checks."""
        told: Mapping[str, Any] = self.data
        return numbers_of(_Typed(told))


class _Typed:
    """Values of a form as attributes."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.__dict__.update(told)


class ProtocolPhotoForm(FlaskForm):
    """A photo or scan of the paper."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Снимка или сканиран протокол"))

    def validate_file(self, field: Field) -> None:
        """Raises ValidationError."""
        if not field.data:
            raise ValidationError(gettext("Изберете файл"))


class ProtocolWordsForm(FlaskForm):
    """What the section must correct, or why its numbers stand as they are."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(
        _("Какво да се поправи или защо е така"),
        [DataRequired(_("Напишете текста: публикува се")), at_most(LONGEST)],
    )

    def said(self) -> str:
        """As typed. Only for a form that has passed its checks."""
        return str(lines_of(self.words.data))
