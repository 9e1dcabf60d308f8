"""What this room needs of rooms above it: declared here, supplied at composition."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol, cast

from flask import current_app

DIRECTORY = "obshto.directory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who belongs to a municipality's organization in the identity provider.

    `subject` is the provider's own id. Somebody invited who has not answered yet has none.
    """

    name: str
    email: str
    subject: str | None
    has_second_factor: bool


class DirectoryUnavailable(Exception):
    """The identity provider did not answer. Nothing was changed."""


class Directory(Protocol):
    """Port: who belongs to a municipality, as the identity provider keeps it.

    Each act may be repeated without harm. Each raises `DirectoryUnavailable`.
    """

    def ensure_organization(self, municipality: str, titles: Mapping[str, str]) -> str:
        """The id of the municipality's organization, made where there is none."""
        ...

    def remove_organization(self, municipality: str) -> None:
        """The municipality has left. Its people keep their accounts."""
        ...

    def members(self, municipality: str) -> Collection[Member]:
        """Those who belong, and those invited who have not answered."""
        ...

    def invite(self, municipality: str, *, email: str, name: str, language: str) -> None:
        """Make somebody a member; who has no account yet is asked by letter to make one."""
        ...

    def remove(self, municipality: str, *, email: str) -> None:
        """They belong no longer, an unanswered invitation included; the account stays."""
        ...

    def end_sessions(self, subject: str) -> None:
        """Sign somebody out of the provider, everywhere."""
        ...


class NoDirectory:
    """The default where no identity provider is connected: nobody belongs anywhere."""

    def ensure_organization(self, municipality: str, titles: Mapping[str, str]) -> str:
        raise DirectoryUnavailable

    def remove_organization(self, municipality: str) -> None:
        raise DirectoryUnavailable

    def members(self, municipality: str) -> Collection[Member]:
        raise DirectoryUnavailable

    def invite(self, municipality: str, *, email: str, name: str, language: str) -> None:
        raise DirectoryUnavailable

    def remove(self, municipality: str, *, email: str) -> None:
        raise DirectoryUnavailable

    def end_sessions(self, subject: str) -> None:
        raise DirectoryUnavailable


def directory() -> Directory:
    """The one supplied, read at call time."""
    return cast(Directory, current_app.extensions.get(DIRECTORY) or NoDirectory())
