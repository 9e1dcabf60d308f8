"""The bridge from WTForms to the templates in `ui/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask, render_template, request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm as _FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import (
    DateField,
    DateTimeLocalField,
    Field,
    FieldList,
    FileField,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectFieldBase
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError
from wtforms.validators import NumberRange as _NumberRange

from obshto.platform.clock import SOFIA
from obshto.platform.errors import DomainError, StaleRow
from obshto.platform.web import govuk_components

__all__ = [
    "EMAIL",
    "ChoiceField",
    "ChoicesField",
    "DayField",
    "HourField",
    "FlaskForm",
    "MomentField",
    "NumberRange",
    "PublishForm",
    "ScheduleForm",
    "ExpectedVersionField",
    "UuidField",
    "at_most",
    "err",
    "errors_of",
    "filled",
    "leaves_of",
    "install",
    "lines_of",
    "seen_here",
    "version_of",
]
EMAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z"  # as much of an address as a slip breaks
NEVER = -1  # a version that no row has
YEARS = range(2000, 2101)
MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M"]  # of a browser, of a hand
DIGITS = 18  # of the largest that a database keeps
T = TypeVar("T")


class FlaskForm(_FlaskForm):
    """Form of the house: a press of „Проверете езика“ draws it again, whatever stands in it.

    `ui/language_check.html` has the button. Nothing is validated then, so that no view goes on.
    `begun` names the fields that a row filled before anything was typed; `stored_version` is the
    version of that row, where the form has one; `answer_status` answers what must be mended.
    """

    answer_status: int = 422
    begun: frozenset[str] = frozenset()
    stored_version: int | None = None

    class Meta(_FlaskForm.Meta):
        """How what was sent is read."""

        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            """Drops files from under the names of other fields, whose checks are for texts.

            A form within a form has no field for a file.
            """
            wrapped = super().wrap_formdata(form, formdata)
            if not isinstance(wrapped, CombinedMultiDict):
                return wrapped
            asked = {field.name for field in form if isinstance(field, FileField)}
            files = [pair for pair in request.files.items(multi=True) if pair[0] in asked]
            return CombinedMultiDict([MultiDict(files), request.form])

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **more: Any) -> None:
        """Fill in what is stored, over it what was typed."""
        given = {**(data or {}), **more}
        self.begun = frozenset(
            name
            for name in self._fields
            if name in given or (obj is not None and hasattr(obj, name))
        )
        super().process(formdata, obj, data, **more)
        if "expected_version" in self.begun:
            self.stored_version = self["expected_version"].object_data

    def validate_on_submit(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whether the form was sent to be acted on, and is right."""
        return "check_language" not in request.form and super().validate_on_submit(extra_validators)

    def values_as(self, words: type[T]) -> T:
        """A dataclass of the fields that it names; texts without the blanks around them."""
        found = {field.name: self[field.name].data for field in fields(words)}  # type: ignore[arg-type]
        return words(**{n: lines_of(v) if isinstance(v, str) else v for n, v in found.items()})


class AtMost(Length):
    """A limit after which nothing more is asked: patterns take long over long texts."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Raises StopValidation."""
        try:
            super().__call__(form, field)
        except ValidationError as refusal:
            raise StopValidation(*refusal.args) from None


def at_most(limit: int) -> AtMost:
    """A text of so many characters; says how to mend a longer one. Stands before any pattern."""
    return AtMost(max=limit, message=lazy_gettext("Съкратете текста до %(n)s знака", n=limit))


class NumberRange(_NumberRange):
    """Limits of a number; one with more digits than a machine counts in is beyond them."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Raises ValidationError."""
        try:
            super().__call__(form, field)
        except OverflowError:
            raise ValidationError(self.message or gettext("Въведете по-малко число")) from None


class ChoiceField(SelectField):
    """One of a list; what is not in it is said in the person's language, not in the library's."""

    def pre_validate(self, form: BaseForm) -> None:
        """Raises ValidationError."""
        _refuse_in_our_words(super().pre_validate, form)


class ChoicesField(SelectMultipleField):
    """Several of a list, with the same words."""

    def pre_validate(self, form: BaseForm) -> None:
        """Raises ValidationError."""
        _refuse_in_our_words(super().pre_validate, form)


def _refuse_in_our_words(check: Callable[[BaseForm], None], form: BaseForm) -> None:
    try:
        check(form)
    except ValidationError:
        raise ValidationError(gettext("Изберете отговор от списъка")) from None


class UuidField(HiddenField):
    """An id that travels with the form. Nobody types it, so a broken one is a broken form.

    It has no id in the page: no label points at it, and a page may hold several such forms.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"render_kw": {"id": False}, **kwargs})

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Sets `data` to a UUID."""
        try:
            self.data = UUID(valuelist[0])
        except (ValueError, IndexError):
            message = gettext("Страницата беше отворена твърде дълго")
            raise ValidationError(message) from None


class ExpectedVersionField(HiddenField):
    """The version of the row that the form was drawn from; a broken one is no version at all."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Sets `data` to a whole number."""
        self.data = version_of(valuelist[0] if valuelist else "")


def lines_of(text: str) -> str:
    """What was typed into a box of several lines, without the blanks around it. Browsers end lines
    with CRLF (HTML, „multipart/form-data“); who compares two texts would see each line changed.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def seen_here() -> int:
    """The version that came with a form of one button (`expected_version` of `ui/form.html`)."""
    return version_of(request.form.get("expected_version", ""))


def version_of(typed: str) -> int:
    """The number that came with a form; one that no row has where none did."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= DIGITS else NEVER


class MomentField(DateTimeLocalField):
    """A day and an hour as clocks in Bulgaria show them; `moment` is the same, aware, in UTC.

    `data` has no zone. A year in which nobody plans anything is a slip, and later breaks sums.
    """

    data: dt.datetime | None

    def __init__(self, label: object, validators: Sequence[Any], **more: Any) -> None:
        super().__init__(label, validators, format=MOMENTS, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Sets `data`; raises ValueError with a sentence that says how to write it."""
        try:
            super().process_formdata(valuelist)
            if self.data and self.data.year not in YEARS:
                raise ValueError(self.data)
        except ValueError:
            self.data = None
            raise ValueError(gettext("Напишете деня и часа като 24.11.2026 8:30")) from None

    def process_data(self, value: dt.datetime | None) -> None:
        """Takes what is stored, an aware moment."""
        self.data = value.astimezone(SOFIA).replace(tzinfo=None) if value else None

    @property
    def moment(self) -> dt.datetime | None:
        """None where nothing stands, and where what stands is no moment."""
        return self.data.replace(tzinfo=SOFIA).astimezone(dt.UTC) if self.data else None


class HourField(MomentField):
    """A moment that clocks show: the hour that a clock change leaves out is refused."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Sets `data`; raises ValueError with a sentence."""
        super().process_formdata(valuelist)
        if (
            self.data
            and self.moment
            and self.moment.astimezone(SOFIA).replace(tzinfo=None) != self.data
        ):
            raise ValueError(
                gettext("Тази нощ часовникът се мести напред и този час го няма. Изберете друг.")
            )


class PublishForm(FlaskForm):
    """From when to when something shows; empty means at once, and for good."""

    expected_version = ExpectedVersionField()
    published_at = MomentField(lazy_gettext("От кога да се вижда"), [Optional()])
    until = MomentField(lazy_gettext("До кога да се вижда"), [Optional()])


class ScheduleForm(PublishForm):
    """The same where showing it at once is an act of its own: an empty moment never publishes."""

    published_at = MomentField(
        lazy_gettext("От кога да се вижда"),
        [InputRequired(lazy_gettext("Въведете от кога да се вижда"))],
    )


class DayField(DateField):
    """A date typed into three boxes of one name: day, month, year."""

    typed: Sequence[str] = ()

    @property
    def parts(self) -> Sequence[str]:
        """What stands in the three boxes: as typed, else the stored date, else nothing."""
        if self.typed:
            return self.typed
        if self.data:
            return (str(self.data.day), str(self.data.month), str(self.data.year))
        return ("", "", "")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Sets `data`; three empty boxes are no error here, that is for validators to judge."""
        self.data = None
        self.typed = [value.strip() for value in [*valuelist, "", "", ""][:3]]
        # Optional and InputRequired look at the first raw value only: a date without its day
        # would pass for nothing typed.
        self.raw_data = [" ".join(self.typed)] if any(self.typed) else []
        if self.raw_data:
            self.data = _date(*self.typed)


def _date(day: str, month: str, year: str) -> dt.date:
    if not day:
        raise ValueError(gettext("Добавете ден към датата"))
    if not month:
        raise ValueError(gettext("Добавете месец към датата"))
    if not year:
        raise ValueError(gettext("Добавете година към датата"))
    try:
        if len(year) != 4:  # „56“ is a slip, not the year 56
            raise ValueError
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        message = gettext("Няма такава дата. Проверете деня и месеца.")
        raise ValueError(message) from None


def err(field: Field) -> dict[str, str] | None:
    """The first complaint about a field in the shape the kit's macros take, None if it is right."""
    if not field.errors:
        return None
    return {"text": str(field.errors[0]), "visuallyHiddenText": gettext("Грешка")}


def errors_of(form: BaseForm) -> list[dict[str, str]]:
    """The lines of the error summary, each linked to something that takes the focus.

    A group (radios, checkboxes, the three boxes of a date) gives its id to its first input, so
    `#id` is always right. Complaints about the form as a whole come first, without a link.
    """
    whole = [{"text": str(text)} for text in getattr(form, "form_errors", ())]
    return whole + [
        {"text": str(field.errors[0]), "href": f"#{field.id}"}
        for field in leaves_of(form)
        if field.errors and field.type != "CSRFTokenField"
    ]


def leaves_of(fields: BaseForm | FieldList | Sequence[Field]) -> Iterator[Field]:
    """The fields into which something is typed, those inside groups and lists, too."""
    for field in fields:
        if isinstance(field, FormField):
            yield from leaves_of(field.form)
        elif isinstance(field, FieldList) and len(field):
            yield from leaves_of(field)
        else:
            yield field


def choices_of(field: SelectFieldBase) -> list[dict[str, Any]]:
    """The choices as the kit's macros take them; `render_kw` of one has its `hint`, its `lang`.

    Nothing appears below a choice once it is made: the kit's way of doing it puts `aria-expanded`
    on a radio, which the role does not allow. Ask on the next page instead.
    """
    return [
        {
            "value": str(choice.value),
            "text": str(choice.label),
            "checked": choice.selected,
            "selected": choice.selected,
            "hint": {"text": str(kw["hint"])} if "hint" in kw else None,
            "label": {"attributes": {"lang": kw["lang"]} if "lang" in kw else {}},
            "attributes": {"lang": kw["lang"]} if "lang" in kw else {},  # of an option
        }
        for choice in (option.choice for option in field)
        if (kw := choice.render_kw or {}) is not None
    ]


def filled(template: str, form: FlaskForm, **more: object) -> str | tuple[str, int]:
    """The page of a form: 422 when something must be mended, with everything that was typed.

    The form's `answer_status` says another, as `tell` gives it for one that came too late.
    """
    page = render_template(template, form=form, **more)
    return (page, form.answer_status) if form.errors or form.form_errors else page


def show_version(form: Any, row: Any) -> None:
    """The version that the page shows; a form that came with another one keeps it until told."""
    form.stored_version = row.version
    if not form.is_submitted():
        form.expected_version.data = row.version


def tell(
    form: Any,
    refusal: DomainError,
    row: Any = None,
    *,
    at: Mapping[type[DomainError], str] = MappingProxyType({}),
    version: int | None = None,
) -> int:
    """Say why not, with all that was typed; who sends again has seen the row as it is now.

    `at` names the field that mends a refusal, for forms that have it. The row has the version to
    send next, unless `version` says another. Answers the status of the refusal.
    """
    names = [name for kind, name in at.items() if isinstance(refusal, kind) and name in form]
    if names:
        form[names[0]].errors = [str(refusal)]
    else:
        form.form_errors.append(str(refusal))
    if isinstance(refusal, StaleRow) and row is not None:
        form.expected_version.data = row.version if version is None else version
    return refusal.status


def install(app: Flask) -> None:
    """Gives templates the bridge; the templates of `ui/` rely on it."""
    govuk_components.install(app)
    app.jinja_env.globals.update(err=err, errors_of=errors_of, choices_of=choices_of)
