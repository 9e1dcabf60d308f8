"""What a social network is asked: the port behind which each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A server and the token that opens it. Never in a repr: a repr ends in a log."""

    address: str
    token: str

    def __repr__(self) -> str:
        return f"Login({self.address!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Whose token it is, and how long a post may be there."""

    account: str
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is put there: a text that fits, a picture with the words for who can't see it."""

    text: str
    language: str
    picture: bytes = b""
    mime: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where it stands."""

    remote_id: str
    address: str


class NetworkFailure(Exception):
    """The network did not do as it was asked."""


class DeadToken(NetworkFailure):
    """It does not know us any more: somebody has to give a new token."""


class Away(NetworkFailure):
    """Nobody answers, or „later“. Nobody knows whether it was done. `seconds` where it said."""

    def __init__(self, seconds: int | None = None) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Refused(NetworkFailure):
    """It will never take this. Its words are in `args`."""


class Connector(Protocol):
    """One network. What it can't do is said beforehand, so that nobody hopes for it."""

    title: str
    can_correct: bool
    can_withdraw: bool
    letters_of_a_link: int  # what a link counts for, however long it is

    def check(self, login: Login) -> Profile:
        """Whether the token works, at no cost to anybody. Raises NetworkFailure."""

    def put(self, login: Login, message: Message, *, key: str) -> Placed:
        """The same `key` again answers where the first one stands. Raises NetworkFailure."""

    def change(self, login: Login, remote_id: str, message: Message) -> Placed:
        """Raises NetworkFailure."""

    def remove(self, login: Login, remote_id: str) -> None:
        """What is gone already is gone. Raises NetworkFailure."""
