"""Forms of a campaign: who takes part, what they say, events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.referendum.services.campaign import PartyWords
from obshto.modules.referendum.services.campaign_events import EventWords
from obshto.modules.referendum.services.campaign_halls import (
    ASKED,
    GRANTED,
    REFUSED,
    HallWords,
)
from obshto.modules.referendum.services.equal_space import BOTH, NO, YES
from obshto.modules.referendum.services.proposals import FIRST_DAY
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.clock import today
from obshto.platform.petitions.forms import choice_field, number_field, refuse_other
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    ExpectedVersionField,
    FlaskForm,
    HourField,
    UuidField,
    at_most,
    lines_of,
)

LONGEST = 10_000
SIDES: Mapping[str, Any] = {YES: _("За „да“"), NO: _("За „не“")}
EVENT_SIDES: Mapping[str, Any] = {**SIDES, BOTH: _("И двете страни")}
HALL_STATES: Mapping[str, Any] = {
    ASKED: _("Чака отговор"),
    GRANTED: _("Залата е дадена"),
    REFUSED: _("Залата е отказана"),
}
HALL_ANSWERS: Mapping[str, Any] = {
    GRANTED: _("Общината дава залата"),
    REFUSED: _("Общината отказва"),
}
MOST_HOURS = 8
_text = [DataRequired(_("Напишете текста")), at_most(LONGEST)]


class PartyForm(FlaskForm):
    """A party, coalition or initiative committee, from its paper."""

    request_id = UuidField(default=uuid4)
    side = choice_field(_("За какво се регистрира?"), SIDES)
    name = StringField(
        _("Партия, коалиция или инициативен комитет"),
        [DataRequired(_("Въведете името")), at_most(120)],
    )
    registered_on = DateField(_("Кога е регистрирана?"), [DataRequired(_("Въведете ден"))])

    def validate_side(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, SIDES)

    def validate_registered_on(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data and not FIRST_DAY <= field.data <= today():
            raise ValidationError(gettext("Проверете деня: не може да е в бъдещето"))

    def said(self) -> PartyWords:
        """As typed. Only for a form that has passed its checks."""
        return PartyWords(
            side=self.side.data,
            name=" ".join(self.name.data.split()),
            registered_on=self.registered_on.data,
        )


class StatementForm(FlaskForm):
    """What a participant says, typed from its paper."""

    expected_version = ExpectedVersionField()
    statement = TextAreaField(_("Текст на страната"), _text)

    def said(self) -> str:
        """As typed. Only for a form that has passed its checks."""
        return str(lines_of(self.statement.data))


class PartyCodeForm(RateLimitedForm):
    """The code that the municipality gave to a participant."""

    rate_limit = RateLimit(thing="referendum:party.open", most=20)
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class OwnStatementForm(StatementForm):
    """The same by who has the code, which travels with it."""

    code = HiddenField()


class CampaignEventForm(FlaskForm):
    """Where people hear one side or both."""

    request_id = UuidField(default=uuid4)
    side = choice_field(_("Кой говори?"), EVENT_SIDES)
    title = StringField(_("Каква е проявата?"), [DataRequired(_("Напишете каква")), at_most(120)])
    place = StringField(_("Къде?"), [DataRequired(_("Напишете къде")), at_most(200)])
    starts_at = HourField(_("Кога започва?"), [DataRequired(_("Въведете ден и час"))])

    def validate_side(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, EVENT_SIDES)

    def said(self) -> EventWords:
        """As typed. Only for a form that has passed its checks."""
        assert self.starts_at.moment
        return EventWords(
            side=self.side.data,
            title=" ".join(self.title.data.split()),
            place=" ".join(self.place.data.split()),
            starts_at=self.starts_at.moment,
        )


class HallForm(FlaskForm):
    """Which hall a participant asks for, and for how long."""

    request_id = UuidField(default=uuid4)
    hall = StringField(_("Коя зала?"), [DataRequired(_("Напишете коя зала")), at_most(200)])
    title = StringField(_("За каква проява?"), [DataRequired(_("Напишете каква")), at_most(120)])
    starts_at = HourField(_("Кога започва?"), [DataRequired(_("Въведете ден и час"))])
    hours = number_field(_("За колко часа?"), least=1, most=MOST_HOURS)

    def said(self) -> HallWords:
        """As typed. Only for a form that has passed its checks."""
        assert self.starts_at.moment
        return HallWords(
            hall=" ".join(self.hall.data.split()),
            title=" ".join(self.title.data.split()),
            starts_at=self.starts_at.moment,
            ends_at=self.starts_at.moment + timedelta(hours=self.hours.data),
        )


class OwnHallForm(RateLimitedForm, HallForm):
    """The same by who has the participant's code, which travels with it."""

    rate_limit = RateLimit(thing="referendum:hall.ask", most=20)
    code = HiddenField()


class HallAnswerForm(FlaskForm):
    """Granted or not, and why."""

    expected_version = ExpectedVersionField()
    answer = choice_field(_("Какъв е отговорът?"), HALL_ANSWERS)
    reason = TextAreaField(_("Мотиви"), [at_most(600)])

    def validate_answer(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, HALL_ANSWERS)

    def said(self) -> str:
        """The reason as typed."""
        return str(lines_of(self.reason.data or ""))
