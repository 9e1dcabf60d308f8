"""Edit conflict: what was saved meanwhile beside what is typed, field by field.

Any form that was begun from a row will do: WTForms keeps in `object_data` what the row holds. It
came late where it was drawn from another version than the stored one, or where the view moved its
`expected_version` on, as `tell` does.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, format_date, format_datetime, gettext
from wtforms import BooleanField, Field, FieldList, FileField, HiddenField, SubmitField
from wtforms.fields.choices import SelectFieldBase, SelectMultipleField

from obshto.platform.clock import SOFIA
from obshto.platform.content.changes import GONE, NEW, Change, changes
from obshto.platform.errors import StaleRow
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
    """What another person saved beside what stands in the form.

    `fields` is None where the form was not begun from the row. `change` is what the log has.
    `warning` says that it was late, where no refusal among the errors does.
    """

    fields: list[FieldConflict] | None
    change: LastChange | None = None
    warning: LazyString | str = ""


def conflict_of(form: Any) -> EditConflict | None:
    """For the error summary of any form: None unless it was drawn from an earlier version.

    Told once: a form that was late and wrong goes back with the version that is stored now.
    """
    seen = getattr(form, "expected_version", None)
    if seen is None or not seen.raw_data or seen.data is None:
        return None
    is_untold = version_of(seen.raw_data[0]) == seen.data
    if is_untold and form.stored_version in (None, seen.data):
        return None
    fields = differences(form) if form.begun - UNSEEN else None
    change = last_change()
    if not fields and not change:
        return None
    if is_untold:
        seen.data = form.stored_version
    warning = StaleRow.sentence if is_untold else ""
    return EditConflict(fields=fields, change=change, warning=warning)


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
