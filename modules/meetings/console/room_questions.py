"""Questions in the room for who leads: by support, taken one by one, marked when answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template

from obshto.modules.meetings.console.meetings import Answer, meeting_here
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import access_log, questions, room_questions
from obshto.modules.meetings.services.page_context import words_of
from obshto.modules.meetings.services.queries import settlements_here
from obshto.modules.meetings.services.question_support import supported_questions
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

MOST_WAITING = 50
ACTS = {"take": room_questions.take_question, "settle": room_questions.settle_question}


def add_room_questions(console: Blueprint) -> None:
    """Their pages belong to the console of meetings."""
    base = "/<uuid:meeting_id>/room/questions"
    console.add_url_rule(base, view_func=room_question_desk)
    rule = f"{base}/<uuid:question_id>/<word>"
    console.add_url_rule(rule, view_func=act_on_question, methods=["POST"])


@requires(MeetingsPermission.HOST)
def room_question_desk(meeting_id: UUID) -> str:
    """What most wait for first; what was just asked above it, for who may let it in."""
    uow, meeting = current_uow(), meeting_here(meeting_id)
    found, support = supported_questions(uow, meeting.id)
    shown: dict[str, Any] = {"meeting": meeting, "questions": found, "support": support}
    waiting: Any = ()
    if current_principal().may(MeetingsPermission.MODERATE):
        rows = questions.questions_of(meeting.id, questions.WAITING).limit(MOST_WAITING)
        waiting = uow.session.scalars(rows).all()
        access_log.look_at_questions(uow, waiting)
    words = words_of(settlements_here(uow))
    return render_template("meetings/room_question_desk.html", waiting=waiting, **shown, **words)


@requires(MeetingsPermission.HOST)
def act_on_question(meeting_id: UUID, question_id: UUID, word: str) -> Answer:
    """Take it, mark it as answered; let it in with the words as they are."""
    uow, meeting = current_uow(), meeting_here(meeting_id)
    question = questions.question_of(uow, question_id, to_change=True)
    if question.meeting_id != meeting.id:
        abort(404)
    version = seen_here()
    if word == "show" and current_principal().may(MeetingsPermission.MODERATE):
        questions.show_question(uow, question, question.words, expected_version=version)
    else:
        (ACTS.get(word) or abort(404))(uow, question, expected_version=version)
    return see_other(".room_question_desk", meeting_id=meeting_id)
