"""Video room for citizens: a name at the door, the room itself, a hand; no account needed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, jsonify, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from obshto.modules.meetings.forms.rooms import EnterRoomForm
from obshto.modules.meetings.models import Meeting, RoomParticipant
from obshto.modules.meetings.services import participants, queries, straw_polls
from obshto.modules.meetings.services.page_context import beside_picture, words_of
from obshto.modules.meetings.services.recordings_port import may_be_recorded
from obshto.modules.meetings.services.video_room import EARLY, is_over, open_way_in, room_of
from obshto.platform.errors import DomainError
from obshto.platform.video.rooms import video_rooms
from obshto.platform.web.access import open_to_all
from obshto.platform.web.headers import allow_media
from obshto.platform.web.live_page import refreshed
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


def add_room(citizen: Blueprint) -> None:
    """Its pages belong to the public pages of meetings."""
    both = ["GET", "POST"]
    citizen.add_url_rule("/<uuid:meeting_id>/room", view_func=enter_room, methods=both)
    citizen.add_url_rule("/room/<code>", view_func=room)
    citizen.add_url_rule("/room/<code>/state", view_func=room_state)
    citizen.add_url_rule("/room/<code>/token", view_func=room_token)
    citizen.add_url_rule("/room/<code>/straw-poll", view_func=room_straw_poll, methods=both)
    citizen.add_url_rule("/room/<code>/hand", view_func=raise_hand, methods=["POST"])


@open_to_all
def enter_room(meeting_id: UUID) -> AnyResponse:
    """The door: a name, from an hour before the beginning on."""
    uow = current_uow()
    meeting = queries.public_meeting(uow, meeting_id)
    watched, room = participants.is_watched(meeting), room_of(uow, meeting)
    form = EnterRoomForm(needs_name=not watched, data={"name": current_principal().name})
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        name = (form.name.data or "").strip() or gettext("Зрител")
        try:
            place = participants.enter_room(uow, meeting, name, request_id=form.request_id.data)
            return see_other(".room", code=participants.code_of(place))
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    is_open = room is not None and room.closed_at is None
    shown: dict[str, Any] = {
        "meeting": meeting,
        "is_watched": watched,
        "is_over": is_over(uow, meeting),
    }
    shown |= {"has_server": bool(video_rooms().address), "phone": open_way_in(meeting).phone}
    shown |= {"is_recorded": may_be_recorded()}
    shown |= {"opens_at": meeting.starts_at - EARLY, "is_open": is_open, "now": uow.now}
    words = words_of(queries.settlements_here(uow))
    return private_page("meetings/enter_room.html", form=form, **shown, **words)


@open_to_all
def room(code: str) -> AnyResponse:
    """Picture, agenda, materials and the line of who wants to speak, on one page."""
    uow = current_uow()
    place, meeting = _found(code)
    if address := video_rooms().address:
        allow_media(address)
    state = participants.state_of(place, room_of(uow, meeting))
    shown: dict[str, Any] = {"meeting": meeting, "place": place, "code": code, "state": state}
    shown |= {"is_watched": participants.is_watched(meeting), "address": address}
    shown |= {"phone": open_way_in(meeting).phone, **beside_picture(uow, meeting)}
    words = words_of(queries.settlements_here(uow))
    return private_page("meetings/room.html", **shown, **words)


@open_to_all
def room_state(code: str) -> Response:
    """Where they stand, for the script of the page while it waits."""
    place, meeting = _found(code)
    return _json(state=participants.state_of(place, room_of(current_uow(), meeting)))


@open_to_all
def room_token(code: str) -> Response:
    """What a browser connects with, for two minutes; a sentence where it may not."""
    place, meeting = _found(code)
    token = participants.token_of(current_uow(), meeting, place)
    return _json(address=video_rooms().address, token=token)


@open_to_all
def raise_hand(code: str) -> AnyResponse:
    """They want to speak, or do not any more."""
    uow = current_uow()
    place, meeting = _found(code, to_change=True)
    act = {"up": participants.raise_hand, "down": participants.lower_hand}
    (act.get(request.form.get("hand", "")) or abort(422))(uow, meeting, place)
    return see_other(".room", code=code)


@open_to_all
def room_straw_poll(code: str) -> AnyResponse:
    """What who leads asks everybody: one vote from here, and the count with the hands."""
    uow = current_uow()
    place, meeting = _found(code, to_change=request.method == "POST")
    refusal = ""
    if request.method == "POST":
        try:
            straw_polls.vote_in_straw_poll(uow, meeting, place, *_choice())
            return see_other(".room_straw_poll", code=code, said="meetings.straw-voted")
        except DomainError as refused:
            refusal = str(refused)
    poll = straw_polls.last_straw_poll(uow, meeting.id)
    shown: dict[str, Any] = {"meeting": meeting, "code": code, "poll": poll, "refusal": refusal}
    shown |= {"may_vote": straw_polls.may_vote(meeting, place)}
    shown |= {"counts": straw_polls.counts_of(uow, poll) if poll else ()}
    shown |= {"mine": straw_polls.choice_of(uow, poll, place) if poll else None}
    words = words_of(queries.settlements_here(uow))
    status = 409 if refusal else None
    return refreshed(private_page("meetings/room_straw_poll.html", status=status, **shown, **words))


def _choice() -> tuple[UUID, int]:
    """Poll and option of the form, as its page drew them; anything else is no vote."""
    poll_id, choice = request.form.get("poll", ""), request.form.get("choice", "")
    try:
        return UUID(poll_id), int(choice)
    except ValueError:
        abort(422)


def _found(code: str, *, to_change: bool = False) -> tuple[RoomParticipant, Meeting]:
    uow = current_uow()
    place = participants.participant_at(uow, code, to_change=to_change)
    return place, queries.public_meeting(uow, place.meeting_id)


def _json(**said: str) -> Response:
    answer = jsonify(said)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
