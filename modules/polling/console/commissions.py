"""Staff pages of commissions: who sits in a section's, when they are trained."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from obshto.modules.polling.console.sections import FORM, Answer
from obshto.modules.polling.forms.commissions import CommissionMemberForm
from obshto.modules.polling.forms.page_context import common_words
from obshto.modules.polling.models import PollingSection
from obshto.modules.polling.permissions import PollingPermission
from obshto.modules.polling.services import commissions, sections
from obshto.modules.polling.services.access_log import APPOINT, look_at_commission
from obshto.modules.polling.services.votes import vote_of
from obshto.platform.errors import DomainError
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

APPOINTS = requires(PollingPermission.APPOINT)


def add_commissions(console: Blueprint) -> None:
    """Its pages belong to the console of polling."""
    under = "/votes/<uuid:vote_id>/<uuid:section_id>/commission"
    one = f"{under}/<uuid:member_id>"
    console.add_url_rule(under, view_func=commission, methods=FORM)
    console.add_url_rule(one, view_func=member, methods=FORM)
    console.add_url_rule(f"{one}/remove", view_func=remove, methods=["POST"])


@APPOINTS
def commission(vote_id: UUID, section_id: UUID) -> Answer:
    """The members with their names; the next one is added below."""
    uow, form = current_uow(), CommissionMemberForm()
    vote, section = _both(vote_id, section_id)
    if form.validate_on_submit():
        try:
            once, words = form.request_id.data, form.said()
            commissions.add_member(uow, vote, section, words, request_id=once)
            return _back(vote, section)
        except DomainError as refusal:
            form.office.errors = [str(refusal)]
    look_at_commission(uow, section.id, APPOINT)
    people = commissions.members_of(uow, vote, [section.id])
    about = {"vote": vote, "section": section, "members": people, **_words()}
    return filled("polling/commission.html", form, **about)


@APPOINTS
def member(vote_id: UUID, section_id: UUID, member_id: UUID) -> Answer:
    """Name, phone and training of one member."""
    uow = current_uow()
    vote, section = _both(vote_id, section_id)
    look_at_commission(uow, section.id, APPOINT)
    found = commissions.member_of(uow, vote, section, member_id)
    form = CommissionMemberForm(obj=found)
    form.office.data = found.office  # it stays: whoever gets another is entered anew
    if form.validate_on_submit():
        try:
            words, version = form.said(found.office), form.expected_version.data
            commissions.edit_member(uow, section, found, words, expected_version=version)
            return _back(vote, section)
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    about = {"vote": vote, "section": section, "member": found, **_words()}
    return filled("polling/member.html", form, **about)


@APPOINTS
def remove(vote_id: UUID, section_id: UUID, member_id: UUID) -> Response:
    vote, section = _both(vote_id, section_id)
    uow, version = current_uow(), seen_here()
    look_at_commission(uow, section.id, APPOINT)
    commissions.remove_member(uow, vote, section, member_id, expected_version=version)
    return _back(vote, section)


def _words() -> dict[str, Any]:
    uow = current_uow()
    path, titles = commissions.courses_here(uow)
    return {"training_path": path, "courses": titles, **common_words(uow)}


def _both(vote_id: UUID, section_id: UUID) -> tuple[CalledVote, PollingSection]:
    uow = current_uow()
    return vote_of(uow, vote_id), sections.section_of(uow, section_id)


def _back(vote: CalledVote, section: PollingSection) -> Response:
    at = {"vote_id": vote.id, "section_id": section.id}
    return see_other(".commission", said="polling.commission", **at)
