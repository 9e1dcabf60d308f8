"""Which municipality the work at hand belongs to: a frozen value, filled in by the door."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy.exc import DontWrapMixin

RESERVED = frozenset(
    ("ops", "login", "id", "www", "api", "static", "mail", "status", "en", "ro", "console", "t")
)
_slug = re.compile(r"[a-z][a-z0-9-]{1,30}").fullmatch
# `t_`: where a municipality lives; beside it `r_`: restored from a backup, until it is swapped in,
# and `o_`: what was swapped out, until its days are over.
_schema = re.compile(r"t_[a-z][a-z0-9_]{1,30}|[ro]_[a-z][a-z0-9_]{1,50}").fullmatch


# The one municipality where staff practise. Its name makes it so: no row, setting or role can open
# its ways out, nor close those of another.
PRACTICE = "uchebna"


class NoMunicipality(DontWrapMixin, RuntimeError):
    """A defect: what belongs to one municipality was touched with none in scope."""


def is_slug(word: str) -> bool:
    """Whether a municipality may be called so: the grammar of a slug, and not a reserved word."""
    return _slug(word) is not None and word not in RESERVED


# For what can't be given a scope: a column that is sealed has only the value before it.
current_municipality: ContextVar[str] = ContextVar("current_municipality")


@contextmanager
def in_municipality(slug: str) -> Iterator[None]:
    """Personal fields inside belong to this municipality; afterwards it is as it was before."""
    token = current_municipality.set(slug)
    try:
        yield
    finally:
        current_municipality.reset(token)


def is_in_practice() -> bool:
    """True while the work at hand belongs to the practice municipality."""
    return current_municipality.get("") == PRACTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One municipality. `schema` is both its schema and its database role, so its form is checked.

    A schema reaches SQL as an identifier; this check is what makes that safe.
    """

    slug: str
    schema: str
    host: str
    title: str
    languages: tuple[str, ...]
    scheme: str = "https"

    @property
    def is_practice(self) -> bool:
        """True for the one municipality of which nothing may reach anybody outside."""
        return self.slug == PRACTICE

    @property
    def address(self) -> str:
        """Where its portal stands, for links in letters: never taken from a request."""
        return f"{self.scheme}://{self.host}"

    def __post_init__(self) -> None:
        if not is_slug(self.slug):
            raise ValueError(f"not a slug: {self.slug!r}")
        if not _schema(self.schema):
            raise ValueError(f"not the schema of a municipality: {self.schema!r}")


def schema_of(slug: str) -> str:
    """The schema and role of a slug; a slug holds no underscore, so two never share one."""
    return f"t_{slug.replace('-', '_')}"
