"""What a social network is asked: the port behind which each of them stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A server and the token that opens it. Never in a repr: a repr ends in a log.

    `profile` says whose it is where the token alone does not; `home` is the address of the portal,
    for networks that ask back.
    """

    address: str
    token: str
    profile: str = ""
    home: str = ""

    def __repr__(self) -> str:
        return f"Login({self.address!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Whose token it is, how long a post may be there, until when the token works.

    `account_id` stays when the account is renamed; empty where its name is all there is.
    """

    account: str
    limit: int
    account_id: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is put there: a text that fits, a picture with the words for who can't see it.

    `pictures_at` is for networks that fetch it: the address below which the portal shows the
    picture as `picture.jpeg` and `thumbnail.jpeg`; empty where there is none.
    """

    text: str
    language: str
    picture: bytes = b""
    mime: str = ""
    alt: str = ""
    pictures_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLimits:
    """What a network takes of a picture: bytes of the file, and how many times one side may be as
    long as the other (None for any).
    """

    size: int
    ratio: int | None = None


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
    """Nobody answers, or „later“. `seconds` where it said.

    Nobody knows whether it was done, unless `is_undone`: then it surely was not.
    """

    def __init__(self, seconds: int | None = None, *, is_undone: bool = False) -> None:
        super().__init__(seconds)
        self.seconds, self.is_undone = seconds, is_undone


class Refused(NetworkFailure):
    """It will never take this. Its words are in `args`."""


class Connector(Protocol):
    """One network. What it can't do is said beforehand, so that nobody hopes for it."""

    title: str
    default_address: str  # where all its profiles lie; empty where each has a server of its own
    takes_webp: bool
    pictures: PictureLimits
    posts_a_day: int | None  # more wait for tomorrow
    can_correct: bool  # else what can be withdrawn makes room for a new post
    can_swap_pictures: bool  # else a correction changes the text alone
    can_withdraw: bool
    put_replaces: bool  # the same key again brings the last words, else those of the first stay
    letters_of_a_link: int  # what a link counts for, however long it is

    def check(self, login: Login) -> Profile:
        """Whether the token works, at no cost to anybody. Raises NetworkFailure."""

    def put(self, login: Login, message: Message, *, key: str) -> Placed:
        """The same `key` again answers where the first one stands, unless the network
        `FindsPosts`. Raises NetworkFailure.
        """

    def change(self, login: Login, remote_id: str, message: Message) -> Placed:
        """Raises NetworkFailure."""

    def remove(self, login: Login, remote_id: str) -> None:
        """What is gone already is gone. Raises NetworkFailure."""


@runtime_checkable
class FindsPosts(Protocol):
    """A network that knows no keys: a question without an answer is never repeated blindly."""

    def find(self, login: Login, mark: str, *, since: datetime) -> Sequence[Placed]:
        """Posts put there since then whose text has this mark; none where nobody can look, so that
        a person decides. Raises NetworkFailure.
        """
