"""Port of a video server: rooms, short-lived tokens for them, rights of those who are inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, cast

from flask import current_app

VIDEO_ROOMS = "obshto.video-rooms"


class VideoUnavailable(Exception):
    """The server does not answer, or refuses what we ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomMember:
    """Somebody who may join, with the rights that they have now.

    A hidden one is seen and heard by nobody. `note` is told to all who are inside.
    """

    identity: str
    name: str = ""
    may_speak: bool = False
    is_hidden: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody inside, as the server says. `is_heard`: a microphone of theirs is on."""

    identity: str
    name: str
    may_speak: bool
    is_heard: bool = False


class VideoRooms(Protocol):
    """Port. A room is a name, unique over all municipalities. Each act raises VideoUnavailable."""

    address: str  # where browsers connect to: wss://…; empty: there is no picture of ours

    def open_room(self, room: str) -> None:
        """Tokens of the room are let in from now on; nothing happens to one that is open."""
        ...

    def close_room(self, room: str) -> None:
        """Everybody leaves and no token lets in any more; nothing happens to a closed one."""
        ...

    def make_token(self, room: str, member: RoomMember, *, valid_for: timedelta) -> str:
        """For one room and one identity; it is looked at when somebody connects."""
        ...

    def list_present(self, room: str) -> Sequence[Present]:
        """Those inside; nobody for a closed room."""
        ...

    def set_rights(self, room: str, member: RoomMember) -> None:
        """Change the rights of who is inside, at once; nothing happens to who is not."""
        ...

    def mute(self, room: str, identity: str) -> None:
        """Turn off the microphone of who is inside; they may turn it on while they may speak."""
        ...

    def remove(self, room: str, identity: str) -> None:
        """Send out. Their token still lets in until it runs out: ask again who is there."""
        ...


class LinkedRooms:
    """Adapter for an installation without a server: people meet at a link of somebody else's, where
    no right of ours reaches. Rooms are open, nobody is seen inside.
    """

    address = ""

    def open_room(self, room: str) -> None:
        """Nothing to open."""

    def close_room(self, room: str) -> None:
        """Nothing to close."""

    def make_token(self, room: str, member: RoomMember, *, valid_for: timedelta) -> str:
        """None is asked for: there is no address to bring it to."""
        return ""

    def list_present(self, room: str) -> Sequence[Present]:
        """Nobody is seen."""
        return ()

    def set_rights(self, room: str, member: RoomMember) -> None:
        """Who leads gives the word by voice."""

    def mute(self, room: str, identity: str) -> None:
        """Who leads does it there."""

    def remove(self, room: str, identity: str) -> None:
        """Who leads does it there."""


def video_rooms() -> VideoRooms:
    """The rooms of this installation."""
    return cast(VideoRooms, current_app.extensions[VIDEO_ROOMS])
