"""Questions in the room for who is there: the list by support, a vote, a question of one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from obshto.modules.meetings.forms.guests import RoomQuestionForm, SupportForm
from obshto.modules.meetings.models import Meeting, RoomParticipant
from obshto.modules.meetings.services import participants, queries, room_questions
from obshto.modules.meetings.services.page_context import words_of
from obshto.modules.meetings.services.question_support import supported_questions
from obshto.modules.meetings.services.straw_polls import may_vote
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all
from obshto.platform.web.forms import lines_of, tell
from obshto.platform.web.live_page import refreshed
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


def add_room_questions(citizen: Blueprint) -> None:
    """Their pages belong to the public pages of meetings."""
    base, both = "/room/<code>/questions", ["GET", "POST"]
    citizen.add_url_rule(base, view_func=room_question_list)
    citizen.add_url_rule(f"{base}/new", view_func=ask_in_room, methods=both)
    rule = f"{base}/<uuid:question_id>/support"
    citizen.add_url_rule(rule, view_func=support_in_room, methods=["POST"])


@open_to_all
def room_question_list(code: str) -> Response:
    """In the order in which who leads takes them."""
    place, meeting = _found(code)
    questions, support = supported_questions(current_uow(), meeting.id)
    shown: dict[str, Any] = {"questions": questions, "support": support, "code": code}
    shown |= {"meeting": meeting, "is_in": may_vote(meeting, place), "support_form": SupportForm()}
    words = words_of(queries.settlements_here(current_uow()))
    return refreshed(private_page("meetings/room_questions.html", **shown, **words))


@open_to_all
def ask_in_room(code: str) -> Response:
    """A question of somebody in the room; a moderator lets it in."""
    uow, form = current_uow(), RoomQuestionForm()
    place, meeting = _found(code)
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        words, request_id = lines_of(form.words.data), form.request_id.data
        try:
            room_questions.ask_in_room(uow, meeting, place, words, request_id=request_id)
            return see_other(".room_question_list", code=code, said="meetings.asked")
        except DomainError as refusal:
            tell(form, refusal)
    shown = {"meeting": meeting, "code": code, **words_of(queries.settlements_here(uow))}
    return private_page("meetings/ask_in_room.html", form=form, **shown)


@open_to_all
def support_in_room(code: str, question_id: UUID) -> Response:
    """They wait for the answer as well."""
    uow, form = current_uow(), SupportForm()
    place, meeting = _found(code)
    if not form.validate_on_submit():
        abort(400)
    request_id = form.request_id.data
    room_questions.support_in_room(uow, meeting, place, question_id, request_id=request_id)
    return see_other(".room_question_list", code=code, said="meetings.supported")


def _found(code: str) -> tuple[RoomParticipant, Meeting]:
    uow = current_uow()
    place = participants.participant_at(uow, code, to_change=request.method == "POST")
    return place, queries.public_meeting(uow, place.meeting_id)
