"""Staff pages of who is invited to a consultation."""

from __future__ import annotations

from uuid import UUID

from flask_babel import LazyString

from obshto.modules.consultations import forms
from obshto.modules.consultations.console.consultations import (
    Page,
    back,
    console,
    context,
    row_named,
)
from obshto.modules.consultations.forms.invitations import InvitedReadersForm
from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.services import invitations as acts
from obshto.modules.consultations.services.states import state_of
from obshto.platform.errors import DomainError
from obshto.platform.invitations.forms import LetterInvitationForm
from obshto.platform.notify.address import places_here
from obshto.platform.notify.topics import invitable_topics, topics_here
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

KEPT = "consultations.invited"


@console.route("/<uuid:consultation_id>/invitations", methods=["GET", "POST"])
@requires(ConsultationsPermission.WRITE)
def invitations(consultation_id: UUID) -> Page:
    """Who is invited, and one organisation more."""
    uow, found, form = current_uow(), row_named(consultation_id), LetterInvitationForm()
    if form.validate_on_submit():
        try:
            name, email = form.name.data.strip(), form.email.data.strip()
            acts.invite(uow, found, name=name, email=email, request_id=form.request_id.data)
            return see_other(".invitations", consultation_id=consultation_id, said=KEPT)
        except DomainError as refusal:
            forms.put_refusal(form, refusal)
    shown = {"consultation": found, "state": state_of(found, uow.now), **context()}
    shown["rows"] = acts.invitations_of(uow, found)
    shown["reach"] = acts.reach_of(uow, acts.invited_readers_of(found))
    return filled("consultations/invitations.html", form, **shown)


@console.post("/<uuid:consultation_id>/invitations/<uuid:invitation_id>/withdraw")
@requires(ConsultationsPermission.WRITE)
def withdraw_invitation(consultation_id: UUID, invitation_id: UUID) -> Page:
    found, version = row_named(consultation_id), seen_here()
    acts.withdraw_invitation(current_uow(), found, invitation_id, expected_version=version)
    said = "consultations.invitation-withdrawn"
    return see_other(".invitations", consultation_id=consultation_id, said=said)


@console.route("/<uuid:consultation_id>/readers", methods=["GET", "POST"])
@requires(ConsultationsPermission.WRITE)
def invited_readers(consultation_id: UUID) -> Page:
    """Whose subscribers hear of it too."""
    uow, found = current_uow(), row_named(consultation_id)
    chosen = {"topics": found.invited_topics, "places": found.invited_places}
    form = InvitedReadersForm(data=chosen)
    form.offer(*_offered())
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            acts.choose_readers(uow, found, form.chosen(), expected_version=version)
            return back(consultation_id, "consultations.saved")
        except DomainError as refusal:
            forms.put_refusal(form, refusal, found)
    show_version(form, found)
    return filled("consultations/readers.html", form, consultation=found)


def _offered() -> tuple[dict[str, LazyString], dict[str, str]]:
    """Topics of the parts that are on, and places."""
    open_ones = invitable_topics().keys() - {acts.NEW}
    topics = {word: title for word, title in topics_here().items() if word in open_ones}
    language = current_language()
    places = places_here(current_uow()).items()
    return topics, {code: names.get(language) or names[SOURCE] for code, names in places}
