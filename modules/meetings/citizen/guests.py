"""Guests: coming to a meeting, asking beforehand, writing to the organiser; no account needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from obshto.modules.meetings.forms.guests import (
    AskForm,
    ChangeComingForm,
    ComingForm,
    FeedbackForm,
    GuestCodeForm,
    SupportForm,
    shown_guest,
)
from obshto.modules.meetings.models import Guest, Meeting
from obshto.modules.meetings.services import access_log, guests, queries
from obshto.modules.meetings.services.feedback import send_feedback
from obshto.modules.meetings.services.invitations import INVITED
from obshto.modules.meetings.services.page_context import words_of
from obshto.modules.meetings.services.question_support import (
    support_question,
    supported_questions,
)
from obshto.modules.meetings.services.questions import ask_question
from obshto.modules.meetings.services.video_room import way_in
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


def add_guests(citizen: Blueprint) -> None:
    """Its pages belong to the public pages of meetings."""
    both = ["GET", "POST"]
    citizen.add_url_rule("/<uuid:meeting_id>/come", view_func=come, methods=both)
    citizen.add_url_rule("/<uuid:meeting_id>/ask", view_func=ask, methods=both)
    citizen.add_url_rule("/<uuid:meeting_id>/feedback", view_func=feedback, methods=both)
    citizen.add_url_rule("/coming", view_func=find, methods=both)
    citizen.add_url_rule("/mine", view_func=mine)
    citizen.add_url_rule("/coming/<ref>", view_func=coming, methods=both)
    citizen.add_url_rule("/coming/<ref>/withdraw", view_func=withdraw, methods=["POST"])
    rule = "/coming/<ref>/questions/<uuid:question_id>"
    citizen.add_url_rule(rule, view_func=support, methods=["POST"])


@open_to_all
def come(meeting_id: UUID) -> Response:
    """Say that one comes; whoever has an account changes there what was said before."""
    uow, form = current_uow(), ComingForm()
    meeting = queries.public_meeting(uow, meeting_id)
    if known := guests.guest_of_person(uow, meeting, current_principal().person_id):
        return see_other(".coming", ref=known.id)
    if not form.is_submitted() and (meeting.cancelled_at or meeting.ends_at <= uow.now):
        return _told_why(meeting)
    form.offer(meeting)
    invitation = INVITED.behind_link(uow, meeting_id, request.args.get("invited", ""))
    if invitation and not form.is_submitted():
        form.name.data = invitation.name
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        try:
            said = replace(form.coming(), invitation_id=invitation.id if invitation else None)
            guest = guests.register_guest(uow, meeting, said, request_id=form.request_id.data)
            return see_other(".coming", ref=_ref(guest), said="meetings.coming")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return private_page("meetings/come.html", form=form, **_about(meeting))


@open_to_all
def coming(ref: str) -> Response:
    """The guest's own page: how to join, what was said, a form that changes it."""
    uow = current_uow()
    guest = guests.guest_at(uow, ref, to_change=request.method == "POST")
    meeting = queries.public_meeting(uow, guest.meeting_id)
    form = ChangeComingForm(data=shown_guest(guest))
    form.offer(meeting)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            guests.change_guest(uow, meeting, guest, form.coming(), expected_version=version)
            return see_other(".coming", ref=ref, said="meetings.coming-changed")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = guest.version
    shown: dict[str, Any] = {"guest": guest, "ref": ref, "purposes": access_log.PURPOSES}
    shown |= {"way_in": way_in(meeting), "looks": access_log.looks_at(uow, guest)}
    shown["code"] = "" if guest.person_id else grouped(guests.code_of(guest))
    shown["is_over"] = meeting.ends_at <= uow.now
    shown["questions"], shown["support"] = supported_questions(uow, meeting.id)
    shown["support_form"] = SupportForm(formdata=None)
    return private_page("meetings/coming.html", form=form, **shown, **_about(meeting))


@open_to_all
def withdraw(ref: str) -> Response:
    """They do not come."""
    uow = current_uow()
    guest = guests.guest_at(uow, ref, to_change=True)
    guests.withdraw_guest(uow, guest, expected_version=seen_here())
    return see_other(".coming", ref=ref, said="meetings.withdrawn")


@open_to_all
def support(ref: str, question_id: UUID) -> Response:
    """They wait for the answer as well."""
    uow, form = current_uow(), SupportForm()
    guest = guests.guest_at(uow, ref)
    meeting = queries.public_meeting(uow, guest.meeting_id)
    if not form.validate_on_submit():
        abort(422)
    support_question(uow, meeting, guest, question_id, request_id=form.request_id.data)
    return see_other(".coming", ref=ref, said="meetings.supported", _anchor="questions")


@open_to_all
def find() -> Response:
    """By the code, for who has no account."""
    uow, form = current_uow(), GuestCodeForm()
    if form.validate_on_submit() and form.passes():
        try:
            guests.guest_at(uow, digits(form.code.data))
            return see_other(".coming", ref=digits(form.code.data))
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("meetings/find.html", form=form)


@signed_in
def mine() -> Response:
    """What somebody said from their account."""
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, guests.guests_of_person(me), page_number())
    meetings = queries.titles_of(uow, {guest.meeting_id for guest in page.rows})
    words = words_of(queries.settlements_here(uow))
    return private_page("meetings/mine.html", page=page, meetings=meetings, **words)


@open_to_all
def ask(meeting_id: UUID) -> Response:
    """A question before the meeting; a moderator looks at it before others see it."""
    uow, form = current_uow(), AskForm()
    meeting = queries.public_meeting(uow, meeting_id)
    if not form.is_submitted() and (meeting.cancelled_at or meeting.starts_at <= uow.now):
        return _told_why(meeting)
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        try:
            ask_question(uow, meeting, form.question(), request_id=form.request_id.data)
            return see_other(".show", meeting_id=meeting_id, said="meetings.asked")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return private_page("meetings/ask.html", form=form, **_about(meeting))


@open_to_all
def feedback(meeting_id: UUID) -> Response:
    """Three questions and words to the organiser after the meeting, without a name."""
    uow, form = current_uow(), FeedbackForm()
    meeting = queries.public_meeting(uow, meeting_id)
    if form.validate_on_submit() and form.passes():
        try:
            send_feedback(uow, meeting, form.said(), request_id=form.request_id.data)
            return see_other(".show", meeting_id=meeting_id, said="meetings.thanked")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return private_page("meetings/feedback.html", form=form, **_about(meeting))


def _told_why(meeting: Meeting) -> Response:
    """Its page says that it is cancelled or over; nobody fills in a form that is refused."""
    return see_other(".show", meeting_id=meeting.id)


def _about(meeting: Meeting) -> dict[str, Any]:
    names = queries.settlements_here(current_uow())
    return {"meeting": meeting, "now": current_uow().now, **words_of(names)}


def _ref(guest: Guest) -> str:
    """Its place in the account, or its code."""
    return str(guest.id) if guest.person_id else guests.code_of(guest)
