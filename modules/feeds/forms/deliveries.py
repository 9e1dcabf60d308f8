"""Forms of a post on one network: it was put there by hand, it was found or not."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, Regexp

from obshto.platform.web.forms import FlaskForm, at_most

ADDRESS, DIGITS = 500, 9


class PlacedForm(FlaskForm):
    """Where it stands there, if somebody wants to say so."""

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


class ByHandForm(PlacedForm):
    """`edition` is the text that the page showed; 0 where it is to be removed."""

    is_done = BooleanField(
        _("Публикувах я"), [InputRequired(_("Отбележете, след като сте готови"))]
    )
    edition = HiddenField()

    def __init__(self, *args: Any, done: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if done:
            self.is_done.label.text = done

    @property
    def seen_edition(self) -> int:
        """One that never was where the page was meddled with."""
        typed = self.edition.data or ""
        is_number = typed.isascii() and typed.isdigit() and len(typed) <= DIGITS
        return int(typed) if is_number else -1


class FoundForm(PlacedForm):
    """What somebody saw on the page of the network."""

    answer = RadioField(
        _("Там ли е публикацията"),
        [InputRequired(_("Изберете дали публикацията е там"))],
        choices=[
            SelectChoice("there", _("Да, там е")),
            SelectChoice("absent", _("Не, няма я: пуснете я отново")),
        ],
    )
