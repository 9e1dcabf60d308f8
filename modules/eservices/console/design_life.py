"""Service designer: what follows after sending: who receives it, what the open register shows."""

from __future__ import annotations

from uuid import UUID

from flask import abort

from obshto.modules.eservices.console.blueprint import Answer, console
from obshto.modules.eservices.console.design_edits import design_here, edited
from obshto.modules.eservices.forms.receivers import DestinationForm, OpenRegisterForm
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.design import receivers
from obshto.modules.eservices.services.design.compiler import Design
from obshto.modules.eservices.services.destinations import destinations_here
from obshto.modules.eservices.services.places import places_here
from obshto.platform.web.access import requires
from obshto.platform.web.request_uow import current_uow


@console.route("/own/<uuid:row_id>/destinations/new", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def add_destination(row_id: UUID) -> Answer:
    return _destination(row_id, None)


@console.route("/own/<uuid:row_id>/destinations/<int:at>", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_destination(row_id: UUID, at: int) -> Answer:
    """A rule by its place in the list."""
    return _destination(row_id, at)


def _destination(row_id: UUID, at: int | None) -> Answer:
    uow = current_uow()
    here, places = destinations_here(uow), places_here(uow)  # asks elsewhere: before the lock
    row, design = design_here(row_id)
    rule = None if at is None else receivers.rule_at(design, at) or abort(404)
    chosen = receivers.answers_in(rule) if rule else []
    form = DestinationForm()
    form.offer(here, receivers.answers_offered(design, places), rule, chosen)

    def change(design: Design) -> None:
        receivers.put_rule(design, form.to.data, form.answers.data or (), at)

    return edited(form, row, change, "design_form.html", section="destination")


@console.route("/own/<uuid:row_id>/register", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_register(row_id: UUID) -> Answer:
    """Which answers anybody may read of each document that the service issues."""
    row, design = design_here(row_id)
    told = design.get("register", {})
    form = OpenRegisterForm(data={"law": told.get("law", "")})
    form.offer(receivers.public_fields(design), told.get("fields", []))

    def change(design: Design) -> None:
        design.pop("register", None)
        if (register := form.register()) is not None:
            design["register"] = register

    return edited(form, row, change, "design_form.html", section="register")
