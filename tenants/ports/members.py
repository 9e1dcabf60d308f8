"""Who belongs to a municipality, as the identity provider keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, cast

from flask import current_app

from obshto.platform.practice_exits import StaysInside
from obshto.platform.scope import is_in_practice

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


class CredentialKind(StrEnum):
    """By what somebody shows who they are."""

    PASSWORD = "password"  # noqa: S105  # the name of a kind
    PASSKEY = "passkey"  # finger, face or PIN of a device
    CODES = "codes"  # six figures from a phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One thing by which somebody signs in. `way_id` is the provider's own name for it."""

    kind: CredentialKind
    way_id: str
    label: str
    made_at: datetime


class Trouble(StrEnum):
    """Why the provider did not let somebody in."""

    PASSWORD = "password"  # noqa: S105  # the name of a trouble
    CODE = "code"  # the second factor: figures of a phone, a passkey
    UNKNOWN = "unknown"  # no account has the name that was typed
    PAUSED = "paused"  # too many tries: nobody is let in for a while
    OFF = "off"  # the account is switched off
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Somebody tried to sign in and was not let in. What they typed is not told.

    `failure_id` is the provider's own and never used again; `subject` is whose account it was.
    """

    failure_id: str
    at: datetime
    why: Trouble
    subject: str | None


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

    def belongs(self, municipality: str, subject: str) -> bool:
        """Whether somebody is a member at this moment, and may sign in at all."""
        ...

    def invite(self, municipality: str, *, email: str, name: str, language: str) -> None:
        """Make somebody a member; who has no account yet is asked by letter to make one."""
        ...

    def remove(self, municipality: str, *, email: str = "", subject: str = "") -> None:
        """They belong no longer, an unanswered invitation included; the account stays.

        Who has answered is named by subject: the address may be another's by now.
        """
        ...

    def ways(self, subject: str) -> Collection[Credential]:
        """By what somebody signs in, the oldest first; nothing of who is not there."""
        ...

    def forget_second_factor(self, subject: str) -> None:
        """Their phone is lost: passkeys and codes go, new ones are set up at the next need."""
        ...

    def end_sessions(self, subject: str) -> None:
        """Sign somebody out of the provider, everywhere."""
        ...

    def end_session(self, session: str) -> None:
        """End one session of the provider, as its tokens call it: one browser is signed out."""
        ...

    def failures(self, since: datetime) -> Iterator[Sequence[Failure]]:
        """Who was not let in from that moment on, the oldest first, page by page.

        How far back the provider remembers is its own affair, three months at the most.
        """
        ...

    def new_addresses(self, since: datetime) -> Mapping[str, str]:
        """Who has proven a new e-mail address from that moment on: what it is now, by subject."""
        ...


class NoDirectory:
    """The default where no identity provider is connected: nobody belongs anywhere."""

    def ensure_organization(self, municipality: str, titles: Mapping[str, str]) -> str:
        raise DirectoryUnavailable

    def remove_organization(self, municipality: str) -> None:
        raise DirectoryUnavailable

    def members(self, municipality: str) -> Collection[Member]:
        raise DirectoryUnavailable

    def belongs(self, municipality: str, subject: str) -> bool:
        raise DirectoryUnavailable

    def invite(self, municipality: str, *, email: str, name: str, language: str) -> None:
        raise DirectoryUnavailable

    def remove(self, municipality: str, *, email: str = "", subject: str = "") -> None:
        raise DirectoryUnavailable

    def ways(self, subject: str) -> Collection[Credential]:
        raise DirectoryUnavailable

    def forget_second_factor(self, subject: str) -> None:
        raise DirectoryUnavailable

    def end_sessions(self, subject: str) -> None:
        raise DirectoryUnavailable

    def end_session(self, session: str) -> None:
        raise DirectoryUnavailable

    def failures(self, since: datetime) -> Iterator[Sequence[Failure]]:
        raise DirectoryUnavailable

    def new_addresses(self, since: datetime) -> Mapping[str, str]:
        raise DirectoryUnavailable


class PracticeDirectory:
    """The directory as the practice municipality sees it: people can be read, never changed."""

    def __init__(self, real: Directory) -> None:
        self.members, self.belongs, self.ways = real.members, real.belongs, real.ways
        self.failures, self.new_addresses = real.failures, real.new_addresses
        self.end_sessions, self.end_session = real.end_sessions, real.end_session

    def __getattr__(self, act: str) -> Any:
        """Whatever else the port can do changes somebody's real account: raises StaysInside."""
        raise StaysInside


def directory() -> Directory:
    """The one supplied, read at call time."""
    real = _directory()
    return cast(Directory, PracticeDirectory(real)) if is_in_practice() else real


def _directory() -> Directory:
    return cast(Directory, current_app.extensions.get(DIRECTORY) or NoDirectory())
