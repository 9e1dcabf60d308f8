"""Forms of centres: a centre, what is booked in it, who comes, the search of staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, IntegerField, RadioField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.centres.errors import PhoneNeeded
from obshto.modules.centres.models import Centre
from obshto.modules.centres.services.centres import CentreEntry
from obshto.modules.centres.services.kinds import (
    BY_PHONE,
    CENTRE,
    COMPUTER,
    EQUIPMENT,
    FEATURES,
    HELPER,
    RECEPTION,
    RESOURCES,
    ROOM,
    equipment_of,
    manners_of,
)
from obshto.platform.bookings.access_log import DESK_PURPOSES, OFFICE_PURPOSES
from obshto.platform.bookings.forms import BookerForm, CounterBookerForm
from obshto.platform.bookings.models import Resource
from obshto.platform.bookings.resources import ResourceEntry
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.opening_hours.forms import HoursForm, hours_fields
from obshto.platform.opening_hours.hours import read, stored
from obshto.platform.purposes.forms import PurposeForm
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
)
from obshto.platform.web.language import OTHERS
from obshto.platform.web.place_field import PlaceField, written
from obshto.tenants.api import is_near, settlements_of

NAME, ABOUT, ADDRESS = 120, 600, 200


def _choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(word, label) for word, label in words.items()]


class CentreForm(HoursForm):
    """A centre or an office as staff write it."""

    name = StringField(_("Име"), [DataRequired(_("Въведете името")), at_most(NAME)])
    about = TextAreaField(_("За какво е"), [Optional(), at_most(ABOUT)])
    helper = StringField(_("Кой помага и кога"), [Optional(), at_most(ADDRESS)])
    ekatte = ChoiceField(_("Населено място"), [Optional()])
    address = StringField(_("Адрес"), [DataRequired(_("Въведете адреса")), at_most(ADDRESS)])
    point = PlaceField(_("Точка на картата"), [Optional(), at_most(60)])
    phone = TelField(_("Телефон"), [DataRequired(_("Въведете телефон за записване"))])
    features = ChoicesField(_("Удобства"), choices=_choices(FEATURES))
    equipment = ChoicesField(_("Оборудване"), choices=_choices(EQUIPMENT))
    name_en = StringField(_("Име на английски"), [Optional(), at_most(NAME)])
    about_en = TextAreaField(_("За какво е, на английски"), [Optional(), at_most(ABOUT)])
    name_ro = StringField(_("Име на румънски"), [Optional(), at_most(NAME)])
    about_ro = TextAreaField(_("За какво е, на румънски"), [Optional(), at_most(ABOUT)])

    def __init__(
        self,
        *args: Any,
        municipality: str,
        kind: str = CENTRE,
        settlement: Mapping[str, str] = MappingProxyType({}),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        self.names = {
            place.ekatte: {**place.names, "bg": f"{place.kind} {place.names['bg']}"}
            for place in settlements_of(municipality)
        }
        if kept := self.ekatte.object_data:
            self.names.setdefault(kept, {"bg": kept, **settlement})
        self.ekatte.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(code, names["bg"]) for code, names in self.names.items()
        ]

    def validate_phone(self, field: Field) -> None:
        """Raises ValidationError: people are told to call it."""
        if read_phone(field.data) is None:
            raise ValidationError(gettext("Въведете телефона с цифри, например 0938 12 345"))

    def validate_point(self, field: PlaceField) -> None:
        """Raises ValidationError: no point, or one of another village."""
        if field.point is None:
            raise ValidationError(
                gettext("Напишете точката като 43.888, 22.520 или оставете полето празно")
            )
        if self.ekatte.data and not is_near(field.point, self.ekatte.data):
            raise ValidationError(
                gettext("Точката е далеч от избраното място. Проверете я или сменете мястото.")
            )

    def entry(self) -> CentreEntry:
        """The centre as typed. Only for a form that has passed its checks."""
        plain = {
            name: (self[name].data or "").strip()
            for name in ("name", "about", "helper", "ekatte", "address", "phone")
        }
        latitude, longitude = self.point.point or (None, None)
        return CentreEntry(
            kind=self.kind,
            **plain,
            latitude=latitude,
            longitude=longitude,
            settlement=self.names.get(plain["ekatte"], {}),
            features=tuple(self.features.data or ()),
            equipment=tuple(self.equipment.data or ()),
            hours=self.hours(),
            translations=self._translations(),
        )

    def _translations(self) -> dict[str, dict[str, str]]:
        """A language without a name has no translation."""
        told = {
            language: {
                part: (self[f"{part}_{language}"].data or "").strip() for part in ("name", "about")
            }
            for language in OTHERS
        }
        return {language: words for language, words in told.items() if words["name"]}


class NewCentreForm(CentreForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditCentreForm(CentreForm):
    """`expected_version` is the version that the author had before their eyes."""

    expected_version = ExpectedVersionField()


def fields_of(centre: Centre) -> dict[str, Any]:
    """What the form of a centre shows at first."""
    names = ("name", "about", "helper", "ekatte", "address", "phone", "features", "equipment")
    shown: dict[str, Any] = {name: getattr(centre, name) for name in names}
    for language, words in centre.translations.items():
        shown |= {f"{part}_{language}": text for part, text in words.items()}
    shown |= {"point": written(centre.latitude, centre.longitude)}
    return {**shown, **hours_fields(read(centre.hours)), "expected_version": centre.version}


class ResourceForm(HoursForm):
    """What can be booked. Without hours of its own it is as open as its centre."""

    kind = RadioField(
        _("Какво е?"), [DataRequired(_("Изберете отговор"))], choices=[], validate_choice=False
    )
    name = StringField(_("Име"), [DataRequired(_("Въведете името")), at_most(NAME)])
    note = StringField(_("Пояснение"), [Optional(), at_most(ADDRESS)])
    capacity = IntegerField(
        _("Колко души едновременно"),
        [InputRequired(_("Въведете число")), NumberRange(1, 200, _("Въведете число от 1 до 200"))],
        default=1,
    )
    slot_minutes = IntegerField(
        _("Колко минути е един час"),
        [InputRequired(_("Въведете число")), NumberRange(5, 480, _("Въведете число от 5 до 480"))],
        default=60,
    )
    most_slots = IntegerField(
        _("Колко часа подред може да запази един човек"),
        [InputRequired(_("Въведете число")), NumberRange(1, 8, _("Въведете число от 1 до 8"))],
        default=1,
    )
    ahead_days = IntegerField(
        _("Колко дни напред се записва"),
        [InputRequired(_("Въведете число")), NumberRange(1, 90, _("Въведете число от 1 до 90"))],
        default=28,
    )

    def __init__(self, *args: Any, centre: Centre, **more: Any) -> None:
        super().__init__(*args, **more)
        words = (COMPUTER, ROOM, HELPER) if centre.kind == CENTRE else (RECEPTION,)
        self.kind.choices = [SelectChoice(word, RESOURCES[word]) for word in words]
        if len(words) == 1:
            self.kind.data = words[0]

    def validate_kind(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("Изберете отговор"))

    def entry(self) -> ResourceEntry:
        """As typed. Only for a form that has passed its checks."""
        return ResourceEntry(
            kind=self.kind.data,
            name=self.name.data.strip(),
            note=(self.note.data or "").strip(),
            capacity=self.capacity.data,
            slot_minutes=self.slot_minutes.data,
            most_slots=self.most_slots.data,
            ahead_days=self.ahead_days.data,
            hours=stored(self.hours()),
        )


class NewResourceForm(ResourceForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditResourceForm(ResourceForm):
    """`expected_version` is the version that the author had before their eyes."""

    expected_version = ExpectedVersionField()


def resource_fields(resource: Resource) -> dict[str, Any]:
    """What the form of a resource shows at first."""
    names = ("kind", "name", "note", "capacity", "slot_minutes", "most_slots", "ahead_days")
    shown: dict[str, Any] = {name: getattr(resource, name) for name in names}
    return {**shown, **hours_fields(read(resource.hours)), "expected_version": resource.version}


class _Slots:
    """How many times one after the other: a choice only where the resource lets people choose."""

    slots: ChoiceField

    def offer(self, resource: Resource, centre: Centre) -> None:
        """What there is to choose: how long, how one meets, what shall be there."""
        self.slots.choices = [
            SelectChoice(str(n), gettext("%(num)s минути", num=n * resource.slot_minutes))
            for n in range(1, resource.most_slots + 1)
        ]
        self.offer_manners(dict(manners_of(resource.kind)))  # type: ignore[attr-defined]
        self.offer_equipment(equipment_of(centre.equipment))  # type: ignore[attr-defined]

    def starts(self, first: datetime, resource: Resource) -> list[datetime]:
        """The beginnings of the times wanted."""
        step = timedelta(minutes=resource.slot_minutes)
        return [first + step * number for number in range(int(self.slots.data or 1))]


class BookForm(BookerForm, _Slots):
    """Who comes and for how long."""

    slots = ChoiceField(_("За колко време?"), choices=[], default="1")

    def validate_manner(self, field: Field) -> None:
        """Raises ValidationError: who wants to be called says where."""
        if field.data == BY_PHONE and not self.phone.data:
            raise ValidationError(str(PhoneNeeded()))
        if field.choices and field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("Изберете отговор"))


class CounterBookForm(CounterBookerForm, BookForm):
    """The same, typed by staff."""


class BookingCodeForm(RateLimitedForm):
    """The code, as it stands on the slip."""

    rate_limit = RateLimit(thing="bookings:booking.follow", most=30)
    request_id = UuidField(default=uuid4)
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class NamesForm(PurposeForm):
    """For what somebody of the staff opens names."""

    question = _("Защо отваряте имената?")
    purposes = DESK_PURPOSES


class VisitorNameForm(NamesForm):
    """The same of who receives them."""

    purposes = OFFICE_PURPOSES


class AgreementForm(FlaskForm):
    """Words that were agreed with who came. `expected_version` is that of the booking."""

    expected_version = ExpectedVersionField()
    agreed = TextAreaField(
        _("Какво се уговори?"), [DataRequired(_("Напишете какво се уговори")), at_most(1_000)]
    )


class GuestForm(FlaskForm):
    """One more guest at the door."""

    request_id = UuidField(default=uuid4)
