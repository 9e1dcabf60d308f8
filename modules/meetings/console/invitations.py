"""Groups that are invited to a meeting: by a letter, on paper, and what they answered."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from obshto.modules.meetings.console.meetings import Answer, meeting_here
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import invitations as acts
from obshto.modules.meetings.services import queries
from obshto.modules.meetings.services.page_context import words_of
from obshto.platform.errors import DomainError
from obshto.platform.invitations.errors import InvitedBefore
from obshto.platform.invitations.forms import InvitationForm
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


def add_invitations(console: Blueprint) -> None:
    """Its pages belong to the console of meetings."""
    rule, post = "/<uuid:meeting_id>/invitations", ["POST"]
    console.add_url_rule(rule, view_func=invitations, methods=["GET", "POST"])
    rule += "/<uuid:invitation_id>"
    console.add_url_rule(f"{rule}/withdraw", view_func=withdraw_invitation, methods=post)
    console.add_url_rule(f"{rule}/handed-over", view_func=hand_over, methods=post)
    console.add_url_rule(f"{rule}/answer", view_func=mark_answer, methods=post)


@requires(MeetingsPermission.PLAN)
def invitations(meeting_id: UUID) -> Answer:
    """Who is invited, who answered, and one group more."""
    uow, form, meeting = current_uow(), InvitationForm(), meeting_here(meeting_id)
    if form.validate_on_submit():
        told = {"name": form.name.data.strip(), "email": (form.email.data or "").strip()}
        try:
            acts.invite(uow, meeting, request_id=form.request_id.data, **told)
            return _back(meeting_id, "meetings.group-added")
        except InvitedBefore as refusal:
            form.email.errors = [str(refusal)]
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    shown = {"meeting": meeting, "rows": acts.INVITED.rows(uow, meeting_id), "now": uow.now}
    shown |= {"answers": acts.ANSWERS, **words_of(queries.settlements_here(uow))}
    return filled("meetings/invitations.html", form, **shown)


@requires(MeetingsPermission.PLAN)
def withdraw_invitation(meeting_id: UUID, invitation_id: UUID) -> Response:
    uow, meeting = current_uow(), meeting_here(meeting_id)
    acts.withdraw_invitation(uow, meeting, invitation_id, expected_version=seen_here())
    return _back(meeting_id, "meetings.group-withdrawn")


@requires(MeetingsPermission.PLAN)
def hand_over(meeting_id: UUID, invitation_id: UUID) -> Response:
    """The printed invitation is with the group."""
    uow, meeting = current_uow(), meeting_here(meeting_id)
    acts.hand_over(uow, meeting, invitation_id, expected_version=seen_here())
    return _back(meeting_id, "meetings.group-saved")


@requires(MeetingsPermission.PLAN)
def mark_answer(meeting_id: UUID, invitation_id: UUID) -> Response:
    """What the group said by phone or at the counter."""
    uow, answer = current_uow(), request.form.get("answer", "")
    meeting = meeting_here(meeting_id)
    row = acts.invitation_of(uow, meeting, invitation_id)
    if answer not in acts.ANSWERS:
        abort(422)
    acts.refuse_stale(meeting, seen_here())
    acts.answer_invitation(uow, row.id, answer)
    return _back(meeting_id, "meetings.group-saved")


def _back(meeting_id: UUID, said: str) -> Response:
    return see_other(".invitations", meeting_id=meeting_id, said=said)
