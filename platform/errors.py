"""Refusals of the business: a sentence for the person, and what kind of answer it is."""

from __future__ import annotations

from collections.abc import Callable
from copyreg import __newobj__  # type: ignore[attr-defined]
from typing import Any

from flask_babel import LazyString, lazy_gettext


class DomainError(Exception):
    """A rule says no. Subclasses give the sentence; services raise, the edge makes the page."""

    status = 422
    sentence: LazyString = lazy_gettext("Това не може да стане сега")

    def __init__(self, **values: Any) -> None:
        super().__init__(type(self).__name__, values)
        self.values = values

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]:
        """As it was raised, in another process: no `__init__` is asked again.

        The standard way calls it with `args`. What cannot be read there ends the pool that it was
        raised in, and nobody learns why.
        """
        return __newobj__, (type(self), *self.args), self.__dict__

    def __str__(self) -> str:
        return str(self.sentence) % self.values if self.values else str(self.sentence)


class NotFound(DomainError):
    """There is no such thing here: in this municipality, for this person."""

    status = 404
    sentence = lazy_gettext("Няма такава страница")


class NotAllowed(DomainError):
    """The person may not do this to this row."""

    status = 403
    sentence = lazy_gettext("Нямате право на това действие")


class SignInNeeded(DomainError):
    """It may be this person's, who is not signed in: the door leads to sign-in and back.

    Raised whether the thing is there or not, so that nobody learns which addresses exist.
    """

    status = 403
    sentence = lazy_gettext("Влезте в профила си")


class Conflict(DomainError):
    """Somebody else was first."""

    status = 409
    sentence = lazy_gettext("Междувременно друг промени това. Вижте как е сега и решете отново.")


class StaleRow(Conflict):
    """A form was drawn from another version of the row: `tell` shows the one that is there now."""


class InvalidValue(ValueError):
    """A typed value that is not kept: its text says how to mend it, in the person's language."""
