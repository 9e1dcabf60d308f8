"""Who the reader says they are: kept on their own device, read from there, written down nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import g, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.platform.search.personalization import Concern
from obshto.platform.web.cookies import cookie_name, delete_cookie, set_cookie
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.validity import refuse_in_fragment
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.municipalities.models import Settlement
from obshto.tenants.portal.territory import settlements_of

COOKIE = "reader"
A_YEAR = 365 * 24 * 60 * 60  # seconds
_value = re.compile(r"([a-z.]{0,100})-(\d{5})?").fullmatch


class About(StrEnum):
    """What somebody may say of themselves; `phrases` are words of titles that concern them."""

    label: LazyString
    phrases: tuple[str, ...]

    def __new__(cls, value: str, label: LazyString, phrases: str) -> About:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.phrases = label, tuple(phrases.split(", "))
        return member

    PARENT = (
        "parent",
        _("Родител"),
        "детска градина, училище, ясла, деца, раждане, първи клас, ученик, детска кухня, майка",
    )
    YOUNG = (
        "young",
        _("Млад човек"),
        "младежи, спорт, стадион, курс, обучение, стаж, концерт, гимназия, игрище",
    )
    OLDER = (
        "older",
        _("Възрастен човек"),
        "пенсионер, пенсия, социален патронаж, домашна помощ, лекар, аптека, възрастни,"
        " дигитален помощник, здравна служба, топъл обяд",
    )
    DISABLED = (
        "disabled",
        _("Човек с увреждане"),
        "увреждане, достъпност, личен асистент, социална помощ, социални услуги, рехабилитация",
    )
    FARMER = (
        "farmer",
        _("Земеделски стопанин"),
        "земеделие, земеделски, стопанин, животно, пасище, ниви, пчелар, наем на земя, ветеринар",
    )
    BUSINESS = (
        "business",
        _("Предприемач"),
        "фирма, търговия, търговски обект, търг, конкурс, хотел, категоризация, строеж, данък",
    )
    NEWCOMER = (
        "newcomer",
        _("Нов в общината"),
        "адрес, адресна регистрация, отпадъци, боклук, автобус, лекар, за общината, приемно време",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What a reader has said: who they are, in which town or village they live."""

    about: tuple[About, ...] = ()
    settlement: Settlement | None = None

    @property
    def concern(self) -> Concern:
        """What of this municipality concerns them."""
        phrases = [phrase for about in self.about for phrase in about.phrases]
        place = [self.settlement.names[SOURCE]] if self.settlement else []
        return Concern(tuple([*place, *phrases]))

    @property
    def words(self) -> list[str]:
        """The same for the reader's eyes, in the language of the page."""
        place = [name_of(self.settlement)] if self.settlement else []
        return [str(about.label) for about in self.about] + place

    @property
    def value(self) -> str:
        """What the device keeps."""
        return f"{'.'.join(self.about)}-{self.settlement.ekatte if self.settlement else ''}"


def reader_here(here: Municipality) -> Reader | None:
    """Who this device says reads; None where nothing was said, or nothing that counts here.

    The page is theirs from then on: no cache keeps it, not even the one of the phone.
    """
    refuse_in_fragment("reader")
    found = _value(request.cookies.get(cookie_name(COOKIE), ""))
    if found is None:
        return None
    places = {place.ekatte: place for place in settlements_of(here.slug)} if found[2] else {}
    reader = told(found[1].split("."), found[2] or "", places)
    if reader is None:
        return None
    g.is_personal = True
    return reader


def told(words: Sequence[str], ekatte: str, places: Mapping[str, Settlement]) -> Reader | None:
    """A reader of these words; unknown ones say nothing, and nothing said is no reader."""
    about = tuple(member for member in About if member.value in words)
    settlement = places.get(ekatte)
    return Reader(about=about, settlement=settlement) if about or settlement else None


def remember(answer: Response, reader: Reader | None) -> Response:
    """Let the device keep it for a year, or nothing."""
    if reader is None:
        delete_cookie(answer, COOKIE)
    else:
        set_cookie(answer, COOKIE, reader.value, max_age=A_YEAR)
    return answer


def name_of(place: Settlement) -> str:
    """„с. Гъмзово“; the name alone in languages that say no more."""
    language = current_language()
    if language == SOURCE:
        return f"{'гр.' if place.kind == 'град' else 'с.'} {place.names[SOURCE]}"
    return place.names.get(language) or place.names.get("en") or place.names[SOURCE]
