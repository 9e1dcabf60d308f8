"""What staff fill in about a place, what citizens choose in the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from obshto.modules.places.errors import StopNumberTwice, StopNumberUnclear
from obshto.modules.places.models import Place, Walk
from obshto.modules.places.services.kinds import FEATURES, KINDS
from obshto.modules.places.services.places import Entry, point_of
from obshto.modules.places.services.queries import Wanted
from obshto.modules.places.services.walks import WalkText
from obshto.platform.opening_hours.forms import LINE, HoursForm, hours_fields, readable
from obshto.platform.opening_hours.hours import read
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
)
from obshto.platform.web.language import OTHERS
from obshto.tenants.api import settlements_of

NAME, ABOUT, ADDRESS, PHONE = 120, 600, 200, 40


class PlaceForm(HoursForm):
    """A place as staff write it.

    `settlement` holds the names of the village that is written now: it is still offered after it
    has become another municipality's.
    """

    kind = ChoiceField(
        _("Вид"),
        [DataRequired(_("Изберете вида на мястото"))],
        choices=[SelectChoice("", _("Изберете вид"))]
        + [SelectChoice(kind.value, label) for kind, label in KINDS.items()],
    )
    name = StringField(_("Име"), [DataRequired(_("Въведете името на мястото")), at_most(NAME)])
    about = TextAreaField(_("Какво има там"), [Optional(), at_most(ABOUT)])
    ekatte = ChoiceField(_("Населено място"), [Optional()])
    address = StringField(_("Адрес"), [Optional(), at_most(ADDRESS)])
    point = StringField(_("Точка на картата"), [Optional(), at_most(60), readable(point_of)])
    phone = TelField(
        _("Телефон"),
        [
            Optional(),
            at_most(PHONE),
            Regexp(
                r"^\s*\+?[\d\s/()-]{3,20}\s*$",
                message=_("Въведете телефона с цифри, например 0938 12 345"),
            ),
        ],
    )
    email = EmailField(
        _("Имейл"),
        [
            Optional(),
            at_most(254),
            Regexp(
                r"^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$",
                message=_("Въведете имейла с @ и точка, например ime@example.com"),
            ),
        ],
    )
    website = URLField(
        _("Уебсайт"),
        [
            Optional(),
            at_most(300),
            Regexp(
                r"^\s*https?://[^\s<>\"']+\s*$",
                message=_("Въведете адрес, който започва с https://"),
            ),
        ],
    )
    features = ChoicesField(
        _("Удобства"),
        choices=[SelectChoice(feature.value, label) for feature, label in FEATURES.items()],
    )

    def __init__(
        self,
        *args: Any,
        municipality: str,
        settlement: Mapping[str, str] = MappingProxyType({}),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.names = {
            place.ekatte: {
                **place.names,
                "bg": f"{place.kind} {place.names['bg']}",
            }
            for place in settlements_of(municipality)
        }
        if kept := self.ekatte.object_data:
            self.names.setdefault(kept, {"bg": kept, **settlement})
        self.ekatte.choices = [SelectChoice("", _("Извън населено място"))] + [
            SelectChoice(code, names["bg"]) for code, names in self.names.items()
        ]

    def entry(self) -> Entry:
        """The place as typed. Only for a form that has passed its checks."""
        latitude, longitude = point_of(self.point.data or "")
        plain = {
            name: (self[name].data or "").strip()
            for name in ("kind", "name", "about", "ekatte", "address", "phone", "email", "website")
        }
        return Entry(
            **plain,
            settlement=self.names.get(plain["ekatte"], {}),
            latitude=latitude,
            longitude=longitude,
            features=tuple(self.features.data or ()),
            hours=self.hours(),
        )


class NewPlaceForm(PlaceForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditPlaceForm(PlaceForm):
    """`expected_version` is the version of the place that the author had before their eyes."""

    expected_version = ExpectedVersionField()


def fields_of(place: Place) -> dict[str, Any]:
    """What the form of a place shows at first."""
    point = "" if place.latitude is None else f"{place.latitude}, {place.longitude}"
    shown = {"point": point, "expected_version": place.version, "features": place.features}
    for name in ("kind", "name", "about", "ekatte", "address", "phone", "email", "website"):
        shown[name] = getattr(place, name)
    return {**shown, **hours_fields(read(place.hours))}


class PlaceWordsForm(FlaskForm):
    """A place or a walk in the other languages; a language without a name has no translation."""

    expected_version = ExpectedVersionField()
    name_en = StringField(_("Име на английски"), [Optional(), at_most(NAME)])
    about_en = TextAreaField(_("Какво има там, на английски"), [Optional(), at_most(ABOUT)])
    name_ro = StringField(_("Име на румънски"), [Optional(), at_most(NAME)])
    about_ro = TextAreaField(_("Какво има там, на румънски"), [Optional(), at_most(ABOUT)])

    def words(self) -> dict[str, dict[str, str]]:
        """Name and text by language."""
        return {
            language: {
                part: (self[f"{part}_{language}"].data or "").strip() for part in ("name", "about")
            }
            for language in OTHERS
        }


def filled_words(place: Place | Walk) -> dict[str, Any]:
    """What the form of the other languages shows at first."""
    shown: dict[str, Any] = {"expected_version": place.version}
    for language, words in place.translations.items():
        shown |= {f"{part}_{language}": text for part, text in words.items()}
    return shown


class PlacePictureForm(FlaskForm):
    """The picture of a place; `expected_version` is the place's."""

    expected_version = ExpectedVersionField()
    file = FileField(_("Снимка"), [FileRequired(_("Изберете снимка"))])
    alt = StringField(
        _("Какво се вижда на снимката"),
        [DataRequired(_("Напишете какво се вижда на снимката")), at_most(200)],
    )


class GalleryForm(FlaskForm):
    """One more picture; `request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Снимка"), [FileRequired(_("Изберете снимка"))])
    alt = StringField(
        _("Какво се вижда на снимката"),
        [DataRequired(_("Напишете какво се вижда на снимката")), at_most(200)],
    )


class WalkForm(FlaskForm):
    """A walk as editors write it: each sight has a box for its number in the walk."""

    name = StringField(_("Име"), [DataRequired(_("Въведете името на разходката")), at_most(NAME)])
    about = TextAreaField(_("За разходката"), [Optional(), at_most(ABOUT)])

    def __init__(self, *args: Any, sights: Sequence[Place], **more: Any) -> None:
        super().__init__(*args, **more)
        self.sights = sights
        self.numbers: dict[UUID, str] = {}

    def show(self, stops: Sequence[UUID], typed: Mapping[str, str] | None) -> None:
        """What stands in the boxes: what was typed, else the order as it is kept."""
        order = {stop: str(number) for number, stop in enumerate(stops, 1)}
        for place in self.sights:
            kept = order.get(place.id, "") if typed is None else typed.get(box_of(place), "")
            self.numbers[place.id] = kept.strip()[:20]

    def text(self) -> WalkText:
        """The walk as typed. Raises StopNumberUnclear, StopNumberTwice."""
        order: dict[int, Place] = {}
        for place in self.sights:
            if not (said := self.numbers[place.id]):
                continue
            if not (said.isascii() and said.isdigit() and 1 <= int(said) <= 99):
                raise StopNumberUnclear(name=place.name)
            if other := order.get(int(said)):
                raise StopNumberTwice(number=said, one=other.name, other=place.name)
            order[int(said)] = place
        stops = tuple(order[number].id for number in sorted(order))
        name, about = (self.name.data or "").strip(), (self.about.data or "").strip()
        return WalkText(name=name, about=about, stops=stops)


class NewWalkForm(WalkForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditWalkForm(WalkForm):
    """`expected_version` is the version of the walk that the author had before their eyes."""

    expected_version = ExpectedVersionField()


def box_of(place: Place) -> str:
    """Name of the box for the number of a sight."""
    return f"number-{place.id}"


class TableForm(FlaskForm):
    """A table of places; then its rows, looked at, with the same `request_id`."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Таблица с места"))
    rows = HiddenField()
    publish = BooleanField(_("Публикувайте новите места веднага"))

    def validate_file(self, field: Field) -> None:
        """A file is needed until its rows have been read from it."""
        if not field.data and not self.rows.data:
            raise ValidationError(gettext("Изберете файл"))


class FilterForm(FlaskForm):
    """What citizens choose in the list. It writes nothing, so it needs no token."""

    class Meta:
        csrf = False

    words = StringField(_("Дума от името или описанието"))
    kind = ChoiceField(
        _("Вид"),
        choices=[SelectChoice("", _("Всички видове"))]
        + [SelectChoice(kind.value, label) for kind, label in KINDS.items()],
    )
    ekatte = ChoiceField(_("Населено място"))
    feature = ChoiceField(
        _("С удобство"),
        choices=[SelectChoice("", _("Няма значение"))]
        + [SelectChoice(feature.value, label) for feature, label in FEATURES.items()],
    )
    open = BooleanField(_("Само отворените сега"))

    def offer(self, settlements: list[tuple[str, str]]) -> None:
        """Towns and villages to choose from: code and name in the page's language."""
        self.ekatte.choices = [SelectChoice("", _("Цялата община"))] + [
            SelectChoice(code, name) for code, name in settlements
        ]

    def wanted(self) -> Wanted:
        """What was chosen; what is no choice counts as not chosen."""
        ekatte = self.ekatte.data or ""
        return Wanted(
            kind=self.kind.data if self.kind.data in KINDS else "",
            ekatte=ekatte if ekatte.isascii() and ekatte.isdigit() else "",
            feature=self.feature.data if self.feature.data in FEATURES else "",
            words=(self.words.data or "").strip()[:LINE],
            is_open=self.open.data,
        )
