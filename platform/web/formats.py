"""Filters that write dates, numbers, money, phones in the reader's language."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from flask import Flask
from flask_babel import get_locale
from markupsafe import Markup, escape

from obshto.platform.clock import SOFIA
from obshto.platform.codes import written_code

KB = 1024
NBSP = "\u00a0"
NARROW = "\u202f"  # Babel puts it before „г.“; the fonts we serve lack it

# By words.md, rule 14: what must not part at the end of a line.
_MONTHS = (
    "януари февруари март април май юни юли август септември октомври ноември декември "
    "January February March April May June July August September October November December "
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie "
    "decembrie"
).replace(" ", "|")
_BEFORE = re.compile(r"(?<=\d) (?=(?:г|ч|лв)\.|€|%|[KMG]B\b|лв\b|EUR\b|" + rf"(?:{_MONTHS})\b)")
_AFTER = re.compile(
    r"(?<![\w])(№|§|(?:чл|ал|т|вх|изх|ул|бул|пл|кв|бл|ет|ап|гр|с|стр|тел)\.) (?=[\w„№+])",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\d,.])(?:\+\d{1,3}|0\d{1,4})(?: \d{2,4}){1,4}(?![\d,.]\d)")
_GROUP = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_TAG = re.compile(r"(<[^>]*>)")
# Without a number before a space, or a sign before one, none of the above can find anything.
_has_number = re.compile(r"\d ").search
_has_sign = re.compile(r"[.№§] ").search

# Area codes of two digits (0xx); all others in Bulgaria have three. People say 0938 12 345.
_SHORT_AREAS = re.compile(r"3[248]|4[246]|5[2468]|6[02468]|7[368]|8[246]|9[246]")


def _locale() -> Locale:
    return get_locale() or Locale("bg")


def _local(value: dt.datetime) -> dt.datetime:
    """The moment as clocks in Bulgaria show it."""
    if value.tzinfo is None:
        raise ValueError("a moment without a zone cannot be shown")
    return value.astimezone(SOFIA)


# A list writes the same few days and moments again and again.
@lru_cache(maxsize=4096)
def _date(value: dt.date, pattern: str, locale: Locale) -> str:
    return str(format_date(value, pattern, locale=locale)).replace(NARROW, NBSP)


@lru_cache(maxsize=4096)
def _moment(value: dt.datetime, locale: Locale) -> str:
    return f"{_day(value.date(), locale)}, {_clock(value, locale)}"


def _on(value: dt.date) -> dt.date:
    """The day that a moment is in Bulgaria; a day is one already."""
    return _local(value).date() if isinstance(value, dt.datetime) else value


def _day(value: dt.date, locale: Locale) -> str:
    year = f" y{NBSP}'г.'" if locale.language == "bg" else " y"
    return _date(value, f"d{NBSP}MMMM{year}", locale)


def _clock(value: dt.datetime, locale: Locale) -> str:
    written = str(format_time(value, "H:mm", locale=locale))
    return f"{written}{NBSP}ч." if locale.language == "bg" else written


def day(value: dt.date) -> str:
    """24 ноември 2026 г.; an aware moment is taken as the day it is in Bulgaria.

    The month is bound to its day. Raises ValueError for a naive moment.
    """
    return _day(_on(value), _locale())


def short_day(value: dt.date) -> str:
    """24.11.2026 г., for narrow columns; English has 24 Nov 2026, Romanian no „г.“."""
    bulgarian, romanian, english = f"d.MM.y{NBSP}'г.'", "dd.MM.y", f"d{NBSP}MMM y"
    patterns, locale = {"bg": bulgarian, "ro": romanian}, _locale()
    return _date(_on(value), patterns.get(locale.language, english), locale)


def day_of_month(value: dt.date) -> str:
    """24 ноември: of a day so near that its year goes without saying."""
    return _date(_on(value), f"d{NBSP}MMMM", _locale())


def day_number(value: dt.date) -> str:
    """24, above `short_month` on a leaf of the calendar."""
    return str(_on(value).day)


def short_month(value: dt.date) -> str:
    """ное"""
    return _date(_on(value), "LLL", _locale()).rstrip(".")


def weekday(value: dt.date) -> str:
    """събота"""
    return _date(_on(value), "cccc", _locale())


def month(value: dt.date) -> str:
    """ноември 2026 г."""
    locale = _locale()
    year = f" y{NBSP}'г.'" if locale.language == "bg" else " y"
    return _date(_on(value), f"LLLL{year}", locale)


def clock(value: dt.datetime) -> str:
    """8:30 ч., the time it is in Bulgaria. Raises ValueError for a naive moment."""
    return _clock(_local(value), _locale())


def bare_clock(value: dt.datetime) -> str:
    """8:30, where another hour follows: „от 8:30 до 17:00 ч.“. Raises ValueError as `clock`."""
    return str(format_time(_local(value), "H:mm", locale=_locale()))


def moment(value: dt.datetime) -> str:
    """24 ноември 2026 г., 8:30 ч. Raises ValueError for a naive moment."""
    return _moment(_local(value).replace(second=0, microsecond=0), _locale())


def number(value: float | Decimal) -> str:
    """1 250 or 1 250,4: thousands parted by an unbreakable space (bg), dot (ro), comma (en)."""
    return str(format_decimal(value, locale=_locale())).replace(NARROW, NBSP)


def percent(share: float | Decimal, digits: int = 0) -> str:
    """A share from 0 to 1 as 40 %; at most `digits` decimals. English has no space."""
    pattern = "#,##0." + "#" * digits if digits else "#,##0"
    written = format_decimal(Decimal(str(share)) * 100, pattern, locale=_locale())
    return f"{written}%" if _locale().language == "en" else f"{written}{NBSP}%"


def euro(cents: int) -> str:
    """Whole cents as 12,50 € (bg), €12.50 (en), 12,50 EUR (ro)."""
    written = format_currency(Decimal(cents) / 100, "EUR", locale=_locale())
    return str(written).replace(NARROW, NBSP)


def leva(stotinki: int) -> str:
    """Whole stotinki of the years before the euro as 24,45 лв. (bg), BGN 24.45 (en)."""
    written = format_currency(Decimal(stotinki) / 100, "BGN", locale=_locale())
    return str(written).replace(NARROW, NBSP)


def phone(written: str) -> str:
    """A phone as people say it: 0888 123 456, 0938 12 345, +359 888 123 456, groups bound.

    Bulgarian numbers are grouped anew; of others only the spaces are bound.
    """
    digits = re.sub(r"[^\d+]", "", written)
    national = re.sub(r"^(\+359|00359|0)", "", digits)
    foreign = digits.startswith("+") and not digits.startswith("+359")
    if foreign or not 8 <= len(national) <= 9:
        return written.replace(" ", NBSP)
    area, rest = _area(national)
    lead = f"+359{NBSP}" if digits.startswith(("+359", "00359")) else "0"
    head = rest[: len(rest) - 3]
    return f"{lead}{area}{NBSP}{head}{NBSP}{rest[-3:]}"


def _area(national: str) -> tuple[str, str]:
    if len(national) == 9:  # mobile
        return national[:3], national[3:]
    if national[0] == "2":  # Sofia
        return national[:1], national[1:]
    length = 2 if _SHORT_AREAS.match(national) else 3
    return national[:length], national[length:]


def phone_href(written: str) -> str:
    """`tel:+35993812345` for a number written in any usual way; short numbers (112) as they are."""
    digits = re.sub(r"[^\d+]", "", written)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+359{digits[1:]}"
    return f"tel:{digits}"


def nbsp(value: object) -> Markup:
    """Text with unbreakable spaces where a line must not part (words.md, rule 14).

    Escapes what is not Markup; tags of Markup are left alone.
    """
    text = str(escape(value))
    if " " not in text and NARROW not in text:
        return Markup(text)
    pieces = _TAG.split(text)
    return Markup("".join(piece if piece.startswith("<") else _bind(piece) for piece in pieces))


def _bind(text: str) -> str:
    """Most texts are words alone, so each look is taken only where it may find something."""
    text = text.replace(NARROW, NBSP).replace(" –", f"{NBSP}–")
    if _has_number(text):
        text = _PHONE.sub(lambda found: found[0].replace(" ", NBSP), text)
        text = _GROUP.sub(NBSP, text)
        text = _BEFORE.sub(NBSP, text)
    if _has_sign(text):
        text = _AFTER.sub(rf"\1{NBSP}", text)
    return text


def file_size(size: int) -> str:
    """Bytes as people read them: 240 KB, 1,2 MB; never 0."""
    if size < 1000 * KB:
        return f"{number(max(1, round(size / KB)))}{NBSP}KB"
    return f"{number(round(size / KB / KB, 1))}{NBSP}MB"


_GENERIC = re.compile(
    r"\b(община|област|municipality|province|municipalitatea|regiunea|of)\b", re.IGNORECASE
)


def initial(title: str) -> str:
    """The letter for the shield: of „Община Кула“ К, of Kula Municipality K."""
    letters = [letter for letter in _GENERIC.sub("", title) if letter.isalpha()]
    return letters[0].upper() if letters else "О"


FILTERS = (
    day,
    day_of_month,
    day_number,
    short_day,
    short_month,
    weekday,
    month,
    clock,
    bare_clock,
    moment,
    number,
    percent,
    euro,
    leva,
    phone,
    phone_href,
    nbsp,
    initial,
    file_size,
)


def install(app: Flask) -> None:
    """Registers every filter under its own name."""
    app.jinja_env.filters.update({function.__name__: function for function in FILTERS})
    app.jinja_env.filters["code"] = written_code
