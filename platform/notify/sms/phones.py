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
    try:
        number = phonenumbers.parse(typed, "BG")
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.region_code_for_number(number) not in COUNTRIES:
        return None
    if phonenumbers.number_type(number) not in MOBILE:
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
