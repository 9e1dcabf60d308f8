"""Forms of editors, and the questions of citizens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp, ValidationError

from obshto.modules.transit.services.edits import CalendarDetails, LineDetails, StopDetails
from obshto.modules.transit.services.publication import AlertDetails
from obshto.modules.transit.services.queries import Names, place_of
from obshto.modules.transit.services.service_days import (
    ALWAYS,
    NEVER,
    USUAL,
    WEEK,
    read_spans,
    write_spans,
)
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import current_language

NAME, LINE, NOTE = 80, 200, 500
NOWHERE = "none"
YEARS = range(2000, 2101)
POINT = re.compile(
    r"\s*(-?\d{1,2}(?:\.\d{1,8})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,8})?)\s*$", re.ASCII
)
WEEKDAYS = (
    _("понеделник"),
    _("вторник"),
    _("сряда"),
    _("четвъртък"),
    _("петък"),
    _("събота"),
    _("неделя"),
)


def _line(label: Any, limit: int = LINE, *more: Any, of: type[Field] = StringField) -> Field:
    return of(label, [Optional(), at_most(limit), *more])


class NearDayField(DateField):
    """A day; a year in which nobody plans anything is a slip."""

    data: date | None

    def __init__(self, label: Any, validators: Any, **more: Any) -> None:
        super().__init__(label, validators, format=["%Y-%m-%d", "%d.%m.%Y"], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Sets `data`; raises ValueError with a sentence that says how to write it."""
        try:
            super().process_formdata(valuelist)
            if self.data and self.data.year not in YEARS:
                raise ValueError(self.data)
        except ValueError:
            self.data = None
            raise ValueError(gettext("Напишете деня като 24.12.2026")) from None


class SpansField(StringField):
    """Days and spans of days in one line: „24.12.2026 – 3.1.2027, 3.3.2027“."""

    typed: str = ""
    data: tuple[str, ...]

    def _value(self) -> str:
        return self.typed or write_spans(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Sets `data`; raises ValueError with a sentence that says how to write it."""
        self.typed, self.data = valuelist[0] if valuelist else "", ()
        try:
            self.data = tuple(read_spans(self.typed))
        except ValueError:
            raise ValueError(
                gettext("Напишете дните като 24.12.2026 – 3.1.2027, 3.3.2027")
            ) from None


class BusLineForm(FlaskForm):
    """A line without its hours."""

    number = _line(_("Номер"), 12)
    name = StringField(
        _("Откъде докъде"), [DataRequired(_("Напишете откъде докъде пътува")), at_most(NAME)]
    )
    carrier = _line(_("Превозвач"))
    phone = _line(_("Телефон за въпроси"), 40)
    source = _line(_("Откъде са часовете и към коя дата"))
    valid_from = NearDayField(_("В сила от"), [Optional()])
    valid_until = NearDayField(_("В сила до"), [Optional()])

    def details(self) -> LineDetails:
        """As typed. Only for a form that has passed its checks."""
        words = ("number", "name", "carrier", "phone", "source")
        told = {name: (self[name].data or "").strip() for name in words}
        return LineDetails(
            **told, valid_from=self.valid_from.data, valid_until=self.valid_until.data
        )

    def validate_valid_until(self, field: Field) -> None:
        """Not before the beginning."""
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError(gettext("Изберете ден, който не е преди началото"))


class NewBusLineForm(BusLineForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditBusLineForm(BusLineForm):
    """`expected_version` is the version of the line that the author had before their eyes."""

    expected_version = ExpectedVersionField()


class StopForm(FlaskForm):
    """A stop; a new one carries `request_id`, an old one the version that was seen."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    name = StringField(
        _("Име на спирката"), [DataRequired(_("Напишете как хората я наричат")), at_most(NAME)]
    )
    settlement = ChoiceField(_("Населено място"), [InputRequired(_("Изберете къде"))])
    point = _line(
        _("Координати"),
        40,
        Regexp(POINT, message=_("Напишете ширина и дължина като 43.9911, 22.8725")),
    )
    access = ChoiceField(
        _("Достъп с инвалидна количка"),
        [InputRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice("unknown", _("Не знаем")),
            SelectChoice("yes", _("Да")),
            SelectChoice("no", _("Не")),
        ],
    )

    def __init__(self, *args: Any, own: Names, others: Names, **more: Any) -> None:
        super().__init__(*args, **more)
        self.settlement.choices = [SelectChoice(NOWHERE, _("Извън населено място"))]
        language = current_language()
        for names in (own, {code: names for code, names in others.items() if code not in own}):
            self.settlement.choices += [
                SelectChoice(code, place_of(code, names, language)) for code in names
            ]

    def details(self) -> StopDetails:
        """As typed. Only for a form that has passed its checks."""
        found = POINT.match(self.point.data or "")
        chosen = self.settlement.data
        return StopDetails(
            name=self.name.data.strip(),
            settlement="" if chosen == NOWHERE else chosen,
            latitude=float(found[1]) if found else None,
            longitude=float(found[2]) if found else None,
            access=self.access.data,
        )


class CalendarForm(FlaskForm):
    """Days of service; new ones carry `request_id`, old ones the version that was seen."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    name = StringField(_("Как се наричат"), [DataRequired(_("Напишете име")), at_most(NAME)])
    weekdays = ChoicesField(
        _("Дни от седмицата"),
        [Optional()],
        choices=[SelectChoice(str(number), WEEKDAYS[number]) for number in WEEK],
    )
    holidays = ChoiceField(
        _("На официален празник"),
        [InputRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice(USUAL, _("както в другите дни")),
            SelectChoice(NEVER, _("не се движи")),
            SelectChoice(ALWAYS, _("движи се, който и ден да е")),
        ],
    )
    without = SpansField(_("Без тези дни"), [Optional(), at_most(900)])
    also = SpansField(_("И на тези дни"), [Optional(), at_most(900)])

    def details(self) -> CalendarDetails:
        """As typed. Only for a form that has passed its checks."""
        return CalendarDetails(
            name=self.name.data.strip(),
            weekdays="".join(sorted(self.weekdays.data or ())),
            holidays=self.holidays.data,
            without=tuple(self.without.data or ()),
            also=tuple(self.also.data or ()),
        )

    def validate_weekdays(self, field: Field) -> None:
        """Some day at all."""
        if not field.data and not self.also.data and self.holidays.data != ALWAYS:
            raise ValidationError(gettext("Изберете поне един ден"))


class AlertForm(FlaskForm):
    """A change or a cancellation of a line."""

    request_id = UuidField(default=uuid4)
    text = TextAreaField(
        _("Съобщение за хората"),
        [DataRequired(_("Напишете какво се променя")), at_most(NOTE)],
    )
    is_cancelled = BooleanField(_("През тези дни линията не се движи"))
    starts_on = NearDayField(_("Първи ден"), [InputRequired(_("Въведете първия ден"))])
    ends_on = NearDayField(_("Последен ден"), [InputRequired(_("Въведете последния ден"))])

    def details(self) -> AlertDetails:
        """As typed. Only for a form that has passed its checks."""
        assert self.starts_on.data and self.ends_on.data
        return AlertDetails(
            text=lines_of(self.text.data),
            is_cancelled=self.is_cancelled.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )


class TimetableForm(FlaskForm):
    """The token and the version; the table itself is a `TypedTable`."""

    expected_version = ExpectedVersionField()


def chosen_among(value: str | None, known: Iterable[str] | Mapping[str, Any]) -> str:
    """A filter of the address; what is none of ours is no filter."""
    return value if value and value in known else ""
