"""Numbers of mobile phones as people write them."""

from __future__ import annotations

from typing import Final

import phonenumbers

# Whoever may ask for an SMS to anywhere makes us pay for the dearest countries.
COUNTRIES: Final = frozenset(("BG", "RO"))
MOBILE: Final = frozenset(
    (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
)


def read_number(typed: str) -> str | None:
    """„0888 123 456“ as „+359888123456“; None for what is no mobile number of these countries."""
    number = read_phone(typed)
    return number if number and is_mobile(number) else None


def read_phone(typed: str) -> str | None:
    """The same of any phone that can be called there, a landline too."""
    try:
        number = phonenumbers.parse(typed, "BG")
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.region_code_for_number(number) not in COUNTRIES:
        return None
    if not phonenumbers.is_valid_number(number):  # digits that no network gives out
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def is_mobile(number: str) -> bool:
    """Of a number in its full form: an SMS gets there. To any other it does not."""
    try:
        return phonenumbers.number_type(phonenumbers.parse(number)) in MOBILE
    except phonenumbers.NumberParseException:
        return False
