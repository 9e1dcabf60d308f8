"""Forms of editors, and of citizens who suggest an event."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, BinaryIO
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, EmailField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, DataRequired, InputRequired, Optional, Regexp, ValidationError

from obshto.modules.events.models import Event
from obshto.modules.events.services.edits import NAMES, Details, Text, details_of
from obshto.modules.events.services.queries import Names, place_of
from obshto.modules.events.services.subjects import REPEATS, SUBJECTS
from obshto.modules.events.services.suggestions import Suggested
from obshto.platform.content.wheelchair import ACCESS, WheelchairAccess
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.village_map import in_country
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    HourField,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import current_language

TITLE, SUMMARY, BODY, LINE, NOTE = 120, 300, 20_000, 200, 300
EVERYWHERE = "all"
MOST_DAYS = 60
_day = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII).fullmatch


class DaysField(StringField):
    """Days in one line, with commas: „24.12.2026, 31.12.2026“; `data` is a tuple in ISO form."""

    typed: str = ""
    data: tuple[str, ...]

    def _value(self) -> str:
        days = [date.fromisoformat(day) for day in self.data or ()]
        return self.typed or ", ".join(f"{day.day}.{day.month:02}.{day.year}" for day in days)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Sets `data`; raises ValueError with a sentence that says how to write it."""
        self.typed, self.data = valuelist[0] if valuelist else "", ()
        told = [part.strip() for part in re.split(r"[,;\n]", self.typed) if part.strip()]
        try:
            self.data = tuple(_iso(part) for part in told[:MOST_DAYS])
        except ValueError:
            raise ValueError(gettext("Напишете дните като 24.12.2026, 31.12.2026")) from None


def _iso(written: str) -> str:
    found = _day(written)
    if not found:
        raise ValueError(written)
    day, month, year = (int(part) for part in found.groups())
    return date(year, month, day).isoformat()


def _choices(of: dict[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in of.items()]


def _line(label: Any, limit: int = LINE, *more: Any, of: type[Field] = StringField) -> Field:
    return of(label, [Optional(), at_most(limit), *more])


# Errors are listed in the order in which fields are defined: words first, as the pages ask.
class TextForm(FlaskForm):
    """The words of an event."""

    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    summary = _line(_("Накратко"), SUMMARY, of=TextAreaField)
    markdown = _line(_("Подробности"), BODY, of=TextAreaField)

    def text(self) -> Text:
        """The words without the blanks around them."""
        return Text(
            title=self.title.data.strip(),
            summary=lines_of(self.summary.data or ""),
            markdown=lines_of(self.markdown.data or ""),
        )


class SuggestedTitleForm(FlaskForm):
    """The name a citizen gives an event."""

    title = StringField(
        _("Какво ще има"), [DataRequired(_("Напишете какво ще има")), at_most(TITLE)]
    )


class SpanForm(FlaskForm):
    """From when until when."""

    starts_at = HourField(_("Кога започва"), [InputRequired(_("Въведете ден и час на началото"))])
    ends_at = HourField(_("Кога свършва"), [InputRequired(_("Въведете ден и час на края"))])

    def span(self) -> tuple[datetime, datetime]:
        """As typed. Only for a form that has passed its checks."""
        assert self.starts_at.moment and self.ends_at.moment
        return self.starts_at.moment, self.ends_at.moment

    def validate_ends_at(self, field: Field) -> None:
        """After the beginning."""
        start, end = self.starts_at.moment, field.moment
        if start and end and end <= start:
            raise ValidationError(gettext("Изберете край, който е след началото"))


class EventForm(SpanForm, TextForm):
    """Words, time and place."""

    subject = ChoiceField(
        _("Тема"),
        [InputRequired(_("Изберете тема"))],
        choices=[SelectChoice("", _("Изберете")), *_choices(SUBJECTS)],
    )
    is_all_day = BooleanField(_("Цял ден, без час"))
    repeats = ChoiceField(_("Повторение"), [Optional()], choices=_choices(REPEATS))
    repeats_until = DateField(_("Повтаря се до"), [Optional()])
    exceptions = DaysField(_("Без тези дни"), [Optional(), at_most(900)])
    settlement = ChoiceField(_("Населено място"), [InputRequired(_("Изберете къде"))])
    address = _line(_("Къде точно"))
    point = _line(
        _("Координати"),
        40,
        Regexp(
            r"\s*-?\d{1,2}\.\d{1,8}\s*,\s*-?\d{1,3}\.\d{1,8}\s*$",
            message=_("Напишете ширина и дължина като 43.9911, 22.8725"),
        ),
    )
    is_free = BooleanField(_("Входът е свободен"))
    price = _line(_("Цена"))
    access = ChoiceField(_("Достъп с инвалидна количка"), [Optional()], choices=_choices(ACCESS))
    organizer = _line(_("Организатор"))
    contact = _line(_("Телефон или имейл за въпроси"))
    website = _line(
        _("Страница с повече или билети"),
        LINE,
        URL(message=_("Напишете целия адрес, например https://primer.bg/bileti")),
    )

    def __init__(self, *args: Any, names: Names, **more: Any) -> None:
        super().__init__(*args, **more)
        self.settlement.choices = places(names)

    def validate_point(self, field: Field) -> None:
        """In Bulgaria: whoever follows the map would stand in a field."""
        latitude, longitude = (None, None) if field.errors else point_of(field.data or "")
        if latitude is not None and longitude is not None and not in_country((latitude, longitude)):
            raise ValidationError(gettext("Напишете точка в България, например 43.9911, 22.8725"))

    def details(self) -> Details:
        """As typed. Only for a form that has passed its checks."""
        told: dict[str, Any] = {
            name: (self[name].data or "").strip()
            for name in ("address", "price", "organizer", "contact", "website")
        }
        latitude, longitude = point_of(self.point.data or "")
        starts_at, ends_at = self.span()
        return Details(
            starts_at=starts_at,
            ends_at=ends_at,
            is_all_day=self.is_all_day.data,
            repeats=self.repeats.data or "",
            repeats_until=self.repeats_until.data,
            exceptions=self.exceptions.data or (),
            subject=self.subject.data,
            settlement=code_of(self.settlement.data),
            latitude=latitude,
            longitude=longitude,
            is_free=self.is_free.data,
            access=self.access.data or WheelchairAccess.UNKNOWN,
            **told,
        )


class EventPictureForm(FlaskForm):
    """A picture that comes with the first words."""

    picture = FileField(_("Снимка или плакат"), [Optional()])

    def stream(self) -> BinaryIO | None:
        """The picture that came."""
        file = self.picture.data
        return file.stream if file and getattr(file, "filename", "") else None


class NewEventForm(EventForm, EventPictureForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)
    picture_alt = StringField(_("Какво се вижда на снимката"), [at_most(LINE)])

    def validate_picture_alt(self, field: Field) -> None:
        """Who does not see the picture hears it."""
        if self.stream() and not (field.data or "").strip():
            raise ValidationError(gettext("Напишете какво се вижда на снимката"))


class EditEventForm(EventForm):
    """`expected_version` is the version of the event that the author had before their eyes."""

    expected_version = ExpectedVersionField()


class TranslationForm(TextForm):
    """`expected_version` is that of the translation which the editor had before their eyes."""

    expected_version = ExpectedVersionField()


class ChangeNoteForm(FlaskForm):
    """A sentence for people, about all of it or one of its days."""

    expected_version = ExpectedVersionField()
    on = ChoiceField(_("Кой ден"), [InputRequired(_("Изберете ден"))])
    note = StringField(
        _("Едно изречение за хората"),
        [DataRequired(_("Напишете защо, хората ще го прочетат")), at_most(NOTE)],
    )

    @property
    def day(self) -> date | None:
        """The day chosen; none for all of it."""
        return None if self.on.data == EVERYWHERE else date.fromisoformat(self.on.data)


class MoveForm(ChangeNoteForm, SpanForm):
    """New time of an event."""


class DeclineForm(FlaskForm):
    """Reason to decline a suggestion."""

    expected_version = ExpectedVersionField()
    reason = StringField(
        _("Защо не го приемате"), [DataRequired(_("Напишете защо")), at_most(NOTE)]
    )


class SuggestForm(RateLimitedForm, SuggestedTitleForm, SpanForm, EventPictureForm):
    """Suggestion of a citizen."""

    rate_limit = RateLimit(thing="events:suggestion.send", most=10)
    request_id = UuidField(default=uuid4)
    settlement = ChoiceField(_("Населено място"), [InputRequired(_("Изберете къде"))])
    address = _line(_("Къде точно"))
    text = TextAreaField(
        _("Разкажете повече"),
        [DataRequired(_("Напишете няколко думи за събитието")), at_most(1_000)],
    )
    picture = FileField(_("Снимка или плакат"), [Optional()])
    organizer = _line(_("Кой го организира"))
    email = _line(
        _("Вашият имейл за отговор"),
        120,
        Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=_("Напишете имейл като ime@primer.bg")),
        of=EmailField,
    )

    def __init__(self, *args: Any, names: Names, **more: Any) -> None:
        super().__init__(*args, **more)
        self.settlement.choices = [SelectChoice("", _("Изберете")), *places(names)]

    def suggested(self, language: str) -> Suggested:
        """As typed. Only for a form that has passed its checks."""
        plain = ("title", "address", "organizer", "email")
        told = {name: (self[name].data or "").strip() for name in plain}
        starts_at, ends_at = self.span()
        return Suggested(
            starts_at=starts_at,
            ends_at=ends_at,
            settlement=code_of(self.settlement.data),
            text=lines_of(self.text.data),
            language=language,
            **told,
        )


def places(names: Names) -> list[SelectChoice]:
    """The whole municipality, and each of its settlements."""
    language = current_language()
    own = [SelectChoice(code, place_of(code, names, language)) for code in names]
    return [SelectChoice(EVERYWHERE, _("Цялата община")), *own]


def code_of(chosen: str) -> str:
    """The settlement's code; empty for the whole municipality."""
    return "" if chosen == EVERYWHERE else chosen


def point_of(written: str) -> tuple[float | None, float | None]:
    """Latitude and longitude of a line that was checked."""
    if not written.strip():
        return None, None
    latitude, longitude = (float(part) for part in written.split(","))
    return latitude, longitude


def shown(event: Event) -> dict[str, Any]:
    """Initial data of the edit form."""
    told: dict[str, Any] = {name: getattr(details_of(event), name) for name in NAMES}
    told |= {name: getattr(event, name) for name in ("title", "summary", "markdown")}
    point = event.latitude is not None and event.longitude is not None
    told["point"] = f"{event.latitude}, {event.longitude}" if point else ""
    told["settlement"] = event.settlement or EVERYWHERE
    if event.is_all_day:
        told["ends_at"] = last_minute(event.ends_at)
    return told | {"expected_version": event.version}


def last_minute(ends_at: datetime) -> datetime:
    """The end of the last day: the midnight after it is the day after to most people."""
    return datetime.fromtimestamp(ends_at.timestamp() - 60, ends_at.tzinfo)
