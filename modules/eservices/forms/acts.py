"""Forms of one act: begin, take up again, look, ask, note, hand over, refuse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.eservices.services.access_log import CHOSEN, PURPOSES
from obshto.modules.eservices.services.catalogue import Service
from obshto.modules.eservices.services.codes import RESUME
from obshto.modules.eservices.services.official_text import BOXES
from obshto.modules.eservices.services.ratings import SCORES
from obshto.platform.cases.channels import CHANNELS, ENTERED
from obshto.platform.cases.codes import digits
from obshto.platform.clock import today
from obshto.platform.errors import InvalidValue
from obshto.platform.purposes.forms import PurposeForm
from obshto.platform.questionnaires.charset import checked_signs
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    ChoiceField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
)

WORDS = 2000


class StartForm(RateLimitedForm):
    """`request_id` makes a repeated click find the first draft. Without a profile it is braked."""

    rate_limit = RateLimit(thing="eservices:application.start")
    request_id = UuidField(default=uuid4)
    power = RadioField(_("За кого подавате?"), default="", validate_choice=False)


class ResumeForm(FlaskForm):
    """The code of a draft or of an application."""

    code = StringField(_("Код"), [DataRequired(_("Въведете кода"))])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != RESUME:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class EnterForm(FlaskForm):
    """For which service somebody asks, and how."""

    request_id = UuidField(default=uuid4)
    service = ChoiceField(_("За коя услуга?"), [DataRequired(_("Изберете услуга"))])
    channel = RadioField(
        _("Как идва заявлението?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[SelectChoice(channel, CHANNELS[channel]) for channel in ENTERED],
        validate_choice=False,
    )
    power = StringField(_("Номер на прието пълномощно"), [at_most(20)])

    def offer(self, services: Iterable[Service]) -> EnterForm:
        """The services to choose from."""
        self.service.choices = [
            SelectChoice("", _("Изберете услуга")),
            *(SelectChoice(s.key, s.title, render_kw={"lang": "bg"}) for s in services),
        ]
        return self

    def validate_channel(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ENTERED:
            raise ValidationError(gettext("Изберете отговор"))


class TakeUpForm(ResumeForm):
    """The code of what somebody began at home and goes on with at the counter."""

    request_id = UuidField(default=uuid4)


class FindForm(FlaskForm):
    """What a clerk looks for in the queue. It is sent, for it may hold a person's number.

    Looking twice harms nothing; `request_id` is what each form of the console carries.
    """

    request_id = UuidField(default=uuid4)
    list = HiddenField()
    service = StringField(_("Услуга"))
    text = StringField(_("Номер, име, ЕГН, ЕИК, телефон или услуга"), [at_most(120)])


class LookForm(PurposeForm):
    """What a member of staff opens a case for."""

    question = _("Защо отваряте заявлението?")
    purposes = {word: PURPOSES[word] for word in CHOSEN}


def printable(form: FlaskForm, field: Field) -> None:
    """What may be printed on a document. Raises ValidationError."""
    try:
        field.data = checked_signs(field.data or "")
    except InvalidValue as fault:
        raise ValidationError(str(fault)) from None


def printable_with_boxes(form: FlaskForm, field: Field) -> None:
    """The same beside boxes to tick, as official forms have them. Raises ValidationError."""
    boxes = re.split(f"([{BOXES}])", field.data or "")
    try:
        field.data = "".join(one if one in BOXES else checked_signs(one) for one in boxes)
    except InvalidValue as fault:
        raise ValidationError(str(fault)) from None


class WordsForm(FlaskForm):
    """Words to the person, or of the person."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(
        _("Текст"), [DataRequired(_("Напишете текста")), at_most(WORDS), printable]
    )


class ServeForm(FlaskForm):
    """On which day what is asked reached the person."""

    expected_version = ExpectedVersionField()
    day = DayField(_("Кога е връчено?"), [DataRequired(_("Въведете деня"))])
    asked_on: date | None = None

    def validate_day(self, field: DayField) -> None:
        """Raises ValidationError."""
        if not (field.data and (self.asked_on or date.min) <= field.data <= today()):
            raise ValidationError(gettext("Въведете ден от искането до днес"))


class ComplaintForm(FlaskForm):
    """What somebody is not content with."""

    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("От какво се оплаквате?"), [DataRequired(_("Напишете текста")), at_most(WORDS)]
    )


class ScoreForm(FlaskForm):
    """One tap. The same case is rated once, so a second tap changes it."""

    request_id = UuidField(default=uuid4)
    score = HiddenField()

    def chosen(self) -> int:
        """The score that was tapped; 0 for what is none."""
        return int(self.score.data) if self.score.data in {str(score) for score in SCORES} else 0


class CommentForm(FlaskForm):
    """What somebody adds to their tap."""

    request_id = UuidField(default=uuid4)
    words = TextAreaField(
        _("Какво да подобрим?"), [DataRequired(_("Напишете текста")), at_most(WORDS)]
    )


class ReplyForm(FlaskForm):
    """What the municipality answers to a complaint or a rating."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(_("Отговор"), [DataRequired(_("Напишете отговора")), at_most(WORDS)])


class ExtendForm(FlaskForm):
    """By which rule the term is longer, and why; the person reads it."""

    expected_version = ExpectedVersionField()
    rule = ChoiceField(_("Защо е нужен по-дълъг срок?"), [DataRequired(_("Изберете отговор"))])
    words = TextAreaField(
        _("Обяснение за заявителя"), [DataRequired(_("Напишете текста")), at_most(WORDS)]
    )


class GiveBackForm(FlaskForm):
    """Why a decision is not signed as it is."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(
        _("Какво да се промени?"), [DataRequired(_("Напишете текста")), at_most(WORDS)]
    )


class ApproverForm(FlaskForm):
    """Who approves instead of the role."""

    expected_version = ExpectedVersionField()
    step = HiddenField()
    to = ChoiceField(_("Кой да го одобри?"), [DataRequired(_("Изберете отговор"))])

    def offer(self, people: Mapping[str, str]) -> None:
        """The colleagues to choose from, by id."""
        self.to.choices = [SelectChoice("", _("Изберете колега"))] + [
            SelectChoice(key, name) for key, name in people.items()
        ]


class NoteForm(FlaskForm):
    """A note among colleagues."""

    request_id = UuidField(default=uuid4)
    words = TextAreaField(_("Бележка"), [DataRequired(_("Напишете бележката")), at_most(WORDS)])


class HandOverForm(FlaskForm):
    """To whom a case goes."""

    expected_version = ExpectedVersionField()
    to = ChoiceField(_("На кого?"), [DataRequired(_("Изберете отговор"))])

    def offer(self, people: Mapping[str, str]) -> None:
        """The colleagues to choose from, by id."""
        self.to.choices = [SelectChoice("", _("Изберете колега"))] + [
            SelectChoice(key, name) for key, name in people.items()
        ]
