"""Double of a video server: rooms in memory, no media. It passes the suite of the real one."""

from dataclasses import replace
from datetime import datetime, timedelta

from obshto.platform.clock import now
from obshto.platform.video.rooms import Present, RoomMember, VideoUnavailable


class VideoDouble:
    """`connect` is what a browser does with a token; `is_away` makes every act fail."""

    address = "ws://video.example"

    def __init__(self):
        self.rooms: dict[str, dict[str, Present]] = {}
        self.tokens: dict[str, tuple[str, RoomMember, datetime]] = {}
        self.is_away = False

    def open_room(self, room):
        self._answer().setdefault(room, {})

    def close_room(self, room):
        self._answer().pop(room, None)

    def make_token(self, room, member: RoomMember, *, valid_for: timedelta):
        token = f"token-{len(self.tokens)}"
        self.tokens[token] = (room, member, now() + valid_for)
        return token

    def list_present(self, room):
        return list(self._answer().get(room, {}).values())

    def set_rights(self, room, member: RoomMember):
        inside = self._answer().get(room, {})
        if found := inside.get(member.identity):
            is_heard = found.is_heard and member.may_speak
            inside[member.identity] = replace(found, may_speak=member.may_speak, is_heard=is_heard)

    def mute(self, room, identity):
        inside = self._answer().get(room, {})
        if found := inside.get(identity):
            inside[identity] = replace(found, is_heard=False)

    def remove(self, room, identity):
        self._answer().get(room, {}).pop(identity, None)

    def _answer(self):
        if self.is_away:
            raise VideoUnavailable("nobody answers")
        return self.rooms

    # What a browser does.

    def connect(self, token):
        """True when they are let in."""
        room, member, until = self.tokens.get(token, ("", None, now()))
        if until <= now() or room not in self.rooms:
            return False
        self.rooms[room][member.identity] = Present(
            identity=member.identity, name=member.name, may_speak=member.may_speak
        )
        return True

    def close(self):
        """All leave."""
