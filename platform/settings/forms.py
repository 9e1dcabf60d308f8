"""The form of a part's settings, drawn from its dataclass."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_origin, get_type_hints

from wtforms import BooleanField, Field, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from obshto.platform.web.forms import (
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    lines_of,
)


class NumberField(IntegerField):
    """A whole number. What is none gets the part's own sentence; the library's is in English."""

    def __init__(self, *given: Any, error: str, **more: Any) -> None:
        super().__init__(*given, **more)
        self.error = error

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.error) from None


class SettingsForm(FlaskForm):
    """`expected_version` is the version of the settings that their author had before their eyes."""

    expected_version = ExpectedVersionField()

    def values(self) -> dict[str, Any]:
        """What was set, by the name of the setting."""
        return {
            field.name: lines_of(field.data) if field.type == "TextAreaField" else field.data
            for field in self.settings()
        }

    def settings(self) -> list[Field]:
        """The fields that are filled in."""
        return [field for field in self if field is not self.expected_version]


def form_of(shape: type) -> type[SettingsForm]:
    """A form with a field for each setting. Its label and bounds stand in the field's metadata."""
    types = get_type_hints(shape)
    drawn = {field.name: _field(types[field.name], field.metadata) for field in fields(shape)}
    return type(f"{shape.__name__}Form", (SettingsForm,), drawn)


def _field(kind: type, about: Any) -> Field:
    if kind is bool:
        return BooleanField(about["label"])
    if get_origin(kind) is list:
        return ChoicesField(
            about["label"],
            choices=[SelectChoice(word, title) for word, title in about["choices"].items()],
        )
    error = about["error"]
    if kind is int:
        bounds = NumberRange(about["least"], about["most"], message=error)
        return NumberField(about["label"], [InputRequired(error), bounds], error=error)
    checks: list[Any] = [Length(max=about["most"], message=error)]
    if pattern := about.get("pattern"):
        checks.append(Regexp(rf"(?:{pattern})\Z", message=error))
    field = TextAreaField if about.get("is_long") else StringField
    return field(about["label"], checks)
