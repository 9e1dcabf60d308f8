"""Forms of initiatives: the words, the minutes of the meeting, what happens to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from obshto.modules.initiatives.services.initiatives import InitiativeWords, Minutes, StepWords
from obshto.modules.initiatives.services.states import (
    ADDRESSEES,
    OUTCOMES,
    VILLAGE_MAYOR,
    InitiativeAct,
)
from obshto.platform.clock import SOFIA
from obshto.platform.petitions.forms import choice_field, number_field, refuse_other
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    HourField,
    UuidField,
    at_most,
    lines_of,
)

_day = _("Въведете ден")


class InitiativeForm(FlaskForm):
    """What is proposed, to whom, where, why."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    addressee = choice_field(_("До кого е?"), ADDRESSEES)
    unit = ChoiceField(_("За кое място е?"), default="")
    question = TextAreaField(
        _("Какво предлагате?"), [DataRequired(_("Напишете какво предлагате")), at_most(500)]
    )
    reasons = TextAreaField(
        _("Защо го предлагате?"), [DataRequired(_("Напишете мотивите")), at_most(2_000)]
    )

    def offer(self, units: Mapping[str, str]) -> None:
        """Where: the municipality or one mayoralty."""
        self.unit.choices = [SelectChoice("", _("Цялата община"))] + [
            SelectChoice(code, name) for code, name in units.items()
        ]

    def validate_addressee(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, ADDRESSEES)

    def validate_unit(self, field: Field) -> None:
        """Raises ValidationError: a mayoralty's mayor is asked about one mayoralty."""
        if self.addressee.data == VILLAGE_MAYOR and not field.data:
            raise ValidationError(gettext("Изберете кметството, до чийто кмет е инициативата"))

    def said(self) -> InitiativeWords:
        """As typed. Only for a form that has passed its checks."""
        return InitiativeWords(
            addressee=self.addressee.data,
            unit=self.unit.data or "",
            question=" ".join(self.question.data.split()),
            reasons=lines_of(self.reasons.data),
        )


class InitiativeStepForm(FlaskForm):
    """A step: its day, its words; what the act does not ask for is dropped."""

    expected_version = ExpectedVersionField()
    happened_on = DateField(_("Кога се случи?"), [DataRequired(_day)])
    meeting_at = HourField(_("Кога беше събранието?"), [InputRequired(_("Въведете ден и час"))])
    meeting_place = StringField(
        _("Къде беше?"), [DataRequired(_("Напишете къде беше събранието")), at_most(200)]
    )
    meeting_chair = StringField(
        _("Кой го води?"), [DataRequired(_("Напишете кой води събранието")), at_most(120)]
    )
    attended = number_field(_("Колко граждани с право на глас присъстваха?"), least=1, most=99_999)
    collects_until = DateField(_("До кой ден се събират подписи?"), [DataRequired(_day)])
    places = TextAreaField(
        _("Къде се събират подписи, съгласувано с кмета?"),
        [DataRequired(_("Напишете къде се събират подписи")), at_most(1_000)],
    )
    outcome = choice_field(_("Какъв е отговорът?"), OUTCOMES)
    words = TextAreaField(_("Текст"), [at_most(4_000)])

    def fit(self, act: InitiativeAct) -> None:
        """Keep what the act asks for."""
        if act.words:
            self.words.label.text = act.words
            self.words.validators = [DataRequired(_("Попълнете това поле")), at_most(4_000)]
        else:
            del self.words
        if act.asks != "outcome":
            del self.outcome
        if act.asks == "meeting":
            del self.happened_on  # the day of the meeting is the day
            return
        for name in ("meeting_at", "meeting_place", "meeting_chair", "attended"):
            del self[name]
        del self.collects_until, self.places

    def validate_outcome(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, OUTCOMES)

    def said(self) -> StepWords:
        """As typed. Only for a form that has passed its checks."""
        minutes = self._minutes() if "meeting_at" in self else None
        return StepWords(
            happened_on=minutes.at.astimezone(SOFIA).date() if minutes else self.happened_on.data,
            words=lines_of(self.words.data) if "words" in self else "",
            minutes=minutes,
            outcome=self.outcome.data if "outcome" in self else "",
        )

    def _minutes(self) -> Minutes:
        assert self.meeting_at.moment
        return Minutes(
            at=self.meeting_at.moment,
            place=self.meeting_place.data.strip(),
            chair=" ".join(self.meeting_chair.data.split()),
            attended=self.attended.data,
            collects_until=self.collects_until.data,
            places=lines_of(self.places.data),
        )


def fill_from(initiative: Any) -> dict[str, Any]:
    """What the form of an initiative shows of it."""
    return {name: getattr(initiative, name) for name in InitiativeWords.__slots__}
