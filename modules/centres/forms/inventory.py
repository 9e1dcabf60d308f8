"""Forms of the inventory: a thing, what broke, a repair, why it was written off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.centres.models import Centre, InventoryItem
from obshto.modules.centres.services.inventory import ItemEntry, RepairEntry
from obshto.modules.centres.services.kinds import COMPUTER, ITEM_KINDS
from obshto.platform.amounts import cents_of
from obshto.platform.bookings.models import Resource
from obshto.platform.clock import day_of, now
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
)

NAME, WORDS = 120, 400
IN_BULGARIAN = {"lang": "bg"}


class ItemForm(FlaskForm):
    """A thing of a centre. What is a seat for booking says which one."""

    name = StringField(_("Какво е"), [DataRequired(_("Напишете какво е")), at_most(NAME)])
    kind = ChoiceField(_("Вид"), [DataRequired(_("Изберете вид"))], default=COMPUTER)
    centre = ChoiceField(_("В кой център"), [DataRequired(_("Изберете център"))])
    seat = ChoiceField(_("Място, което хората запазват"), [Optional()])
    note = TextAreaField(_("Бележка"), [Optional(), at_most(WORDS)])

    def offer(self, centres: Sequence[Centre], seats: Sequence[Resource]) -> None:
        """What there is to choose. Names of centres are as staff wrote them."""
        names = {centre.id: centre.name for centre in centres}
        self.kind.choices = [SelectChoice(word, title) for word, title in ITEM_KINDS.items()]
        self.centre.choices = [
            SelectChoice(str(one), name, render_kw=IN_BULGARIAN) for one, name in names.items()
        ]
        self.seat.choices = [SelectChoice("", _("Не е място за запазване"))] + [
            SelectChoice(str(one.id), f"{one.name}, {names[one.object_id]}", render_kw=IN_BULGARIAN)
            for one in seats
            if one.kind == COMPUTER and one.object_id in names
        ]

    def validate_seat(self, field: Field) -> None:
        """Raises ValidationError: only a computer is sat at."""
        if field.data and self.kind.data != COMPUTER:
            raise ValidationError(gettext("Само компютър може да е място за запазване"))

    def entry(self) -> ItemEntry:
        """As typed. Only for a form that has passed its checks."""
        return ItemEntry(
            centre_id=UUID(self.centre.data),
            kind=self.kind.data,
            name=self.name.data.strip(),
            note=(self.note.data or "").strip(),
            resource_id=UUID(self.seat.data) if self.seat.data else None,
        )


class NewInventoryForm(ItemForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditInventoryForm(ItemForm):
    """`expected_version` is the version that the author had before their eyes."""

    expected_version = ExpectedVersionField()


def item_fields(item: InventoryItem) -> dict[str, Any]:
    """What the form of a thing shows at first."""
    return {
        **{name: getattr(item, name) for name in ("name", "kind", "note")},
        "centre": str(item.centre_id),
        "seat": str(item.resource_id) if item.resource_id else "",
        "expected_version": item.version,
    }


class BrokenForm(FlaskForm):
    """What does not work."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(
        _("Какво не работи"), [DataRequired(_("Напишете какво не работи")), at_most(WORDS)]
    )


class WriteOffForm(FlaskForm):
    """Why it is no longer there."""

    expected_version = ExpectedVersionField()
    words = TextAreaField(
        _("Защо я отписвате"), [DataRequired(_("Напишете защо я отписвате")), at_most(WORDS)]
    )


class RepairForm(FlaskForm):
    """What was done, when, by whom, for how much."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    work = TextAreaField(
        _("Какво е направено"), [DataRequired(_("Напишете какво е направено")), at_most(WORDS)]
    )
    done_on = DateField(
        _("Кога"), [InputRequired(_("Въведете ден"))], default=lambda: day_of(now())
    )
    by = StringField(_("Кой го направи"), [Optional(), at_most(NAME)])
    cost = StringField(_("Цена в евро"), [Optional(), at_most(20)])
    works_now = BooleanField(_("Вече работи"), default=True)

    def validate_done_on(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data and field.data > day_of(now()):
            raise ValidationError(gettext("Въведете ден, който вече е дошъл"))

    def validate_cost(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data and cents_of(field.data) is None:
            raise ValidationError(gettext("Въведете сума, например 12,50"))

    def entry(self) -> RepairEntry:
        """As typed. Only for a form that has passed its checks."""
        return RepairEntry(
            done_on=self.done_on.data,
            work=self.work.data.strip(),
            by=(self.by.data or "").strip(),
            cost_cents=cents_of(self.cost.data) if self.cost.data else None,
            works_now=self.works_now.data,
        )
