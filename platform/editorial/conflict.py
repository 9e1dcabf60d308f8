"""Edit conflict: what was saved meanwhile beside what is typed, field by field.

Any form that was begun from a row will do: WTForms keeps in `object_data` what the row holds. It
came late where the view moved its `expected_version` on, as `tell` and `refuse_edit` do.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import format_date, format_datetime, gettext
from wtforms import BooleanField, Field, FieldList, FileField, HiddenField, SubmitField
from wtforms.fields.choices import SelectFieldBase, SelectMultipleField

from obshto.platform.clock import SOFIA
from obshto.platform.content.changes import GONE, NEW, Change, changes
from obshto.platform.errors import DomainError
from obshto.platform.web.forms import FlaskForm, leaves_of, lines_of, version_of
from obshto.platform.web.last_change import LastChange, last_change

UNSEEN = {"expected_version", "request_id", "csrf_token"}
# Nobody reads what they hold.
_UNCOMPARED = (HiddenField, FileField, SubmitField, FieldList)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldConflict:
    """One field that reads differently; pieces that only one side has are GONE, or NEW."""

    label: str
    saved: list[Change]
    typed: list[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditConflict:
    """What another person saved, and when, beside what stands in the form.

    `fields` is None where the form was not begun from the row. `change` is what the log has.
    """

    who: str = ""
    at: dt.datetime | None = None
    fields: list[FieldConflict] | None
    change: LastChange | None = None


def refuse_edit(form: Any, refusal: DomainError, row: Any, *, version: int | None = None) -> None:
    """Say why not; of a late form also both texts, which its error summary shows.

    `row` was changed (`changed_by`, `changed_at`) and has the version to send next, unless
    `version` says another. Told once: who saves again has seen what the other wrote.
    """
    form.form_errors.append(str(refusal))
    now = row.version if version is None else version
    if form.expected_version.data != now:
        differ = differences(form)
        form.conflict = EditConflict(who=row.changed_by, at=row.changed_at, fields=differ)
    form.expected_version.data = now


def conflict_of(form: Any) -> EditConflict | None:
    """For the error summary of any form: None unless it was drawn from an earlier version."""
    told: EditConflict | None = getattr(form, "conflict", None)
    seen = getattr(form, "expected_version", None)
    if told or seen is None or not seen.raw_data:
        return told
    if seen.data is None or version_of(seen.raw_data[0]) == seen.data:
        return None
    fields = differences(form) if form.begun - UNSEEN else None
    change = last_change()
    return EditConflict(fields=fields, change=change) if fields or change else None


def differences(form: FlaskForm) -> list[FieldConflict]:
    """Fields that people see whose typed value is another than the saved one, in their order."""
    found = []
    for field in leaves_of([one for one in form if one.short_name in form.begun]):
        if isinstance(field, _UNCOMPARED) or not _was_asked(field):
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


def _was_asked(field: Field) -> bool:
    """Whether the page had it: of a box that was left empty nothing is sent."""
    return bool(field.raw_data) or isinstance(field, (BooleanField, SelectMultipleField))


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
