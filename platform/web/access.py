"""Every view declares who may enter. Silence stops the boot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any, TypeVar

from obshto.platform.permissions import Permission

SECOND_FACTOR = 2  # the level of assurance (`acr`) of a password and something else


class Open(Enum):
    """Who may enter where no permission is asked for."""

    TO_ALL = "to all"
    TO_THE_SIGNED_IN = "to the signed in"
    TO_MACHINES = "to machines"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may enter, how surely they must have shown who they are, and how lately.

    `others` are permissions any of which opens the view as well as `who`.
    """

    who: Permission | Open
    assurance: int = 0
    max_age: timedelta | None = None
    others: tuple[Permission, ...] = ()


View = TypeVar("View", bound=Callable[..., Any])
Check = Callable[[], bool]
_DECLARED: dict[Callable[..., Any], Access] = {}
_CHECKS: dict[Callable[..., Any], Check] = {}
_ALSO_WHEN_READ_ONLY: set[Callable[..., Any]] = set()
_ALSO_WHILE_ACTING: set[Callable[..., Any]] = set()


class UndeclaredAccess(RuntimeError):
    """A view said neither @requires nor @signed_in, nor who else may enter."""


def requires(
    permission: Permission, *others: Permission, max_age: timedelta | None = None
) -> Callable[[View], View]:
    """Those who hold one of the words in this municipality, signed in with a second factor.

    With `max_age` they are asked to show it again when the last time is longer ago.
    """
    return _declaring(Access(permission, SECOND_FACTOR, max_age, others))


def signed_in(view: View) -> View:
    """Anybody whom we know."""
    return _declaring(Access(Open.TO_THE_SIGNED_IN, 1))(view)


def signed_in_surely(
    *, assurance: int = SECOND_FACTOR, max_age: timedelta | None = None
) -> Callable[[View], View]:
    """Anybody whom we know who has shown who they are this surely: for staff, votes and money.

    With `max_age` they are asked to show it again when the last time is longer ago.
    """
    return _declaring(Access(Open.TO_THE_SIGNED_IN, assurance, max_age))


def open_to_all(view: View) -> View:
    """Everybody, known or not."""
    return _declaring(Access(Open.TO_ALL))(view)


def from_machine(check: Check) -> Callable[[View], View]:
    """A program that proves itself by what it sends: `check` reads the request, False is a 400.

    No cookie is looked at, so there is nothing to forge.
    """

    def declare(view: View) -> View:
        _CHECKS[view] = check
        return _declaring(Access(Open.TO_MACHINES))(view)

    return declare


def also_when_read_only(view: View) -> View:
    """A write that goes on while a municipality may only be read.

    For what touches no row of the municipality: its transaction is dropped all the same.
    """
    _ALSO_WHEN_READ_ONLY.add(view)
    return view


def goes_on_when_read_only(view: Callable[..., Any]) -> bool:
    """Whether the view said so."""
    return view in _ALSO_WHEN_READ_ONLY


def also_while_acting(view: View) -> View:
    """A view that stays one's own while one acts on behalf of somebody: signing out, stopping."""
    _ALSO_WHILE_ACTING.add(view)
    return view


def is_own_while_acting(view: Callable[..., Any]) -> bool:
    """Whether the view said so."""
    return view in _ALSO_WHILE_ACTING


def access_of(view: Callable[..., Any]) -> Access:
    """What the view declared; it is never executed to find out."""
    try:
        return _DECLARED[view]
    except KeyError:
        raise UndeclaredAccess(f"{view.__module__}.{view.__qualname__}") from None


def check_of(view: Callable[..., Any]) -> Check:
    """How the program behind a view for machines proves itself."""
    return _CHECKS[view]


def _declaring(access: Access) -> Callable[[View], View]:
    def declare(view: View) -> View:
        _DECLARED[view] = access
        return view

    return declare
