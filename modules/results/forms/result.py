"""Forms of a result: the rule, the report, an act with its day, duties."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.results.services.duties import DONE, DROPPED, DutyWords
from obshto.modules.results.services.night_acts import NightActWords
from obshto.modules.results.services.states import RESULT, NightAct
from obshto.platform.petitions.forms import choice_field, number_field, refuse_other
from obshto.platform.thread.declarations import COMMITTEE, OWES
from obshto.platform.web.forms import (
    YEARS,
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    HourField,
    UuidField,
    at_most,
    lines_of,
)

LONGEST = 600
HOW = {DONE: _("Изпълнено е"), DROPPED: _("Няма да се изпълни")}
_day = [DataRequired(_("Въведете ден"))]


def check_year(form: FlaskForm, field: Field) -> None:
    """Raises ValidationError: a year in which nobody does anything is a slip."""
    if field.data and field.data.year not in YEARS:
        raise ValidationError(gettext("Проверете годината"))


class RuleForm(FlaskForm):
    """Together with local elections, or by itself."""

    expected_version = ExpectedVersionField()
    is_together = BooleanField(
        _("Гласува се заедно с общите избори за общински съветници и кметове")
    )


class ReportForm(FlaskForm):
    """When the municipal commission reported."""

    expected_version = ExpectedVersionField()
    reported_at = HourField(
        _("Кога комисията отчете резултата?"), [DataRequired(_("Въведете ден и час"))]
    )


class NightActForm(FlaskForm):
    """An act with its day on paper and its public words."""

    expected_version = ExpectedVersionField()
    happened_on = DateField(_("На кой ден се случи?"), [*_day, check_year])
    words = TextAreaField(
        _("Номер и дата"), [DataRequired(_("Напишете текста: публикува се")), at_most(LONGEST)]
    )
    council_votes = number_field(_("Подадени действителни гласове за общински съветници"))

    def fit(self, act: NightAct, *, is_together: bool) -> None:
        """What this act asks alone stays."""
        if act.words:
            self.words.label.text = act.words
        else:
            del self.words
        if act.asks != RESULT or not is_together:
            del self.council_votes

    def said(self) -> NightActWords:
        """As typed. Only for a form that has passed its checks."""
        return NightActWords(
            happened_on=self.happened_on.data,
            words=str(lines_of(self.words.data or "")) if "words" in self else "",
            council_votes=self.council_votes.data if "council_votes" in self else None,
        )


class DutyForm(FlaskForm):
    """Who must do what by when to carry a decision out."""

    request_id = UuidField(default=uuid4)
    title = StringField(
        _("Какво трябва да се направи?"),
        [DataRequired(_("Напишете какво трябва да се направи")), at_most(120)],
    )
    owes = ChoiceField(_("Кой го дължи"))
    due_on = DateField(_("До кога?"), [DataRequired(_("Въведете срока")), check_year])

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        owing = [(word, who) for word, who in OWES.items() if word != COMMITTEE]
        self.owes.choices = [SelectChoice(word, who) for word, who in owing]

    def said(self) -> DutyWords:
        """As typed. Only for a form that has passed its checks."""
        title = " ".join(self.title.data.split())
        return DutyWords(title=title, owes=self.owes.data, due_on=self.due_on.data)


class EndDutyForm(FlaskForm):
    """Done with proof, or dropped with a reason."""

    expected_version = ExpectedVersionField()
    how = choice_field(_("Как завърши?"), HOW, default=DONE)
    ended_on = DateField(_("На кой ден?"), [*_day, check_year])
    words = TextAreaField(
        _("Доказателство или причина"),
        [DataRequired(_("Напишете текста: публикува се")), at_most(LONGEST)],
    )

    def validate_how(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, HOW)

    def said(self) -> dict[str, Any]:
        """As typed. Only for a form that has passed its checks."""
        words = str(lines_of(self.words.data))
        return {"how": self.how.data, "on": self.ended_on.data, "words": words}
