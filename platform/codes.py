"""A code that stands on a notice and is read out at the counter."""

from __future__ import annotations

import re
import secrets

from stdnum.iso7064 import mod_97_10

LENGTH = 18  # 16 random digits (53 bits: nobody guesses one) and two check digits
_blank = re.compile(r"[\s\u00a0-]")


def new_code() -> str:
    """18 digits whose last two catch any single slip and any swap (ISO 7064, mod 97-10)."""
    digits = f"{secrets.randbelow(10 ** (LENGTH - 2)):0{LENGTH - 2}}"
    return digits + mod_97_10.calc_check_digits(digits)


def read_code(typed: str) -> str | None:
    """The code without its blanks; None where the check digits do not fit."""
    code = _blank.sub("", typed)
    fits = len(code) == LENGTH and code.isascii() and code.isdigit() and mod_97_10.is_valid(code)
    return code if fits else None


def written_code(code: str) -> str:
    """123456 789012 345678, as one reads it out."""
    return " ".join(code[place : place + 6] for place in range(0, LENGTH, 6))
