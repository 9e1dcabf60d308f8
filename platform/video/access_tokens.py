"""Access tokens of video rooms: short-lived, for one person; a sentence where it is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError
from obshto.platform.video.rooms import RoomMember, VideoUnavailable, video_rooms

TOKEN_LASTS = timedelta(minutes=2)  # to connect with; who is inside stays


class VideoAway(DomainError):
    """The video server does not answer; nothing was changed."""

    status = 503
    sentence = _(
        "Видеото не отговаря и нищо не е променено. Опитайте пак след минута или се включете по"
        " телефона."
    )


def join_token(room: str, member: RoomMember) -> str:
    """A token of the room, which is there again where the server has forgotten it.

    Raises VideoAway.
    """
    rooms = video_rooms()
    with asking_video():
        rooms.open_room(room)
        return rooms.make_token(room, member, valid_for=TOKEN_LASTS)


@contextmanager
def asking_video() -> Iterator[None]:
    """A server that is away is a sentence for who asked."""
    try:
        yield
    except VideoUnavailable as error:
        raise VideoAway from error
