"""Votes by name: record one under a point, correct the count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request

from obshto.modules.council.console.sessions import Answer
from obshto.modules.council.errors import StaleVote
from obshto.modules.council.forms.sessions import CHOICE_WORDS, BallotCorrectionForm, RollCallForm
from obshto.modules.council.models import Councillor
from obshto.modules.council.permissions import CouncilPermission
from obshto.modules.council.services import sessions, votes
from obshto.modules.council.services.majorities import ABSENT
from obshto.modules.council.services.members import sitting
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


def add_votes(console: Blueprint) -> None:
    """Its pages belong to the console of the council."""
    under = "/sessions/<uuid:session_id>/points/<uuid:item_id>/vote"
    console.add_url_rule(under, view_func=record, methods=["GET", "POST"])
    console.add_url_rule("/votes/<uuid:vote_id>", view_func=correct, methods=["GET", "POST"])


@requires(CouncilPermission.RECORD)
def record(session_id: UUID, item_id: UUID) -> Answer:
    """A motion with how each councillor voted."""
    uow, form = current_uow(), RollCallForm()
    session = sessions.session_here(uow, session_id, is_public=False)
    point = sessions.point_of(uow, session_id, item_id)
    voters = sitting(uow, day_of(session.starts_at))
    if form.validate_on_submit():
        choices, once = form.choices(voters, request.form), form.request_id.data
        try:
            votes.record_vote(uow, session, point, form.told(), choices, request_id=once)
            return see_other(".session", session_id=session_id, said="council.voted")
        except DomainError as refusal:
            tell(form, refusal)
    noted = sessions.attendance_of(uow, session_id)
    away = {one.id: ABSENT for one in voters if noted and str(one.id) not in noted.present}
    about = {"session": session, "point": point, "vote": None, **_ballots(voters, away)}
    return filled("council/vote.html", form, **about)


@requires(CouncilPermission.RECORD)
def correct(vote_id: UUID) -> Answer:
    """A further count, with its reason; the earlier ones stay."""
    uow = current_uow()
    row = votes.vote_of(uow, vote_id, to_change=request.method == "POST")
    session = sessions.session_here(uow, row.session_id, is_public=False)
    point = sessions.point_of(uow, row.session_id, row.item_id)
    vote = votes.counted(uow, row)
    form = BallotCorrectionForm(data={"expected_version": vote.editions[0].edition})
    voters = votes.voters_of(uow, vote)
    if form.validate_on_submit():
        told: dict[str, Any] = {"why": (form.why.data or "").strip()}
        told |= {"seen": form.expected_version.data, "request_id": form.request_id.data}
        try:
            votes.correct_vote(uow, row, point, form.choices(voters, request.form), **told)
            return see_other(".session", session_id=session.id, said="council.corrected")
        except DomainError as refusal:
            tell(form, refusal)
            if isinstance(refusal, StaleVote):
                form.expected_version.data = vote.editions[0].edition
    about = {"session": session, "point": point, "vote": vote, **_ballots(voters, vote.choices)}
    return filled("council/vote.html", form, **about)


def _ballots(voters: Sequence[Councillor], picked: votes.Choices) -> dict[str, Any]:
    """What stands marked: as typed, else as it is known."""
    typed = {one.id: request.form.get(f"vote-{one.id}", "") for one in voters}
    marked = typed if request.method == "POST" else picked
    return {"voters": voters, "marked": marked, "choice_words": CHOICE_WORDS}
