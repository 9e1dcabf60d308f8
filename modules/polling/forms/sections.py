"""Forms of sections: the room, its addresses, the search by address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.polling.models import PollingSection
from obshto.modules.polling.services.address_search import (
    ALL,
    EVEN,
    LAST,
    ODD,
    house_number,
    street_key,
)
from obshto.modules.polling.services.sections import AddressWords, SectionWords
from obshto.platform.petitions.forms import choice_field, number_field, refuse_other
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
)

NUMBERS: Mapping[str, Any] = {
    ALL: _("Всички номера"),
    ODD: _("Нечетни"),
    EVEN: _("Четни"),
}


class HasSettlement(FlaskForm):
    """A form with a settlement, where the municipality has any."""

    settlement = ChoiceField(_("Населено място"), default="")

    def offer(self, settlements: Mapping[str, str], first: Any = None) -> None:
        """The settlements in the language in force, after an empty line if there is one."""
        named = [SelectChoice(code, name) for code, name in settlements.items()]
        self.settlement.choices = ([SelectChoice("", first)] if first else []) + named
        if not settlements:
            del self.settlement

    @property
    def settlement_code(self) -> str:
        return (self.settlement.data or "") if "settlement" in self else ""


class SectionForm(HasSettlement):
    """A section with its room."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    number = number_field(_("Номер на секцията"), least=1, most=999_999)
    place = StringField(
        _("Къде се гласува?"), [DataRequired(_("Напишете къде се гласува")), at_most(120)]
    )
    address = StringField(_("Адрес"), [DataRequired(_("Въведете адреса")), at_most(200)])
    is_accessible = BooleanField(_("Входът е без стъпала"))
    entrance = StringField(_("Как се влиза?"), [Optional(), at_most(200)])
    voters = number_field(_("Гласоподаватели по избирателния списък"), most=20_000)

    def said(self) -> SectionWords:
        """As typed. Only for a form that has passed its checks."""
        return SectionWords(
            number=self.number.data,
            place=" ".join(self.place.data.split()),
            address=" ".join(self.address.data.split()),
            settlement=self.settlement_code,
            is_accessible=self.is_accessible.data,
            entrance=" ".join((self.entrance.data or "").split()),
            voters=self.voters.data,
        )


class SectionAddressForm(HasSettlement):
    """Which addresses vote there."""

    request_id = UuidField(default=uuid4)
    street = StringField(_("Улица"), [Optional(), at_most(120)])
    side = choice_field(_("Кои номера?"), NUMBERS, default=ALL)
    first = number_field(_("От номер"), least=1, most=LAST, optional=True)
    last = number_field(_("До номер"), least=1, most=LAST, optional=True)

    def validate_side(self, field: Field) -> None:
        """Raises ValidationError."""
        refuse_other(field, NUMBERS)

    def validate_street(self, field: Field) -> None:
        """Raises ValidationError: numbers need a street, and „ул.“ alone is none."""
        typed = (field.data or "").strip()
        if typed and not street_key(typed):
            raise ValidationError(gettext("Напишете името на улицата"))

    def validate_last(self, field: Field) -> None:
        """Raises ValidationError."""
        first, last = self.first.data or 1, field.data or LAST
        if first > last:
            raise ValidationError(gettext("Последният номер е преди първия"))

    def said(self) -> AddressWords:
        """As typed; without a street there are no numbers."""
        street = " ".join((self.street.data or "").split())
        return AddressWords(
            settlement=self.settlement_code,
            street=street,
            side=self.side.data if street else ALL,
            first=(self.first.data or 1) if street else 1,
            last=(self.last.data or LAST) if street else LAST,
        )


class AddressSearchForm(HasSettlement):
    """Where somebody lives. Nothing of it is kept: it is sent in the body, and no log has that."""

    street = StringField(_("Улица"), [Optional(), at_most(120)])
    number = StringField(_("Номер"), [Optional(), at_most(10)])

    def validate_number(self, field: Field) -> None:
        """Raises ValidationError."""
        if (field.data or "").strip() and house_number(field.data) is None:
            raise ValidationError(gettext("Номерът започва с цифра, например 12 или 12А"))


def fill_from(section: PollingSection) -> dict[str, Any]:
    """What the form of a section shows of it."""
    return {name: getattr(section, name) for name in SectionWords.__slots__}
