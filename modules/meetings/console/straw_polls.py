"""Straw poll for who leads: asked, hands counted, both counts together, closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, request

from obshto.modules.meetings.console.meetings import Answer, meeting_here
from obshto.modules.meetings.forms.rooms import StrawHandsForm, StrawPollForm
from obshto.modules.meetings.models import Meeting, StrawPoll
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import straw_polls
from obshto.modules.meetings.services.page_context import words_of
from obshto.modules.meetings.services.queries import settlements_here
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


def add_straw_polls(console: Blueprint) -> None:
    """Its pages belong to the console of meetings."""
    base = "/<uuid:meeting_id>/straw-poll"
    console.add_url_rule(base, view_func=straw_poll, methods=["GET", "POST"])
    console.add_url_rule(f"{base}/hands", view_func=straw_hands, methods=["POST"])
    console.add_url_rule(f"{base}/close", view_func=close_straw_poll, methods=["POST"])


@requires(MeetingsPermission.HOST)
def straw_poll(meeting_id: UUID) -> Answer:
    """The count as it stands; the form below it asks everybody something new."""
    meeting, form = meeting_here(meeting_id), StrawPollForm()
    if form.validate_on_submit():
        question, request_id = form.question.data.strip(), form.request_id.data
        try:
            straw_polls.ask_straw_poll(
                current_uow(), meeting, question, form.told, request_id=request_id
            )
            return see_other(".straw_poll", meeting_id=meeting_id, said="meetings.straw-asked")
        except DomainError as refusal:
            tell(form, refusal)
    return _page(meeting, form)


@requires(MeetingsPermission.HOST)
def straw_hands(meeting_id: UUID) -> Answer:
    """How many hands were up for each answer."""
    meeting = meeting_here(meeting_id)
    poll = _open(meeting)
    if poll is None:
        return see_other(".straw_poll", meeting_id=meeting_id)
    form = StrawHandsForm(poll)
    if form.validate_on_submit():
        numbers, version = [field.data for field in form.fields], form.expected_version.data
        try:
            straw_polls.count_hands(current_uow(), poll, numbers, expected_version=version)
            return see_other(".straw_poll", meeting_id=meeting_id, said="meetings.straw-counted")
        except DomainError as refusal:
            tell(form, refusal, poll)
    return _page(meeting, StrawPollForm(formdata=None), hands=form)


@requires(MeetingsPermission.HOST)
def close_straw_poll(meeting_id: UUID) -> Answer:
    """Nobody votes any more."""
    if poll := _open(meeting_here(meeting_id)):
        straw_polls.end_straw_poll(current_uow(), poll, expected_version=seen_here())
    return see_other(".straw_poll", meeting_id=meeting_id, said="meetings.straw-closed")


def _open(meeting: Meeting) -> StrawPoll | None:
    is_sent = request.method == "POST"
    return straw_polls.open_straw_poll(current_uow(), meeting.id, to_change=is_sent)


def _page(meeting: Meeting, form: StrawPollForm, *, hands: StrawHandsForm | None = None) -> Answer:
    uow = current_uow()
    poll = straw_polls.last_straw_poll(uow, meeting.id)
    is_open = poll is not None and poll.closed_at is None
    shown: dict[str, Any] = {"meeting": meeting, "poll": poll, "is_open": is_open, "asking": form}
    shown |= {"counts": straw_polls.counts_of(uow, poll) if poll else ()}
    shown |= {"hands": hands or (StrawHandsForm(poll, formdata=None) if is_open and poll else None)}
    words = words_of(settlements_here(uow))
    return filled("meetings/straw_poll.html", hands or form, **shown, **words)
