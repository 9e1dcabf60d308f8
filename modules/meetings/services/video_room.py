"""Video room of a meeting, behind a port: today the municipality's own link and phone bridge.

A server of our own becomes another adapter; pages and letters ask the port alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.services.kinds import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """How somebody joins from afar: a link, a telephone number with its code, or neither."""

    link: str = ""
    phone: str = ""


class VideoRoom(Protocol):
    """Port: a room that people join from afar."""

    def way_in(self, meeting: Meeting) -> WayIn:
        """For who said that they come."""
        ...


class LinkRoom:
    """Adapter: Teams, Meet, Zoom, Jitsi or another of their choice, and the phone bridge."""

    def way_in(self, meeting: Meeting) -> WayIn:
        """As the organiser typed it."""
        return WayIn(link=meeting.video_link, phone=meeting.phone_bridge)


ROOM: VideoRoom = LinkRoom()


def open_way_in(meeting: Meeting) -> WayIn:
    """The way in of a meeting that is live to everybody by law; none of any other."""
    return ROOM.way_in(meeting) if KINDS[meeting.kind].is_live else WayIn()
