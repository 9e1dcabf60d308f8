"""Staff pages of petitions for an assembly: the queue, one petition's desk, the notice upon it."""

from __future__ import annotations

from uuid import UUID

from flask import g, render_template
from flask_babel import gettext

from obshto.modules.assembly.console.assemblies import (
    CALL,
    FORM,
    READ,
    Answer,
    console,
    offer_days,
    refuse_at_field,
)
from obshto.modules.assembly.forms.fields import AssemblyForm
from obshto.modules.assembly.forms.petition_context import petition_common
from obshto.modules.assembly.forms.petition_desk import mount_petitions
from obshto.modules.assembly.forms.petition_fields import AssemblyPetitionForm
from obshto.modules.assembly.models import AssemblyPetition
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.modules.assembly.services import petition_queries, petitions
from obshto.modules.assembly.services.petition_paper import PAPER
from obshto.modules.assembly.services.places import units_here
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

ENTER = requires(AssemblyPermission.PETITION)


@console.get("/petitions/", endpoint="petitions")
@READ
def petition_list() -> str:
    uow = current_uow()
    page = paginate(uow.session, petition_queries.petition_queue(), page_number())
    may_enter = current_principal().may(AssemblyPermission.PETITION)
    about = {"page": page, "may_enter": may_enter, **petition_common(uow)}
    return render_template("assembly/petition_console.html", **about)


@console.route("/petitions/new", methods=FORM)
@ENTER
def new_petition() -> Answer:
    """A petition that people brought on paper, or asked the office to lead."""
    uow, form = current_uow(), AssemblyPetitionForm()
    form.offer(units_here(uow))
    if form.validate_on_submit():
        said, once = form.said(), form.request_id.data
        row = petitions.write_petition(uow, said, request_id=once, by_staff=True)
        return see_other(".petition_desk", petition_id=row.id, said="assembly.petition")
    words = {"layout": "console.html", "is_staff": True, "petition": None}
    return filled("assembly/petition_edit.html", form, **words)


DESK = mount_petitions(
    blueprint=console,
    prefix="/petitions",
    access=READ,
    rows_access=ENTER,
    find=petition_queries.staff_petition,
    layout="console.html",
    is_staff=True,
)


@console.route("/petitions/<uuid:petition_id>/call", methods=FORM)
@CALL
def call(petition_id: UUID) -> Answer:
    """The notice of an assembly that a petition asks for: its questions become the agenda."""
    uow, petition = current_uow(), DESK.open(petition_id)
    form = AssemblyForm(data=_asked_by(petition))
    form.take_petition(petition.id, PAPER.counts(uow, petition).counted)
    offer_days(form)
    if form.validate_on_submit():
        try:
            once = form.request_id.data
            row = petitions.call_assembly(uow, petition, form.said(), request_id=once)
            return see_other(".desk", assembly_id=row.id, said="assembly.drafted")
        except DomainError as refusal:
            refuse_at_field(form, refusal)
    return filled("assembly/edit.html", form, assembly=None, why=g.get("why"))


def _asked_by(petition: AssemblyPetition) -> dict[str, object]:
    names = ("unit", "quarter", "voters", "voters_source", "reasons")
    told = {name: getattr(petition, name) for name in names}
    return told | {"document": gettext("Подписка %(number)s", number=petition.number)}
