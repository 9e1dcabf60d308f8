"""Numbers of people, companies, dogs, cars and plots, phones: right, or what to mend in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import phonenumbers
from flask_babel import gettext
from stdnum.bg import egn, pnf, vat
from stdnum.exceptions import InvalidComponent, ValidationError

from obshto.platform.errors import InvalidValue

_email = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+").fullmatch
_plate = re.compile(r"[АВЕКМНОРСТУХ]{1,2}\d{4}[АВЕКМНОРСТУХ]{1,2}").fullmatch
_cadastre = re.compile(r"\d{5}(\.\d{1,6}){2,4}").fullmatch
# Letters of the plates look the same in both alphabets.
_AS_CYRILLIC = str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ")
# The branch number of a company: digits 9 to 12 against the 13th, a second row when 10 is left.
_BRANCH = ((2, 7, 3, 5), (4, 9, 5, 7))


def checked_egn(typed: str, *, today: date) -> str:
    """Ten digits: date of birth, order, check digit. Raises InvalidValue.

    Ordinance on civil registration; a date of birth to come is no date of birth.
    """
    number = _digits(typed)
    if len(number) != 10 or not _are_digits(number):
        raise InvalidValue(gettext("ЕГН има 10 цифри и нищо друго"))
    try:
        egn.validate(number)
        born: date = egn.get_birth_date(number)
    except InvalidComponent:
        raise InvalidValue(
            gettext("Проверете първите 6 цифри на ЕГН: няма такава дата на раждане")
        ) from None
    except ValidationError:
        raise InvalidValue(gettext("Проверете ЕГН: някоя цифра е сгрешена")) from None
    if born > today:
        raise InvalidValue(
            gettext("Проверете първите 6 цифри на ЕГН: датата на раждане е в бъдещето")
        )
    return number


def checked_lnch(typed: str, *, today: date) -> str:
    """Ten digits of a foreigner who lives here. Raises InvalidValue."""
    number = _digits(typed)
    if len(number) != 10 or not _are_digits(number):
        raise InvalidValue(gettext("ЛНЧ има 10 цифри и нищо друго"))
    if not pnf.is_valid(number):
        if egn.is_valid(number):
            raise InvalidValue(gettext("Това е ЕГН. Изберете „ЕГН“ по-горе."))
        raise InvalidValue(gettext("Проверете ЛНЧ: някоя цифра е сгрешена"))
    return number


def checked_eik(typed: str, *, today: date) -> str:
    """Nine digits of a company, or thirteen of its branch. Raises InvalidValue."""
    number = _digits(typed)
    if len(number) not in (9, 13) or not _are_digits(number):
        raise InvalidValue(gettext("ЕИК има 9 или 13 цифри"))
    is_right = vat.calc_check_digit_legal(number[:8]) == number[8]
    if not is_right or (len(number) == 13 and _branch_digit(number) != number[12]):
        raise InvalidValue(gettext("Проверете ЕИК: някоя цифра е сгрешена"))
    return number


def checked_chip(typed: str, *, today: date) -> str:
    """Fifteen digits of a transponder (ISO 11784). Raises InvalidValue."""
    number = "".join(sign for sign in typed if not sign.isspace() and sign != "-")
    if len(number) != 15 or not _are_digits(number):
        raise InvalidValue(gettext("Номерът на микрочипа има 15 цифри. Препишете го от паспорта."))
    return number


def checked_plate(typed: str, *, today: date) -> str:
    """A Bulgarian vehicle number in Cyrillic letters, whichever keyboard typed it.

    Raises InvalidValue.
    """
    number = "".join(sign for sign in typed if sign.isalnum()).upper().translate(_AS_CYRILLIC)
    if not _plate(number):
        raise InvalidValue(gettext("Въведете номера като на табелата, например ВН 1234 АА"))
    return number


def checked_cadastre(typed: str, *, today: date) -> str:
    """ЕКАТТЕ, quarter, plot, and building and part where there are any. Raises InvalidValue."""
    number = _digits(typed)
    if not number.isascii() or not _cadastre(number):
        raise InvalidValue(
            gettext("Идентификаторът е като 61604.501.123. Препишете го от скицата.")
        )
    return number


KINDS: dict[str, Callable[..., str]] = {
    "egn": checked_egn,
    "lnch": checked_lnch,
    "eik": checked_eik,
    "chip": checked_chip,
    "plate": checked_plate,
    "cadastre": checked_cadastre,
}


def checked_phone(typed: str) -> str:
    """A number that can be called, as +359…; a foreign one begins with + or 00.

    Raises InvalidValue.
    """
    given = typed.strip()
    try:
        number = phonenumbers.parse(
            given.replace("00", "+", 1) if given[:2] == "00" else given, "BG"
        )
    except phonenumbers.NumberParseException:
        raise InvalidValue(_unclear_phone()) from None
    if not phonenumbers.is_valid_number(number):
        if number.country_code != 359:
            raise InvalidValue(
                gettext(
                    "Чуждестранния номер започнете с + и кода на държавата, например"
                    " +40 721 000 000"
                )
            )
        raise InvalidValue(_unclear_phone())
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def checked_email(typed: str) -> str:
    """Something with @ and a dot; whether anybody reads it only a letter can tell.

    Raises InvalidValue.
    """
    given = typed.strip()
    if len(given) > 254 or not _email(given):
        raise InvalidValue(gettext("Въведете имейла с @ и точка, например ime@example.com"))
    return given


def _unclear_phone() -> str:
    return str(gettext("Въведете телефона с кода, например 0888 123 456 или 0938 12 345"))


def _digits(typed: str) -> str:
    return "".join(typed.split())


def _are_digits(number: str) -> bool:
    return number.isascii() and number.isdigit()


def _branch_digit(number: str) -> str:
    tail = [int(digit) for digit in number[8:12]]
    left = 10
    for weights in _BRANCH:
        if left == 10:
            left = sum(d * w for d, w in zip(tail, weights, strict=True)) % 11
    return str(left % 10)
