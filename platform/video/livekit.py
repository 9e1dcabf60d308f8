"""Adapter of LiveKit: tokens are signed here, rooms are asked for over its HTTP API.

The server must run with `room.auto_create: false`, or an old token opens a closed room anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from aiohttp import ClientError, ClientTimeout
from livekit import api
from livekit.protocol.models import ParticipantPermission, TrackSource

from obshto.platform.practice_exits import refuse_exit_in_practice
from obshto.platform.video.rooms import Present, RoomMember, VideoUnavailable

PATIENCE = ClientTimeout(total=4)  # seconds: a moderator waits for it
EMPTY_FOR = 4 * 60 * 60  # seconds after which the server drops a room that nobody is in
T = TypeVar("T")


class LiveKitRooms:
    """`address` is for browsers, `server` where we reach it, if not there."""

    def __init__(self, address: str, key: str, secret: str, *, server: str = "") -> None:
        self.address = address
        self._server = server or address.replace("ws", "http", 1)
        self._key, self._secret = key, secret

    def open_room(self, room: str) -> None:
        """As the port says."""
        wanted = api.CreateRoomRequest(name=room, empty_timeout=EMPTY_FOR)
        self._ask(lambda server: server.room.create_room(wanted))

    def close_room(self, room: str) -> None:
        """As the port says."""
        wanted = api.DeleteRoomRequest(room=room)
        self._ask(lambda server: server.room.delete_room(wanted))

    def make_token(self, room: str, member: RoomMember, *, valid_for: timedelta) -> str:
        """As the port says."""
        grants = api.VideoGrants(
            room_join=True,
            room=room,
            can_publish=member.may_speak,
            can_subscribe=True,
            can_publish_data=False,
            can_update_own_metadata=False,
            hidden=member.is_hidden,
        )
        token = api.AccessToken(self._key, self._secret).with_identity(member.identity)
        token = token.with_name(member.name).with_metadata(member.note).with_grants(grants)
        return token.with_ttl(valid_for).to_jwt()

    def list_present(self, room: str) -> Sequence[Present]:
        """As the port says."""
        wanted = api.ListParticipantsRequest(room=room)
        found = self._ask(lambda server: server.room.list_participants(wanted))
        return [_present(one) for one in found.participants] if found else []

    def set_rights(self, room: str, member: RoomMember) -> None:
        """As the port says."""
        rights = ParticipantPermission(
            can_subscribe=True, can_publish=member.may_speak, hidden=member.is_hidden
        )
        wanted = api.UpdateParticipantRequest(
            room=room, identity=member.identity, permission=rights, metadata=member.note
        )
        self._ask(lambda server: server.room.update_participant(wanted))

    def mute(self, room: str, identity: str) -> None:
        """As the port says."""

        async def act(server: api.LiveKitAPI) -> None:
            of = api.RoomParticipantIdentity(room=room, identity=identity)
            for track in (await server.room.get_participant(of)).tracks:
                if track.source == TrackSource.MICROPHONE and not track.muted:
                    wanted = api.MuteRoomTrackRequest(
                        room=room, identity=identity, track_sid=track.sid, muted=True
                    )
                    await server.room.mute_published_track(wanted)

        self._ask(act)

    def remove(self, room: str, identity: str) -> None:
        """As the port says."""
        wanted = api.RoomParticipantIdentity(room=room, identity=identity)
        self._ask(lambda server: server.room.remove_participant(wanted))

    def _ask(self, act: Callable[[api.LiveKitAPI], Awaitable[T]]) -> T | None:
        """None for a room or somebody that is not there."""

        refuse_exit_in_practice()

        async def ask() -> T:
            async with api.LiveKitAPI(
                self._server, self._key, self._secret, timeout=PATIENCE
            ) as server:
                return await act(server)

        try:
            return asyncio.run(ask())
        except api.ServerError as refusal:
            if refusal.code == api.ServerErrorCode.NOT_FOUND:
                return None
            raise VideoUnavailable(str(refusal)) from refusal
        except (ClientError, TimeoutError, OSError) as error:
            raise VideoUnavailable(str(error)) from error


def _present(one: api.ParticipantInfo) -> Present:
    return Present(
        identity=one.identity,
        name=one.name,
        may_speak=one.permission.can_publish,
        is_heard=any(
            track.source == TrackSource.MICROPHONE and not track.muted for track in one.tracks
        ),
    )
