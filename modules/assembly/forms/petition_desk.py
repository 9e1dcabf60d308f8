"""Desk of a petition for an assembly: what stands on it beside the pages of the paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, g
from werkzeug.wrappers import Response

from obshto.modules.assembly.forms.fields import AssemblyStepForm
from obshto.modules.assembly.forms.petition_context import petition_common, petition_words
from obshto.modules.assembly.forms.petition_fields import (
    AssemblyPetitionForm,
    PetitionVotersForm,
    fill_petition,
)
from obshto.modules.assembly.models import AssemblyPetition
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.modules.assembly.services import petition_queries, petitions
from obshto.modules.assembly.services.petition_paper import PAPER, sheet_text
from obshto.modules.assembly.services.petition_states import (
    CHECKING,
    COLLECTING,
    petition_acts_from,
)
from obshto.modules.assembly.services.places import place_of, units_here
from obshto.platform.errors import DomainError
from obshto.platform.petitions.desk import FORM, Answer, Page, PetitionDesk, mount_desk
from obshto.platform.petitions.sheets import SheetText
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.forms import show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


def mount_petitions(**told: Any) -> PetitionDesk[Any]:
    """A desk on its blueprint: of whoever began a petition, or of staff."""
    desk: PetitionDesk[Any] = PetitionDesk(
        part="assembly",
        noun="petition",
        begins="petition_",
        petition=PAPER,
        common_words=petition_common,
        sheet_text=_sheet_text,
        enters=AssemblyPermission.PETITION,
        **told,
    )
    own = {**_PAGES, **(_OF_STAFF if desk.is_staff else {})}
    mount_desk(desk, own, frozenset((edit, voters)))
    return desk


def _sheet_text(uow: UnitOfWork, petition: AssemblyPetition) -> SheetText:
    return sheet_text(petition, place_of(uow, petition, units_here(uow)))


def desk(desk: PetitionDesk[Any], petition: AssemblyPetition) -> Answer:
    """All about one petition for who works at it: what is owed, what can be done."""
    me, law = current_principal(), petition_queries.petition_law_here(current_uow(), petition)
    ways = petition_acts_from(law, petition.state)
    acts = [act for act in ways if desk.may(petition, act.way.who)]
    shown: dict[str, Any] = {"acts": acts}
    shown["may_see_rows"] = not desk.is_staff or me.may(AssemblyPermission.PETITION)
    shown["may_call"] = desk.is_staff and me.may(AssemblyPermission.CALL)
    shown["may_count"] = desk.is_staff and desk.acts_for(petition) and _is_counted(petition)
    called = petition_queries.notice_of(current_uow(), petition)
    shown |= desk.committee_words(petition) | petition_words(current_uow(), petition)
    return desk.show("assembly/petition_desk", petition, called=called, **shown)


def edit(desk: PetitionDesk[Any], petition: AssemblyPetition) -> Answer:
    form, uow = AssemblyPetitionForm(data=fill_petition(petition)), current_uow()
    del form.request_id
    form.offer(units_here(uow))
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            petitions.edit_petition(uow, petition, form.said(), expected_version=version)
            return desk.back(petition, "saved")
        except DomainError as refusal:
            tell(form, refusal, petition)
    show_version(form, petition)
    return desk.filled("assembly/petition_edit", form, petition)


def voters(desk: PetitionDesk[Any], petition: AssemblyPetition) -> Answer:
    """The number that the register office gives while the petition is signed or checked."""
    form, uow = PetitionVotersForm(data=fill_petition(petition)), current_uow()
    if form.validate_on_submit():
        number, source, version = form.voters.data, form.source(), form.expected_version.data
        try:
            petitions.count_voters(uow, petition, number, source, expected_version=version)
            return desk.back(petition, "saved")
        except DomainError as refusal:
            tell(form, refusal, petition)
    show_version(form, petition)
    return desk.filled("assembly/petition_voters", form, petition)


def take(desk: PetitionDesk[Any], petition: AssemblyPetition, step: str) -> Answer:
    """One act upon a petition, by who may do it."""
    law = petition_queries.petition_law_here(current_uow(), petition)
    act = law.acts.get(step) or abort(404)
    if not act.has_button:
        abort(404)
    if not desk.may(petition, act.way.who):
        abort(403)
    form, uow = AssemblyStepForm(), current_uow()
    form.fit(act, is_dated=False)
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            petitions.take_petition_step(uow, petition, step, form.said(), expected_version=version)
            return _after(desk, petition, step)
        except DomainError as refusal:
            tell(form, refusal, petition)
            g.why = getattr(refusal, "why", None)
    show_version(form, petition)
    return desk.filled("assembly/petition_step", form, petition, act=act, why=g.get("why"))


def _is_counted(petition: AssemblyPetition) -> bool:
    return petition.state in (COLLECTING, CHECKING)


def _after(desk: PetitionDesk[Any], petition: AssemblyPetition, step: str) -> Response:
    if step == "discard":
        home = ".petitions" if desk.is_staff else ".mine"
        return see_other(home, said="assembly.discarded")
    return desk.back(petition, "stepped")


_PAGES: Mapping[str, Page] = {
    "": (desk, ["GET"]),
    "/edit": (edit, FORM),
    "/steps/<step>": (take, FORM),
}
_OF_STAFF: Mapping[str, Page] = {"/voters": (voters, FORM)}
