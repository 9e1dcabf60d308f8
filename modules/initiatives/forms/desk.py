"""Desk of an initiative: what its committee and staff do beside the pages of the petition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, g
from werkzeug.wrappers import Response

from obshto.modules.initiatives.forms.context import (
    common_words,
    moderation_words,
    page_words,
    units_here,
)
from obshto.modules.initiatives.forms.fields import InitiativeForm, InitiativeStepForm, fill_from
from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.permissions import InitiativesPermission
from obshto.modules.initiatives.services import initiatives, queries
from obshto.modules.initiatives.services.committee import COMMITTEE
from obshto.modules.initiatives.services.moderation import account_of
from obshto.modules.initiatives.services.papers import PAPERS
from obshto.modules.initiatives.services.petition import PETITION, sheet_text
from obshto.modules.initiatives.services.states import ACTS, InitiativeAct, acts_from
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.moderation.flags import flags_on
from obshto.platform.moderation.pages import appeal_page
from obshto.platform.moderation.services import decision_on
from obshto.platform.petitions.desk import FORM, Answer, Page, PetitionDesk, mount_desk
from obshto.platform.petitions.sheets import SheetText
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.forms import show_version, tell
from obshto.platform.web.language import SOURCE, speaking
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


def mount_initiatives(**told: Any) -> None:
    """A desk on its blueprint."""
    desk: PetitionDesk[Any] = PetitionDesk(
        part="initiatives",
        noun="initiative",
        petition=PETITION,
        committee=COMMITTEE,
        common_words=common_words,
        sheet_text=_sheet_text,
        enters=InitiativesPermission.ENTER,
        **told,
    )
    mount_desk(desk, _PAGES, frozenset((edit, appeal, meeting_paper)))


def _sheet_text(uow: UnitOfWork, initiative: Initiative) -> SheetText:
    return sheet_text(initiative, _unit_of(uow, initiative))


def _unit_of(uow: UnitOfWork, initiative: Initiative) -> str:
    return units_here(uow).get(initiative.unit) or (uow.scope.title if uow.within else "")


def meeting_paper(desk: PetitionDesk[Any], initiative: Initiative, paper: str) -> Answer:
    """What the founding meeting fills in by hand."""
    uow, made = current_uow(), PAPERS.get(paper) or abort(404)
    with speaking(SOURCE):
        unit = _unit_of(uow, initiative)
    return private_pdf(f"sabranie-{paper}", made(uow, initiative, unit))


def desk(desk: PetitionDesk[Any], initiative: Initiative) -> Answer:
    """All about one initiative for who works at it: what is owed, what can be done."""
    shown = desk.committee_words(initiative)
    ways = acts_from(initiative.state, initiative.outcome)
    acts = [act for act in ways if desk.may(initiative, act.way.who)]
    moderates = desk.is_staff and current_principal().may(InitiativesPermission.MODERATE)
    may_see_rows = not desk.is_staff or current_principal().may(InitiativesPermission.ENTER)
    chair = initiative.meeting_chair if shown["shows_names"] else None
    return desk.show(
        "initiatives/desk",
        initiative,
        acts=acts,
        chair=chair,
        may_see_rows=may_see_rows,
        flags=_flags(initiative) if moderates else {},
        moderates=moderates and bool(initiative.sequence),
        is_reached=not desk.is_staff or account_of(current_uow(), initiative) is not None,
        **shown,
        **page_words(current_uow(), initiative),
        **moderation_words(current_uow(), initiative),
    )


def _flags(initiative: Initiative) -> Mapping[str, int]:
    return flags_on(current_uow(), queries.PART, [initiative.id]).get(initiative.id, {})


def appeal(desk: PetitionDesk[Any], initiative: Initiative) -> Answer:
    """The committee objects to the hiding, or who enters its paper does for it."""
    decision = decision_on(current_uow(), queries.PART, initiative.id)
    own_page = desk.words(initiative)["at"]("desk", initiative)
    return appeal_page(decision, own_page=own_page, layout=desk.layout)


def edit(desk: PetitionDesk[Any], initiative: Initiative) -> Answer:
    form, uow = InitiativeForm(data=fill_from(initiative)), current_uow()
    del form.request_id
    form.offer(units_here(uow))
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            initiatives.edit_initiative(uow, initiative, form.said(), expected_version=version)
            return desk.back(initiative, "saved")
        except DomainError as refusal:
            tell(form, refusal, initiative)
    show_version(form, initiative)
    return desk.filled("initiatives/edit", form, initiative)


def take(desk: PetitionDesk[Any], initiative: Initiative, step: str) -> Answer:
    """One act with its day."""
    act = ACTS.get(step) or abort(404)
    if not desk.may(initiative, act.way.who):
        abort(403)
    form, uow = InitiativeStepForm(), current_uow()
    form.fit(act)
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            initiatives.take_step(uow, initiative, act, form.said(), expected_version=version)
            return _after(desk, initiative, act)
        except DomainError as refusal:
            tell(form, refusal, initiative)
            g.why = getattr(refusal, "why", None)
    if not form.is_submitted() and "happened_on" in form:
        form.happened_on.data = day_of(uow.now)
    show_version(form, initiative)
    return desk.filled("initiatives/step", form, initiative, act=act, why=g.get("why"))


def _after(desk: PetitionDesk[Any], initiative: Initiative, act: InitiativeAct) -> Response:
    if act.way.name == "discard":
        home = ".index" if desk.is_staff else ".mine"
        return see_other(home, said="initiatives.discarded")
    return desk.back(initiative, "stepped")


_PAGES: Mapping[str, Page] = {
    "": (desk, ["GET"]),
    "/edit": (edit, FORM),
    "/steps/<step>": (take, FORM),
    "/appeal": (appeal, FORM),
    "/meeting/<paper>.pdf": (meeting_paper, ["GET"]),
}
