"""Form fields of opening hours: one line a day, one for public holidays, a line an exception."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask_babel import lazy_gettext as _
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from obshto.platform.errors import DomainError
from obshto.platform.opening_hours.hours import Hours
from obshto.platform.opening_hours.hours_text import (
    SHUT,
    changes_of,
    changes_text,
    holidays_line,
    holidays_of,
    line_of,
    spans_of,
)
from obshto.platform.web.forms import FlaskForm, at_most

LINE, CHANGES = 120, 4000
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = (
    _("Понеделник"),
    _("Вторник"),
    _("Сряда"),
    _("Четвъртък"),
    _("Петък"),
    _("Събота"),
    _("Неделя"),
)


def readable(reader: Callable[[str], object]) -> Callable[[FlaskForm, Field], None]:
    """A validator: the text is one that `reader` can read, else the reader's own complaint."""

    def check(form: FlaskForm, field: Field) -> None:
        try:
            reader(field.data or "")
        except DomainError as refusal:
            raise ValidationError(str(refusal)) from None

    return check


def _day(number: int) -> StringField:
    return StringField(WEEKDAYS[number], [at_most(LINE), readable(spans_of)])


class HoursForm(FlaskForm):
    """The fields of opening hours, to be inherited by the form of whatever has them."""

    monday, tuesday, wednesday, thursday = _day(0), _day(1), _day(2), _day(3)
    friday, saturday, sunday = _day(4), _day(5), _day(6)
    holidays = StringField(
        _("На официални празници"), [Optional(), at_most(LINE), readable(holidays_of)]
    )
    changes = TextAreaField(_("Изключения"), [Optional(), at_most(CHANGES), readable(changes_of)])

    def hours(self) -> Hours | None:
        """The hours as typed; None where no line says anything. Only after the form's checks."""
        lines = [(self[day].data or "").strip() for day in WEEK]
        changes = changes_of(self.changes.data or "")
        if not any(lines) and not changes:
            return None
        week = tuple(spans_of(line) for line in lines)
        return Hours(week=week, holidays=holidays_of(self.holidays.data or ""), changes=changes)


def hours_fields(hours: Hours | None) -> dict[str, str]:
    """What these fields show at first."""
    if hours is None:
        return {}
    week: Sequence[str] = [line_of(spans) or SHUT for spans in hours.week]
    return {
        **dict(zip(WEEK, week, strict=True)),
        "holidays": holidays_line(hours.holidays) or SHUT,
        "changes": changes_text(hours.changes),
    }
