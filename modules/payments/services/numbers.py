"""Numbers by which a tax program knows people and companies."""

from __future__ import annotations

from stdnum.bg import egn, pnf, vat

from obshto.platform.keys.encryption import blind_index


def number_in(typed: str, *, lost_zeros: bool = False) -> str | None:
    """The number where it is one: ЕГН or ЛНЧ of ten digits, ЕИК of nine or thirteen; else None.

    `lost_zeros`: it comes from a spreadsheet that took it for a quantity. Nine digits that are a
    company and, with the zero before them, a person too, are neither.
    """
    number = "".join(typed.split())
    if not (number.isascii() and number.isdigit()):
        return None
    if lost_zeros and len(number) < 10:
        person = number.zfill(10)
        if _is_person(person):
            return None if _is_company(number) else person
    return number if _is_person(number) or _is_company(number) else None


def index_of(number: str) -> bytes:
    """The keyed hash by which a payer is found."""
    return blind_index("payments_payer.number", number)


def _is_person(number: str) -> bool:
    return len(number) == 10 and (egn.is_valid(number) or pnf.is_valid(number))


def _is_company(number: str) -> bool:
    return len(number) in (9, 13) and vat.calc_check_digit_legal(number[:8]) == number[8]
