"""Edit conflict: what was saved meanwhile beside what is typed, field by field.

Any form that was begun from a row will do: WTForms keeps in `object_data` what the row holds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import format_date, format_datetime, gettext
from wtforms import BooleanField, Field, HiddenField
from wtforms.fields.choices import SelectFieldBase

from obshto.platform.clock import SOFIA
from obshto.platform.content.changes import GONE, NEW, Change, changes
from obshto.platform.errors import DomainError
from obshto.platform.web.forms import FlaskForm, leaves_of, lines_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldConflict:
    """One field that reads differently; pieces that only one side has are GONE, or NEW."""

    label: str
    saved: list[Change]
    typed: list[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditConflict:
    """What another person saved, and when, beside what stands in the form."""

    who: str
    at: dt.datetime
    fields: list[FieldConflict]


def refuse_edit(form: Any, refusal: DomainError, row: Any, *, version: int | None = None) -> None:
    """Say why not; of a late form also both texts, for `texts/conflict.html`.

    `row` was changed (`changed_by`, `changed_at`) and has the version to send next, unless
    `version` says another. Told once: who saves again has seen what the other wrote.
    """
    form.form_errors.append(str(refusal))
    now = row.version if version is None else version
    if form.expected_version.data != now:
        differ = differences(form)
        form.conflict = EditConflict(who=row.changed_by, at=row.changed_at, fields=differ)
    form.expected_version.data = now


def differences(form: FlaskForm) -> list[FieldConflict]:
    """Fields that people see whose typed value is another than the saved one, in their order."""
    found = []
    for field in leaves_of(form):
        if isinstance(field, HiddenField):
            continue
        saved, typed = _words(_begun(field)), _words(field)
        if saved != typed:
            pieces = changes(saved, typed)
            found.append(
                FieldConflict(
                    label=str(field.label.text),
                    saved=[piece for piece in pieces if piece.kind != NEW],
                    typed=[piece for piece in pieces if piece.kind != GONE],
                )
            )
    return found


def _begun(field: Field) -> Field:
    """The field as it was before anything was typed."""
    begun: Field = object.__new__(type(field))  # `copy` gives an unbound field
    vars(begun).update(vars(field))
    begun.process_data(field.object_data)
    return begun


def _words(field: Field) -> str:
    if isinstance(field, SelectFieldBase):
        chosen = [str(option.choice.label) for option in field if option.choice.selected]
        return ", ".join(chosen)
    if isinstance(field, BooleanField):
        return str(gettext("Да") if field.data else gettext("Не"))
    value = field.data
    if isinstance(value, dt.datetime):  # as clocks show it, without a zone
        return str(format_datetime(value.replace(tzinfo=SOFIA), "short"))
    if isinstance(value, dt.date):
        return str(format_date(value))
    return lines_of("" if value is None else str(value))
