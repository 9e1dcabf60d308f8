"""Every view declares who may enter. Silence stops the boot."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from obshto.platform.permissions import Permission


class Open(Enum):
    """The access of a view that asks for no permission."""

    TO_ALL = "to all"
    TO_THE_SIGNED_IN = "to the signed in"


Access = Permission | Open
View = TypeVar("View", bound=Callable[..., Any])
_DECLARED: dict[Callable[..., Any], Access] = {}


class UndeclaredAccess(RuntimeError):
    """A view said neither @requires nor @signed_in nor @open_to_all."""


def requires(permission: Permission) -> Callable[[View], View]:
    """Those who hold the word in this municipality."""

    def declare(view: View) -> View:
        _DECLARED[view] = permission
        return view

    return declare


def signed_in(view: View) -> View:
    """Anybody whom we know."""
    _DECLARED[view] = Open.TO_THE_SIGNED_IN
    return view


def open_to_all(view: View) -> View:
    """Everybody, known or not."""
    _DECLARED[view] = Open.TO_ALL
    return view


def access_of(view: Callable[..., Any]) -> Access:
    """What the view declared; it is never executed to find out."""
    try:
        return _DECLARED[view]
    except KeyError:
        raise UndeclaredAccess(f"{view.__module__}.{view.__qualname__}") from None
