"""Video room for who leads: open it, let in, give the word by turn, mute, send out, close."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, jsonify, render_template, request

from obshto.modules.meetings.console.meetings import Answer, lists_page, meeting_here
from obshto.modules.meetings.forms.rooms import (
    OpenRoomForm,
    PhoneCallerForm,
    RemoveParticipantForm,
)
from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import participants, video_room
from obshto.modules.meetings.services.page_context import beside_picture, words_of
from obshto.modules.meetings.services.queries import settlements_here
from obshto.modules.meetings.services.recordings_port import recorder_of
from obshto.platform.errors import DomainError
from obshto.platform.video.rooms import video_rooms
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.headers import allow_media
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

ACTS = {
    "admit": participants.admit,
    "call": participants.call,
    "end": participants.end_turn,
    "mute": participants.mute,
    "lower": participants.lower_hand,
}


def add_room(console: Blueprint) -> None:
    """Its pages belong to the console of meetings."""
    both, post = ["GET", "POST"], ["POST"]
    console.add_url_rule("/rooms", view_func=room_lists)
    base = "/<uuid:meeting_id>/room"
    console.add_url_rule(base, view_func=host_room)
    console.add_url_rule(f"{base}/token", view_func=host_token)
    console.add_url_rule(f"{base}/open", view_func=open_room, methods=post)
    console.add_url_rule(f"{base}/close", view_func=close_room, methods=both)
    console.add_url_rule(f"{base}/phone", view_func=add_caller, methods=post)
    rule = f"{base}/<uuid:participant_id>"
    console.add_url_rule(f"{rule}/remove", view_func=remove_participant, methods=both)
    console.add_url_rule(f"{rule}/<word>", view_func=act_on_participant, methods=post)


@requires(MeetingsPermission.HOST)
def room_lists() -> str:
    """The meetings that have a room, for who leads them."""
    return lists_page("meetings/room_lists.html", Meeting.has_room.is_(True))


@requires(MeetingsPermission.HOST)
def host_room(meeting_id: UUID) -> Answer:
    """Who waits, who wants to speak, who speaks; asked for anew every few seconds."""
    return _page(meeting_here(meeting_id))


@requires(MeetingsPermission.HOST)
def open_room(meeting_id: UUID) -> Answer:
    """Let people in, or change how."""
    meeting, form = meeting_here(meeting_id), OpenRoomForm()
    if form.validate_on_submit():
        wanted = {"has_waiting_room": form.has_waiting_room.data, "minutes": form.minutes.data}
        try:
            video_room.open_room(current_uow(), meeting, **wanted)
            return see_other(".host_room", meeting_id=meeting_id, said="meetings.room-opened")
        except DomainError as refusal:
            return _refused(meeting, refusal)
    return _page(meeting, opening=form)


@requires(MeetingsPermission.HOST)
def close_room(meeting_id: UUID) -> Answer:
    """Everybody leaves: asked once before."""
    meeting = meeting_here(meeting_id)
    if request.method == "GET":
        return render_template("meetings/close_room.html", meeting=meeting)
    try:
        video_room.close_room(current_uow(), meeting.id)
    except DomainError as refusal:
        return _refused(meeting, refusal)
    return see_other(".host_room", meeting_id=meeting_id, said="meetings.room-closed")


@requires(MeetingsPermission.HOST)
def add_caller(meeting_id: UUID) -> Answer:
    """Somebody on the phone bridge wants to speak."""
    meeting, form, uow = meeting_here(meeting_id), PhoneCallerForm(), current_uow()
    if form.validate_on_submit():
        name, request_id = form.name.data.strip(), form.request_id.data
        try:
            video_room.open_room_of(uow, meeting)
            participants.enter_room(uow, meeting, name, request_id=request_id, is_phone=True)
            return see_other(".host_room", meeting_id=meeting_id)
        except DomainError as refusal:
            return _refused(meeting, refusal)
    return _page(meeting, calling=form)


@requires(MeetingsPermission.HOST)
def act_on_participant(meeting_id: UUID, participant_id: UUID, word: str) -> Answer:
    """Let in, give or take the word, mute, put a hand down."""
    act = ACTS.get(word) or abort(404)
    meeting = meeting_here(meeting_id)
    try:
        place = participants.participant_of(current_uow(), meeting, participant_id)
        act(current_uow(), meeting, place)
    except DomainError as refusal:
        return _refused(meeting, refusal)
    return see_other(".host_room", meeting_id=meeting_id)


@requires(MeetingsPermission.HOST)
def remove_participant(meeting_id: UUID, participant_id: UUID) -> Answer:
    """Send out, for a reason."""
    meeting, form = meeting_here(meeting_id), RemoveParticipantForm()
    place = participants.participant_of(current_uow(), meeting, participant_id)
    if form.validate_on_submit():
        reason = form.reason.data.strip()
        try:
            participants.remove(current_uow(), meeting, place, reason=reason)
            return see_other(".host_room", meeting_id=meeting_id, said="meetings.room-removed")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("meetings/remove_participant.html", form, meeting=meeting, place=place)


@requires(MeetingsPermission.HOST)
def host_token(meeting_id: UUID) -> Response:
    """What the browser of who leads connects with."""
    token = video_room.host_token(current_uow(), meeting_here(meeting_id))
    answer = jsonify(address=video_rooms().address, token=token)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _refused(meeting: Meeting, refusal: DomainError) -> tuple[str, int]:
    """The page as it is, with the sentence; nothing of the refused act stays."""
    current_uow().session.rollback()
    meeting = meeting_here(meeting.id)
    page = _page(meeting, refusal=str(refusal))
    return (page if isinstance(page, str) else page[0]), refusal.status


def _page(
    meeting: Meeting,
    *,
    refusal: str = "",
    opening: OpenRoomForm | None = None,
    calling: PhoneCallerForm | None = None,
) -> str | tuple[str, int]:
    uow, address = current_uow(), video_rooms().address
    room = video_room.room_of(uow, meeting)
    is_open = room is not None and room.closed_at is None and not video_room.is_over(uow, meeting)
    queue = participants.queue_of(uow, meeting.id)
    inside, refusal = _inside(meeting, queue, refusal) if is_open else ((), refusal)
    if address:
        allow_media(address)
    kept = {"has_waiting_room": room.has_waiting_room, "minutes": room.minutes} if room else {}
    opening = opening or OpenRoomForm(formdata=None, data=kept or None)
    shown: dict[str, Any] = {"meeting": meeting, "room": room}
    shown |= {"is_open": is_open, "queue": queue, "now": uow.now}
    shown |= {"inside": inside, "refusal": refusal, "address": address, "opening": opening}
    shown |= {"calling": calling or PhoneCallerForm(formdata=None)}
    shown |= {"recording_path": recorder_of(uow) if address else None}
    shown |= {"is_watched": participants.is_watched(meeting)}
    shown |= {"joined": participants.joined(uow, meeting.id)}
    shown |= {"is_over": video_room.is_over(uow, meeting), **beside_picture(uow, meeting)}
    shown |= {"closes_at": video_room.closes_at(meeting), **words_of(settlements_here(uow))}
    return filled("meetings/host_room.html", calling or opening, **shown)


def _inside(meeting: Meeting, queue: participants.Queue, refusal: str) -> tuple[Any, str]:
    try:
        return participants.synchronize(current_uow(), meeting, queue), refusal
    except DomainError as away:
        return (), refusal or str(away)
