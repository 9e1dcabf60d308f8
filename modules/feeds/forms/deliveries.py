"""Forms of a post on one network: it was put there by hand, it was found or not."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, Regexp

from obshto.platform.web.forms import FlaskForm, at_most

ADDRESS, DIGITS = 500, 12


class PlacedForm(FlaskForm):
    """Where it stands there, if somebody wants to say so; `expected_version` is what was seen."""

    expected_version = HiddenField()
    address = StringField(
        _("Адрес на публикацията там"),
        [
            Optional(),
            at_most(ADDRESS),
            Regexp(r"\s*https?://\S+\s*$", message=_("Въведете адрес, който започва с https://")),
        ],
    )

    @property
    def where(self) -> str:
        return (self.address.data or "").strip()

    @property
    def seen(self) -> int:
        """One that never was where the page was meddled with."""
        typed = self.expected_version.data or ""
        is_number = typed.isascii() and typed.isdigit() and len(typed) <= DIGITS
        return int(typed) if is_number else -1


class ByHandForm(PlacedForm):
    """`expected_version` is the edition that the page showed; 0 where it is to be removed."""

    is_done = BooleanField(
        _("Публикувах я"), [InputRequired(_("Отбележете, след като сте готови"))]
    )

    def __init__(self, *args: Any, done: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if done:
            self.is_done.label.text = done


class FoundForm(PlacedForm):
    """What somebody saw on the page of the network; `expected_version` is the question asked."""

    answer = RadioField(
        _("Там ли е публикацията"),
        [InputRequired(_("Изберете дали публикацията е там"))],
        choices=[
            SelectChoice("there", _("Да, там е")),
            SelectChoice("absent", _("Не, няма я: пуснете я отново")),
        ],
    )
