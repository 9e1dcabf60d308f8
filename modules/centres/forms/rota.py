"""Forms of the rota: a shift, a week to copy, a volunteer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.centres.services.rota import ShiftEntry
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.opening_hours.forms import readable
from obshto.platform.opening_hours.hours_text import spans_of
from obshto.platform.web.formats import day_of_month, weekday
from obshto.platform.web.forms import ChoiceField, FlaskForm, UuidField, at_most

NAME, LINE = 120, 40


class ShiftForm(FlaskForm):
    """Who is on duty, on which day of the week that is shown, from when to when."""

    request_id = UuidField(default=uuid4)
    who = ChoiceField(_("Кой дежури"), [DataRequired(_("Изберете кой дежури"))])
    day = ChoiceField(_("Ден"), [DataRequired(_("Изберете ден"))])
    hours = StringField(
        _("От колко до колко часа"),
        [DataRequired(_("Въведете часове, например 8:30-12")), at_most(LINE), readable(spans_of)],
    )

    def offer(self, people: Mapping[UUID, str], first: date) -> None:
        """People by id and name; the days of the week that begins on `first`."""
        self.who.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(str(one), name, render_kw={"lang": "bg"}) for one, name in people.items()
        ]
        days = [first + timedelta(days=number) for number in range(7)]
        self.day.choices = [
            SelectChoice(day.isoformat(), f"{weekday(day).capitalize()}, {day_of_month(day)}")
            for day in days
        ]

    def validate_hours(self, field: Field) -> None:
        """Raises ValidationError: one stretch of time."""
        if len(spans_of(field.data or "")) != 1:
            raise ValidationError(gettext("Въведете часове, например 8:30-12"))

    def entry(self) -> ShiftEntry:
        """As typed. Only for a form that has passed its checks."""
        [span] = spans_of(self.hours.data)
        day = date.fromisoformat(self.day.data)
        return ShiftEntry(day=day, span=span, who=UUID(self.who.data))


class OneButtonForm(FlaskForm):
    """Nothing but a button: `request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class VolunteerForm(FlaskForm):
    """A name, and where to call."""

    request_id = UuidField(default=uuid4)
    name = StringField(_("Име на доброволеца"), [DataRequired(_("Въведете името")), at_most(NAME)])
    phone = TelField(_("Телефон"), [Optional()])

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data and read_phone(field.data) is None:
            raise ValidationError(gettext("Въведете телефона с цифри, например 0938 12 345"))
