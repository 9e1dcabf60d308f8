"""Forms of questions under a proposal: asking, the same at the counter, the answer, hiding one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.proposals.errors import AdditionsShut, QuestionEmailNeeded
from obshto.modules.proposals.services.questions import ADDITION, ADDRESSEES, AskedWords
from obshto.platform.cases.channels import CHANNELS, ENTERED, PORTAL
from obshto.platform.errors import DomainError
from obshto.platform.moderation.forms import HideForm
from obshto.platform.questions.forms import QuestionForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
    tell,
)
from obshto.platform.web.language import current_language

MOST_WORDS, MOST_ANSWER = 600, 2_000
ACCEPTED, DECLINED = "accepted", "declined"


class ProposalQuestionForm(QuestionForm):
    """A question to the author or to the municipality. Without an account it needs an address."""

    rate_limit = RateLimit(thing="proposals:question.ask", most=20)
    most_words = MOST_WORDS
    addressee = RadioField(
        _("Кого питате?"),
        [DataRequired(_("Изберете кого питате"))],
        choices=[SelectChoice(word, title) for word, title in ADDRESSEES.items()],
        validate_choice=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.email.flags.unmarked = True  # without a profile it is not optional

    def offer(self, *, takes_additions: bool) -> None:
        """Whom to ask; to add something while the text may still change."""
        if not takes_additions:
            self.addressee.choices = [
                one for one in self.addressee.choices if one.value != ADDITION
            ]

    def validate_addressee(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ADDRESSEES:
            raise ValidationError(gettext("Изберете кого питате"))

    def asked(self, *, channel: str = PORTAL) -> AskedWords:
        """As typed. Only for a form that has passed its checks."""
        return AskedWords(
            words=lines_of(self.words.data),
            addressee=self.addressee.data,
            email=(self.email.data or "").strip(),
            language=current_language(),
            channel=channel,
        )


class ProposalQuestionEntryForm(ProposalQuestionForm):
    """The same, typed by staff for somebody at the counter or on the phone."""

    channel = RadioField(
        _("Как е зададен въпросът?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=ENTERED[0],
        validate_choice=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.email.flags.unmarked = False

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ENTERED:
            raise ValidationError(gettext("Изберете отговор"))


class ProposalAnswerForm(FlaskForm):
    """What everybody reads below a question."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(
        _("Отговор"), [DataRequired(_("Напишете отговора")), at_most(MOST_ANSWER)]
    )


class AdditionForm(FlaskForm):
    """Whether an addition enters the text, and why not."""

    expected_version = ExpectedVersionField()
    outcome = RadioField(
        _("Влиза ли в текста?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice(
                ACCEPTED,
                _("Да, добавете го в края на текста"),
                render_kw={"hint": _("Става нова версия. После може да подобрите текста.")},
            ),
            SelectChoice(DECLINED, _("Не, текстът остава както е")),
        ],
        validate_choice=False,
    )
    words = TextAreaField(_("Какво да кажем на човека?"), [Optional(), at_most(MOST_ANSWER)])

    def validate_outcome(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in (ACCEPTED, DECLINED):
            raise ValidationError(gettext("Изберете отговор"))
        if field.data == DECLINED and not (self.words.data or "").strip():
            raise ValidationError(gettext("Напишете защо не влиза: човекът чака отговор"))


class HideQuestionForm(HideForm):
    """Which rule a question breaks, and why."""

    request_id = UuidField(default=uuid4)


def put_question_refusal(form: Any, refusal: DomainError, row: Any = None) -> None:
    """Say why not, at the field that mends it where there is one."""
    tell(form, refusal, row, at={QuestionEmailNeeded: "email", AdditionsShut: "addressee"})
