"""Towns and villages as an official form writes them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext

from obshto.platform.errors import InvalidValue

_written = re.compile(
    r"(гр\.|с\.) ?([^,]{2,60}), община ([^,]{2,60}), област ([^,]{2,60})"
).fullmatch


@dataclass(frozen=True, slots=True)
class Place:
    """„с. Раковица“ of its municipality and province."""

    name: str
    municipality: str
    province: str

    def __str__(self) -> str:
        return f"{self.name}, община {self.municipality}, област {self.province}"


def place_in(written: str) -> Place | None:
    """The parts of an address that was checked before; None where it is something else."""
    found = _written(written)
    if not found:
        return None
    return Place(f"{found[1]} {found[2].strip()}", found[3].strip(), found[4].strip())


def checked_place(typed: str, known: Collection[str]) -> str:
    """One of the places of the region by its name, or any other written in full.

    Raises InvalidValue.
    """
    given = " ".join(typed.split())
    if given in known or place_in(given):
        return str(place_in(given) or given)
    short = given.casefold().removeprefix("гр.").removeprefix("с.").strip()
    fitting = [place for place in known if _name_of(place) == short]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise InvalidValue(gettext("Има повече от едно такова място. Изберете от списъка."))
    raise InvalidValue(gettext("Изберете населено място от списъка"))


def _name_of(place: str) -> str:
    return place.partition(",")[0].partition(" ")[2].casefold()
