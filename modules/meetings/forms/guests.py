"""Forms of citizens: coming, asking, feedback; and the same typed in by staff for somebody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp, ValidationError

from obshto.modules.meetings.forms.plans import NumberField, line
from obshto.modules.meetings.models import Guest, Meeting
from obshto.modules.meetings.services.access_log import PURPOSES
from obshto.modules.meetings.services.feedback import ANSWERS, QUESTIONS, FeedbackWords
from obshto.modules.meetings.services.guests import (
    MODES,
    MOST_PEOPLE,
    PHONE,
    ROOM,
    VIDEO,
    Coming,
)
from obshto.modules.meetings.services.questions import QuestionWords
from obshto.platform.cases.channels import CHANNELS, COUNTER, ENTERED, PORTAL
from obshto.platform.cases.channels import PHONE as BY_PHONE
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.cases.forms import CaseWordsForm
from obshto.platform.purposes.forms import PurposeForm
from obshto.platform.questions.forms import QuestionForm
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import current_language

EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z"
QUESTION = 600


def _email(label: Any) -> Any:
    return line(label, 120, Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg")))


def _channel(label: Any) -> RadioField:
    return RadioField(
        label,
        [InputRequired(_("Изберете отговор"))],
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=BY_PHONE,
        validate_choice=False,
    )


def _checked_channel(field: Any) -> None:
    if field.data not in (COUNTER, BY_PHONE, *ENTERED):
        raise ValidationError(_("Изберете отговор"))


class ComingForm(RateLimitedForm):
    """How somebody takes part, how many they are, what they need."""

    rate_limit = RateLimit(thing="meetings:guest.register", most=40)
    request_id = UuidField(default=uuid4)
    mode = RadioField(
        _("Как ще участвате?"), [InputRequired(_("Изберете отговор"))], validate_choice=False
    )
    people = NumberField(
        _("Колко души сте"),
        [InputRequired(_("Въведете колко души сте"))],
        least=1,
        most=MOST_PEOPLE,
        default=1,
    )
    name = line(_("Вашето име"), 120)
    email = _email(_("Имейл за промени и напомняне"))
    phone = line(_("Телефон"), 40)
    needs = line(_("Трябва ли Ви нещо?"), 400, of=TextAreaField)

    def offer(self, meeting: Meeting) -> None:
        """The ways that this meeting has."""
        ways = [ROOM]
        ways += [VIDEO] if meeting.has_video else []
        ways += [PHONE] if meeting.phone_bridge else []
        self.mode.choices = [SelectChoice(way, MODES[way]) for way in ways]
        if len(ways) == 1 and not self.mode.data:
            self.mode.data = ROOM

    def validate_mode(self, field: Any) -> None:
        """Raises ValidationError."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Изберете отговор"))

    def coming(self, channel: str = PORTAL) -> Coming:
        """As typed. Only for a form that has passed its checks."""
        assert self.people.data
        return Coming(
            mode=self.mode.data,
            people=self.people.data,
            name=(self.name.data or "").strip(),
            email=(self.email.data or "").strip(),
            phone=(self.phone.data or "").strip(),
            needs=lines_of(self.needs.data or ""),
            language=current_language(),
            channel=channel,
        )


class ChangeComingForm(ComingForm):
    """The same changed later; the version is that of what was said."""

    expected_version = ExpectedVersionField()


class GuestEntryForm(ComingForm):
    """The same, typed by staff for somebody on the phone or at the counter."""

    channel = _channel(_("Как се обажда човекът?"))

    def validate_channel(self, field: Any) -> None:
        """Raises ValidationError."""
        _checked_channel(field)


def shown_guest(guest: Guest) -> dict[str, Any]:
    """Initial data of the form that changes it."""
    names = ("mode", "people", "name", "email", "phone", "needs")
    return {name: getattr(guest, name) for name in names} | {"expected_version": guest.version}


class GuestCodeForm(RateLimitedForm):
    """The code that somebody was given."""

    rate_limit = RateLimit(thing="meetings:guest.find", most=30)
    request_id = UuidField(default=uuid4)
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Any) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(_("Кодът има 20 цифри"))


class AskForm(QuestionForm):
    """A question before the meeting."""

    rate_limit = RateLimit(thing="meetings:question.ask", most=20)
    most_words = QUESTION
    name = line(_("Вашето име"), 120)

    def question(self, channel: str = PORTAL) -> QuestionWords:
        """As typed. Only for a form that has passed its checks."""
        return QuestionWords(
            words=lines_of(self.words.data),
            name=(self.name.data or "").strip(),
            email=(self.email.data or "").strip(),
            language=current_language(),
            channel=channel,
        )


class RoomQuestionForm(RateLimitedForm):
    """A question from the room: the words alone."""

    rate_limit = RateLimit(thing="meetings:question.room", most=60)
    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Вашият въпрос"), [DataRequired(_("Напишете въпроса си")), at_most(QUESTION)]
    )


class QuestionEntryForm(AskForm):
    """The same, typed by staff."""

    channel = _channel(_("Как е зададен въпросът?"))

    def validate_channel(self, field: Any) -> None:
        """Raises ValidationError."""
        _checked_channel(field)


class SupportForm(FlaskForm):
    """One press: they wait for the answer as well."""

    request_id = UuidField(default=uuid4)


class GuestsLookForm(PurposeForm):
    """What the names are opened for."""

    question = _("Защо отваряте имената?")
    purposes = PURPOSES


class WordsOnQuestionForm(CaseWordsForm):
    """Words of a moderator: what is shown, why it is not, the answer."""

    most_words = 2_000


def _answer(question: str) -> RadioField:
    return RadioField(
        QUESTIONS[question],
        [Optional()],
        choices=[SelectChoice(*pair) for pair in ANSWERS.items()],
        validate_choice=False,
    )


class FeedbackForm(RateLimitedForm):
    """Three questions and free words after the meeting; one of them is enough."""

    rate_limit = RateLimit(thing="meetings:feedback.send", most=20)
    request_id = UuidField(default=uuid4)
    heard, clear, again = (_answer(question) for question in QUESTIONS)
    words = TextAreaField(_("Какво мислите за срещата?"), [at_most(1_000)])

    def validate_words(self, field: Any) -> None:
        """Raises ValidationError."""
        answered = [self[name].data for name in QUESTIONS if self[name].data]
        if not answered and not (field.data or "").strip():
            raise ValidationError(_("Отговорете на въпрос или напишете няколко думи"))
        if set(answered) - set(ANSWERS):
            raise ValidationError(_("Изберете отговор"))

    def said(self) -> FeedbackWords:
        """As sent. Only for a form that has passed its checks."""
        answers = {name: self[name].data or "" for name in QUESTIONS}
        return FeedbackWords(words=lines_of(self.words.data or ""), **answers)
