"""Forms of a settlement profile and of its picture."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Optional, Regexp

from obshto.platform.opening_hours.forms import HoursForm, hours_fields
from obshto.platform.opening_hours.hours import read, stored
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, at_most, lines_of
from obshto.tenants.settlements.models import SettlementProfile
from obshto.tenants.settlements.services import UNWRITTEN, SettlementEntry


class SettlementForm(HoursForm):
    """What the municipality knows itself; the register's is not asked for."""

    expected_version = ExpectedVersionField()
    mayor = StringField(_("Кмет на кметството или кметски наместник"), [Optional(), at_most(120)])
    phone = TelField(
        _("Телефон на кметството"),
        [
            Optional(),
            at_most(40),
            Regexp(
                r"^\s*\+?[\d\s/()-]{3,20}\s*$",
                message=_("Въведете телефона с цифри, например 0938 12 345"),
            ),
        ],
    )
    address = StringField(_("Адрес на кметството"), [Optional(), at_most(200)])
    facts = TextAreaField(_("Какво е добре да се знае"), [Optional(), at_most(2_000)])

    def entry(self) -> SettlementEntry:
        """As it was typed."""
        return SettlementEntry(
            mayor=(self.mayor.data or "").strip(),
            phone=(self.phone.data or "").strip(),
            address=(self.address.data or "").strip(),
            hours=stored(self.hours()),
            facts=lines_of(self.facts.data or ""),
        )


def fields_of(row: SettlementProfile | None) -> dict[str, Any]:
    """What the form shows at first."""
    if row is None:
        return {"expected_version": UNWRITTEN}
    said = {name: getattr(row, name) for name in ("mayor", "phone", "address", "facts")}
    return {**said, **hours_fields(read(row.hours)), "expected_version": row.version}


class SettlementPictureForm(FlaskForm):
    """`expected_version` is the profile's."""

    expected_version = ExpectedVersionField()
    file = FileField(_("Снимка"), [FileRequired(_("Изберете снимка"))])
    alt = StringField(
        _("Какво се вижда на снимката"),
        [DataRequired(_("Напишете какво се вижда на снимката")), at_most(200)],
    )
