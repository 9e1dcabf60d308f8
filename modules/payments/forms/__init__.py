"""What people choose and staff fill in."""

from __future__ import annotations

from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.payments.services.law import Days
from obshto.platform.amounts import cents_of
from obshto.platform.web.forms import DayField, ExpectedVersionField, FlaskForm, UuidField

MOST_PERCENT = 50
MOST_RATE = 10_000  # hundredths of a percent


class ChooseForm(FlaskForm):
    """What is paid now; `request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)
    choice = StringField(_("Какво ще платите"), [DataRequired(_("Изберете какво да платите"))])


class FileForm(FlaskForm):
    """A file of the tax program."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Файл със задължения"), [FileRequired(_("Изберете файл"))])


class TermForm(FlaskForm):
    """The days of a kind of income in a year."""

    expected_version = ExpectedVersionField()
    first = DayField(_("Последен ден за първата вноска"), [Optional()])
    second = DayField(_("Последен ден за втората вноска"), [Optional()])
    third = DayField(_("Последен ден за третата вноска"), [Optional()])
    fourth = DayField(_("Последен ден за четвъртата вноска"), [Optional()])
    percent = IntegerField(_("Отстъпка за цялата година, в проценти"), [Optional()])
    until = DayField(_("Последен ден за отстъпката"))

    def validate_percent(self, field: IntegerField) -> None:
        """Raises ValidationError."""
        if field.data is not None and not 0 <= field.data <= MOST_PERCENT:
            raise ValidationError(gettext("Въведете число от 0 до 50"))

    def validate_until(self, field: DayField) -> None:
        """Raises ValidationError."""
        if self.percent.data and not field.data:
            raise ValidationError(gettext("Въведете до кой ден важи отстъпката"))

    def days(self) -> Days:
        """The instalments in the order of their days."""
        typed = (self.first.data, self.second.data, self.third.data, self.fourth.data)
        percent = self.percent.data or 0
        return Days(
            due_on=tuple(sorted(day for day in typed if day)),
            discount_percent=percent,
            discount_until=self.until.data if percent else None,
        )

    @staticmethod
    def of(days: Days) -> dict[str, object]:
        """The same days, to be shown in the boxes."""
        shown = dict(zip(("first", "second", "third", "fourth"), days.due_on, strict=False))
        return {**shown, "percent": days.discount_percent, "until": days.discount_until}


class RateForm(FlaskForm):
    """The legal interest of a half-year, typed as 10,15."""

    expected_version = ExpectedVersionField()
    percent = StringField(
        _("Законна лихва в проценти на година"), [DataRequired(_("Въведете процент като 10,15"))]
    )

    def validate_percent(self, field: StringField) -> None:
        """Raises ValidationError."""
        if (found := cents_of(field.data or "")) is None or found > MOST_RATE:
            raise ValidationError(gettext("Въведете процент като 10,15"))

    @property
    def hundredths(self) -> int:
        """Of a percent."""
        return cents_of(self.percent.data or "") or 0
