"""Forms of open data: a file with its words, a request, the acts of staff."""

from __future__ import annotations

from typing import Any, BinaryIO
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.modules.opendata.services.catalogue import LICENCES, THEMES
from obshto.modules.opendata.services.request_actions import EXTENSIONS, MOST_WORDS, OutcomeWords
from obshto.modules.opendata.services.request_states import DATA, FORMS, KINDS
from obshto.modules.opendata.services.request_submission import InformationWords
from obshto.modules.opendata.services.uploads import SetWords
from obshto.platform.cases.channels import CHANNELS, COUNTER, ENTERED
from obshto.platform.cases.forms import CaseWordsForm, NumberAndCodeForm
from obshto.platform.datasets.declarations import CC_BY
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

_email = Regexp(r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z", message=_("Напишете имейла като ime@primer.bg"))


class SetForm(FlaskForm):
    """A data set: its words, and a file, which a new one needs."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField(default=0)
    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(120)])
    about = TextAreaField(
        _("Какво има в него и за кого е полезно"),
        [DataRequired(_("Опишете какво има в него")), at_most(2_000)],
    )
    source = StringField(_("Откъде са данните и към коя дата"), [Optional(), at_most(200)])
    theme = ChoiceField(_("Тема"), default="GOVE")
    licence = ChoiceField(_("Как може да се ползва"), default=CC_BY)
    file = FileField(_("Файл"))

    def __init__(self, *args: Any, needs_file: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.needs_file = needs_file
        self.theme.choices = [SelectChoice(code, title) for code, title in THEMES.items()]
        self.licence.choices = [SelectChoice(one, title) for one, title in LICENCES.items()]

    def validate_file(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.needs_file and not field.data:
            raise ValidationError(gettext("Изберете файл"))

    def said(self) -> SetWords:
        """As typed. Only for a form that has passed its checks."""
        return SetWords(
            title=self.title.data.strip(),
            about=lines_of(self.about.data),
            source=(self.source.data or "").strip(),
            theme=self.theme.data,
            licence=self.licence.data,
        )

    def table(self) -> tuple[BinaryIO, str] | None:
        """The file that was sent, with its name."""
        sent = self.file.data
        return (sent.stream, sent.filename or "") if sent else None


class RefreshForm(FlaskForm):
    """Asks that all declared data sets are looked at now; while that waits, again is once."""

    request_id = UuidField(default=uuid4)


class InformationForm(RateLimitedForm):
    """A request: for information under the law, or for a data set that is missing."""

    rate_limit = RateLimit(thing="opendata:request.send", most=20)
    request_id = UuidField(default=uuid4)
    kind = RadioField(
        _("Какво искате?"),
        choices=[SelectChoice(word, title) for word, title in KINDS.items()],
        default=next(iter(KINDS)),
        validate_choice=False,
    )
    words = TextAreaField(
        _("Опишете информацията"), [DataRequired(_("Опишете какво искате")), at_most(3_000)]
    )
    form = RadioField(
        _("В каква форма я искате?"),
        choices=[SelectChoice(word, title) for word, title in FORMS.items()],
        default=next(iter(FORMS)),
        validate_choice=False,
    )
    name = StringField(_("Име или организация"), [at_most(120)])
    email = StringField(_("Имейл"), [Optional(), at_most(120), _email])
    phone = StringField(_("Телефон"), [Optional(), at_most(40)])
    address = StringField(_("Адрес, ако искате отговора по пощата"), [Optional(), at_most(300)])

    def validate_kind(self, field: Field) -> None:
        """Raises ValidationError."""
        _check_choice(field, KINDS)

    def validate_form(self, field: Field) -> None:
        """Raises ValidationError."""
        _check_choice(field, FORMS)

    def validate_name(self, field: Field) -> None:
        """The law wants it of a request for information. Raises ValidationError."""
        if self.kind.data != DATA and not (field.data or "").strip():
            raise ValidationError(gettext("Напишете име: законът го иска за обществена информация"))

    def told(self, **more: Any) -> InformationWords:
        """As typed. Only for a form that has passed its checks."""
        return InformationWords(
            kind=self.kind.data,
            words=lines_of(self.words.data),
            form=self.form.data,
            name=(self.name.data or "").strip(),
            email=(self.email.data or "").strip(),
            phone=(self.phone.data or "").strip(),
            address=(self.address.data or "").strip(),
            language=current_language(),
            **more,
        )


class InformationEntryForm(InformationForm):
    """The same, typed by staff for somebody at the counter, on the phone, or off a paper."""

    channel = RadioField(
        _("Как идва искането?"),
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        default=COUNTER,
        validate_choice=False,
    )

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        _check_choice(field, ENTERED)


class InformationFollowForm(NumberAndCodeForm):
    """Number and code of a request."""

    rate_limit = RateLimit(thing="opendata:request.follow", most=30)


class RequestWordsForm(CaseWordsForm):
    """Words about a request, seen in one version."""

    most_words = MOST_WORDS


class LongerForm(RequestWordsForm):
    """Why the term is longer, by which article."""

    rule = RadioField(
        _("Защо се удължава?"),
        choices=[SelectChoice(rule, title) for rule, title in EXTENSIONS.items()],
        validate_choice=False,
    )

    def validate_rule(self, field: Field) -> None:
        """Raises ValidationError."""
        _check_choice(field, EXTENSIONS)


class AccessOutcomeForm(RequestWordsForm):
    """The answer, the refusal or where it went; what of it everybody may read."""

    topic = StringField(_("Тема за публичния списък"), [at_most(160)])
    public_words = TextAreaField(
        _("Въпросът с Ваши думи, без данни за хора"), [Optional(), at_most(3_000)]
    )
    is_public = BooleanField(_("Публикувайте въпроса и отговора"), default=True)

    def validate_topic(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.is_public.data and not (field.data or "").strip():
            raise ValidationError(gettext("Напишете темата или махнете отметката за публикуване"))

    def outcome(self) -> OutcomeWords:
        """As typed. Only for a form that has passed its checks."""
        return OutcomeWords(
            answer=self.said(),
            topic=(self.topic.data or "").strip(),
            public_words=lines_of(self.public_words.data or ""),
            is_public=bool(self.is_public.data),
        )


def _check_choice(field: Field, choices: Any) -> None:
    if field.data not in choices:
        raise ValidationError(gettext("Изберете отговор"))
