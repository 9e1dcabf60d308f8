"""Forms of requests: sending one, following one, the acts of staff."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.modules.personaldata.services.kinds import ACCOUNTS, BEHALF, CHOSEN, IDENTIFIED, KINDS
from obshto.modules.personaldata.services.request_actions import MOST_WORDS
from obshto.modules.personaldata.services.submission import RequestWords
from obshto.platform.cases.channels import CHANNELS, COUNTER, POST
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.cases.forms import CaseWordsForm
from obshto.platform.purposes.subjects import Subject
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
from obshto.platform.web.language import current_language

EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z"
NUMBER = r"\d{10}\Z"
ENTERED = (COUNTER, POST)
_email = Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg"))


class RequestForm(RateLimitedForm):
    """A request about data: for whom, what, how to be reached."""

    rate_limit = RateLimit(thing="personaldata:request.send", most=20)
    request_id = UuidField(default=uuid4)
    behalf = RadioField(
        _("За кого питате?"),
        choices=[
            SelectChoice(word, title, render_kw={"id": f"behalf-{word or 'self'}"})
            for word, title in BEHALF.items()
        ],
        default="",
        validate_choice=False,
    )
    words = TextAreaField(
        _("Какво искате?"), [DataRequired(_("Напишете какво искате")), at_most(3_000)]
    )
    name = StringField(_("Име"), [DataRequired(_("Напишете името си")), at_most(120)])
    email = StringField(_("Имейл"), [Optional(), at_most(120), _email])
    phone = StringField(_("Телефон"), [Optional(), at_most(40)])
    address = StringField(_("Адрес, ако искате отговора по пощата"), [Optional(), at_most(300)])

    def validate_behalf(self, field: Field) -> None:
        """Raises ValidationError."""
        field.data = field.data or ""
        if field.data not in BEHALF:
            raise ValidationError(gettext("Изберете отговор"))

    def told(self, kind: str, **more: Any) -> RequestWords:
        """The request as typed. Only for a form that has passed its checks."""
        return RequestWords(
            kind=kind,
            behalf=self.behalf.data,
            words=lines_of(self.words.data),
            name=self.name.data.strip(),
            email=(self.email.data or "").strip(),
            phone=(self.phone.data or "").strip(),
            address=(self.address.data or "").strip(),
            language=current_language(),
            **more,
        )


class RequestEntryForm(RequestForm):
    """The same, typed by staff for somebody at the counter, or off a paper."""

    kind = ChoiceField(_("Какво се иска"), [DataRequired(_("Изберете какво се иска"))])
    channel = RadioField(
        _("Как идва искането?"),
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=COUNTER,
        validate_choice=False,
    )
    identified = ChoiceField(_("Как проверихте кой пита?"), default="")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(kind, KINDS[kind].title) for kind in CHOSEN if kind != ACCOUNTS
        ]
        self.identified.choices = [SelectChoice("", _("Още не е проверено"))] + [
            SelectChoice(how, title) for how, title in IDENTIFIED.items() if how != "account"
        ]

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ENTERED:
            raise ValidationError(gettext("Изберете отговор"))

    def entered(self) -> RequestWords:
        """As typed. Only for a form that has passed its checks."""
        return self.told(
            self.kind.data, channel=self.channel.data, identified=self.identified.data or ""
        )


class RequestFollowForm(RateLimitedForm):
    """Number and code, as they stand on the slip."""

    rate_limit = RateLimit(thing="personaldata:request.follow", most=30)
    request_id = UuidField(default=uuid4)
    number = StringField(_("Номер"), [DataRequired(_("Въведете номера")), at_most(20)])
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class WithdrawConsentForm(FlaskForm):
    """One button beside a consent."""

    request_id = UuidField()


class SubjectForm(FlaskForm):
    """Ways of knowing a person."""

    number = StringField(
        _("ЕГН"),
        [Optional(), at_most(10), Regexp(NUMBER, message=_("Въведете ЕГН с 10 цифри"))],
    )
    email = StringField(_("Имейл"), [Optional(), at_most(120), _email])
    phone = StringField(_("Телефон"), [Optional(), at_most(40)])

    def subject(self) -> Subject:
        """The person as typed."""
        return Subject(
            number=(self.number.data or "").strip(),
            email=(self.email.data or "").strip(),
            phone=(self.phone.data or "").strip(),
        )


class PrintForm(SubjectForm):
    """Whose timeline is printed at the counter. It is sent, for it names a person."""

    request_id = UuidField(default=uuid4)
    is_checked = BooleanField(
        _("Човекът е пред мен и видях личната му карта"),
        [DataRequired(_("Първо вижте личната карта. На друг не се дава."))],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the three ways of knowing a person is needed."""
        is_valid = bool(super().validate(extra_validators))
        if self.number.data or self.email.data or self.phone.data:
            return is_valid
        self.number.errors = [gettext("Въведете ЕГН, имейл или телефон")]
        return False


class CounterCopyForm(FlaskForm):
    """Whose copy is printed at the counter: as the card and the account say."""

    request_id = UuidField(default=uuid4)
    name = StringField(
        _("Име, както е в личната карта"), [DataRequired(_("Въведете името")), at_most(120)]
    )
    email = StringField(
        _("Имейл на профила"), [DataRequired(_("Въведете имейла")), at_most(120), _email]
    )
    is_checked = BooleanField(
        _("Човекът е пред мен и видях личната му карта"),
        [DataRequired(_("Първо вижте личната карта. На друг не се дава."))],
    )


class AnswerForm(CaseWordsForm):
    """Words about a request, seen in one version."""

    most_words = MOST_WORDS


class LimitForm(SubjectForm, AnswerForm):
    """An answer that accepts a restriction, and whose data it binds."""


class LinkForm(AnswerForm):
    """An answer that names the other account of who asks."""

    email = StringField(
        _("Имейл на другия профил"), [DataRequired(_("Въведете имейла")), at_most(120), _email]
    )


class IdentifyForm(FlaskForm):
    """How somebody saw who asks."""

    expected_version = ExpectedVersionField()
    how = RadioField(
        _("Как проверихте кой пита?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(how, title) for how, title in IDENTIFIED.items() if how != "account"],
        validate_choice=False,
    )

    def validate_how(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in IDENTIFIED or field.data == "account":
            raise ValidationError(gettext("Изберете отговор"))
