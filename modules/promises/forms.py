"""Forms of promises: one promise, how it ended, what followed from what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.promises.models import Promise
from obshto.modules.promises.services.promises import PromiseWords
from obshto.platform.clock import today
from obshto.platform.thread.declarations import COMMITTEE, MUNICIPALITY, OWES
from obshto.platform.web.forms import (
    YEARS,
    ChoiceField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

TITLE, OFFICE, LONGEST = 120, 80, 2_000
NAMES = ("title", "words", "settlement", "owes", "office", "given_on", "due_on")


def check_year(form: FlaskForm, field: Field) -> None:
    """Raises ValidationError: a year in which nobody promises anything is a slip."""
    if field.data and field.data.year not in YEARS:
        raise ValidationError(gettext("Проверете годината"))


def not_ahead(form: FlaskForm, field: Field) -> None:
    """Raises ValidationError."""
    if field.data and field.data > today():
        raise ValidationError(gettext("Този ден още не е дошъл"))


class PromiseForm(FlaskForm):
    """A promise; `request_id` enters one once, `expected_version` guards a change."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField(default=0)
    title = StringField(
        _("Какво е обещано"), [DataRequired(_("Напишете какво е обещано")), at_most(TITLE)]
    )
    words = TextAreaField(_("Подробности"), [Optional(), at_most(LONGEST)])
    settlement = ChoiceField(_("Населено място"), default="")
    owes = ChoiceField(_("Кой го дължи"), default=MUNICIPALITY)
    office = StringField(_("Служба или друг, който го дължи"), [Optional(), at_most(OFFICE)])
    given_on = DayField(
        _("Кога е обещано"), [DataRequired(_("Въведете деня на обещанието")), check_year, not_ahead]
    )
    due_on = DayField(_("До кога е обещано"), [DataRequired(_("Въведете срока")), check_year])

    def offer(self, settlements: Mapping[str, str]) -> None:
        """Who may owe it; the settlements in the language in force, where there are any."""
        owing = [(word, who) for word, who in OWES.items() if word != COMMITTEE]
        self.owes.choices = [SelectChoice(word, who) for word, who in owing]
        named = [SelectChoice(code, name) for code, name in settlements.items()]
        self.settlement.choices = [SelectChoice("", _("Цялата община")), *named]
        if not settlements:
            del self.settlement

    def validate_due_on(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data and self.given_on.data and field.data < self.given_on.data:
            raise ValidationError(gettext("Срокът е преди деня на обещанието"))

    def said(self) -> PromiseWords:
        """As typed. Only for a form that has passed its checks."""
        assert self.given_on.data and self.due_on.data
        return PromiseWords(
            title=" ".join(self.title.data.split()),
            words=lines_of(self.words.data or ""),
            settlement=(self.settlement.data or "") if "settlement" in self else "",
            owes=self.owes.data,
            office=" ".join((self.office.data or "").split()),
            given_on=self.given_on.data,
            due_on=self.due_on.data,
        )


def shown_promise(row: Promise) -> dict[str, Any]:
    """Initial data of the form of a promise."""
    return {name: getattr(row, name) for name in NAMES}


class KeepForm(FlaskForm):
    """How a promise was kept."""

    expected_version = ExpectedVersionField()
    outcome = TextAreaField(
        _("Какво е направено"), [DataRequired(_("Напишете какво е направено")), at_most(LONGEST)]
    )
    ended_on = DateField(
        _("Кога е изпълнено"),
        [DataRequired(_("Въведете деня")), check_year, not_ahead],
        default=today,
    )


class DropForm(FlaskForm):
    """Why a promise will not be kept."""

    expected_version = ExpectedVersionField()
    reason = TextAreaField(
        _("Защо няма да се изпълни"),
        [DataRequired(_("Напишете защо: хората го четат")), at_most(LONGEST)],
    )
    ended_on = DateField(
        _("Кога е решено"),
        [DataRequired(_("Въведете деня")), check_year, not_ahead],
        default=today,
    )


class FollowedForm(FlaskForm):
    """One press: this followed from that."""

    request_id = UuidField(default=uuid4)


def first_days() -> dict[str, Any]:
    """A new promise is of today and for a month."""
    return {"given_on": today(), "due_on": today() + timedelta(days=30)}
