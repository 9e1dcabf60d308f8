"""The difference between what is and what should be, with the way to close it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

JsonObject = dict[str, Any]

MASKED = "**********"  # what Keycloak answers instead of a secret that it will not show
MISSING = "missing"
Mend = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Field:
    """One value of an object that is not as it should be."""

    name: str
    found: Any
    wanted: Any

    def __str__(self) -> str:
        if _is_secret(self.name):
            return f"{self.name} is another"
        return f"{self.name} is {_spoken(self.found)}, should be {_spoken(self.wanted)}"

    def told(self) -> JsonObject:
        if _is_secret(self.name):
            return {"name": self.name}
        return {"name": self.name, "found": self.found, "wanted": self.wanted}


@dataclass(frozen=True, slots=True)
class Gap:
    """An object that is missing, that should not be there, or whose fields differ."""

    thing: str
    fields: tuple[Field, ...]
    mend: Mend
    what: str = ""

    def lines(self) -> list[str]:
        """Plain words, a line for each field."""
        said = [self.what] if self.what else [str(field) for field in self.fields]
        return [f"{self.thing}: {line}" for line in said]

    def told(self) -> JsonObject:
        """The same for a program; secrets are named, not told."""
        return {
            "object": self.thing,
            "what": self.what or "differs",
            "fields": [field.told() for field in self.fields],
        }


def missing(thing: str, make: Mend) -> Gap:
    """The object is not there; `make` makes it."""
    return Gap(thing, (), make, what=MISSING)


def superfluous(thing: str, remove: Mend) -> Gap:
    """The object must not be there; `remove` removes it."""
    return Gap(thing, (), remove, what="should not be there")


def compared(
    thing: str, found: JsonObject, wanted: JsonObject, write: Callable[[JsonObject], object]
) -> Iterator[Gap]:
    """A gap when `found` lacks what is wanted; `write` gets the whole object as it should be.

    Whatever is found beside what is wanted stays: Keycloak's own defaults are its own affair.
    """
    if fields := tuple(_fields(found, wanted)):
        yield Gap(thing, fields, lambda: write(overlaid(found, wanted)))


def overlaid(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> JsonObject:
    """`found` with all that is wanted in it, folder by folder."""
    both = dict(found)
    for name, value in wanted.items():
        under = both.get(name)
        both[name] = (
            overlaid(under, value)
            if isinstance(under, Mapping) and isinstance(value, Mapping)
            else value
        )
    return both


def _fields(found: Mapping[str, Any], wanted: Mapping[str, Any], path: str = "") -> Iterator[Field]:
    for name, value in wanted.items():
        is_ = found.get(name)
        if isinstance(value, Mapping):
            yield from _fields(is_ or {}, value, f"{path}{name}.")
        elif is_ != MASKED and _comparable(is_) != _comparable(value):
            yield Field(f"{path}{name}", is_, value)


def _comparable(value: Any) -> Any:
    """Lists are sets here: Keycloak gives them back in an order of its own."""
    return sorted(value) if isinstance(value, list) else value


def _is_secret(name: str) -> bool:
    return name.rpartition(".")[2] in ("secret", "password", "eidHashKey")


def _spoken(value: Any) -> str:
    if value is None or value == "":
        return "empty"
    if isinstance(value, bool):
        return "on" if value else "off"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
