"""Staff pages of what is kept: centres, offices, what is booked in them, use by month."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.centres.errors import StaleCentre
from obshto.modules.centres.events import ResourceChanged
from obshto.modules.centres.forms.centres import (
    EditCentreForm,
    EditResourceForm,
    NewCentreForm,
    NewResourceForm,
    fields_of,
    resource_fields,
)
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services import centres as acts
from obshto.modules.centres.services import queries
from obshto.modules.centres.services.booking_kind import title_of
from obshto.modules.centres.services.kinds import KINDS, OFFICE, PART, RESOURCES
from obshto.modules.centres.services.walk_in import use_of_visits
from obshto.platform.bookings.models import Resource
from obshto.platform.bookings.queries import use_by_month
from obshto.platform.bookings.resources import (
    cancel_swallowed,
    change_resource,
    resource_of,
    resources_of,
    retire_resource,
    swallowed,
    write_resource,
)
from obshto.platform.errors import DomainError
from obshto.platform.opening_hours.hours import read, state_of
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("centres_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(CentresPermission.SEE)
def index() -> str:
    uow, lists = current_uow(), queries.lists()
    chosen = request.args.get("list", "centres")
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(uow, lists)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    shown = {"page": page, "chosen": chosen, "counts": numbers, "kinds": KINDS, **_rights()}
    states = {one.id: state_of(read(one.hours), uow.now) for one in page.rows}
    return render_template("centres/console.html", states=states, **shown)


@console.route("/new", methods=["GET", "POST"])
@requires(CentresPermission.KEEP)
def write() -> Answer:
    kind = request.args.get("kind", "centre")
    form = NewCentreForm(municipality=_here(), kind=kind if kind in KINDS else abort(404))
    if form.validate_on_submit():
        uow = current_uow()
        centre = acts.write_centre(uow, form.entry(), request_id=form.request_id.data)
        return see_other(".edit", centre_id=centre.id, said="centres.written")
    return filled("centres/write.html", form, kind=kind, kinds=KINDS, office=OFFICE)


@console.route("/<uuid:centre_id>", methods=["GET", "POST"])
@requires(CentresPermission.KEEP)
def edit(centre_id: UUID) -> Answer:
    uow = current_uow()
    centre = queries.centre_of(uow, centre_id, to_change=request.method == "POST")
    kept: dict[str, Any] = {"kind": centre.kind, "settlement": centre.settlement}
    form = EditCentreForm(municipality=_here(), data=fields_of(centre), **kept)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            acts.edit_centre(uow, centre, form.entry(), expected_version=version)
            return see_other(".edit", centre_id=centre_id, said="centres.saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = centre.version  # told once
    every = resources_of(uow, PART, [centre.id], or_retired=True)
    shown = {"centre": centre, "resources": every, "kinds": RESOURCES, "office": OFFICE}
    lost = len(swallowed(uow, every))
    return filled("centres/edit.html", form, lost=lost, title_of=title_of, **shown)


@console.post("/<uuid:centre_id>/publish")
@requires(CentresPermission.KEEP)
def publish(centre_id: UUID) -> Response:
    return _shown(centre_id, True, "centres.published")


@console.post("/<uuid:centre_id>/hide")
@requires(CentresPermission.KEEP)
def hide(centre_id: UUID) -> Response:
    return _shown(centre_id, False, "centres.hidden")


@console.post("/<uuid:centre_id>/cancel-swallowed")
@requires(CentresPermission.KEEP)
def tell_swallowed(centre_id: UUID) -> Response:
    """Cancel what lies outside the hours by now; each person is told."""
    uow = current_uow()
    centre = queries.centre_of(uow, centre_id, to_change=True)
    if centre.version != seen_here():
        raise StaleCentre
    cancel_swallowed(uow, resources_of(uow, PART, [centre.id], or_retired=True))
    return see_other(".edit", centre_id=centre_id, said="centres.swallowed")


@console.route("/<uuid:centre_id>/resources/new", methods=["GET", "POST"])
@requires(CentresPermission.KEEP)
def write_thing(centre_id: UUID) -> Answer:
    uow = current_uow()
    centre = queries.centre_of(uow, centre_id)
    form = NewResourceForm(centre=centre)
    if form.validate_on_submit():
        write_resource(uow, PART, centre.id, form.entry(), request_id=form.request_id.data)
        acts.tell(uow, ResourceChanged, centre)
        return see_other(".edit", centre_id=centre_id, said="centres.saved")
    return filled("centres/resource.html", form, centre=centre, resource=None)


@console.route("/resources/<uuid:resource_id>", methods=["GET", "POST"])
@requires(CentresPermission.KEEP)
def edit_thing(resource_id: UUID) -> Answer:
    uow = current_uow()
    resource = resource_of(uow, PART, resource_id, to_change=request.method == "POST")
    centre = queries.centre_of(uow, resource.object_id)
    form = EditResourceForm(centre=centre, data=resource_fields(resource))
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            change_resource(uow, resource, form.entry(), expected_version=version)
            acts.tell(uow, ResourceChanged, centre)
            return see_other(".edit", centre_id=centre.id, said="centres.saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = resource.version
    return filled("centres/resource.html", form, centre=centre, resource=resource)


@console.post("/resources/<uuid:resource_id>/retire")
@requires(CentresPermission.KEEP)
def retire(resource_id: UUID) -> Response:
    """Take no new bookings; pressed again where it is so: take them again."""
    uow = current_uow()
    resource = resource_of(uow, PART, resource_id, to_change=True)
    centre = queries.centre_of(uow, resource.object_id)
    is_retired = {"yes": True, "no": False}.get(request.form.get("retired", ""))
    if is_retired is None:
        abort(422)
    retire_resource(uow, resource, is_retired, expected_version=seen_here())
    acts.tell(uow, ResourceChanged, centre)
    return see_other(".edit", centre_id=centre.id, said="centres.saved")


@console.get("/use")
@requires(CentresPermission.SEE)
def use() -> str:
    """Use by month, without names."""
    uow = current_uow()
    page = paginate(uow.session, queries.published(), page_number())
    every = resources_of(uow, PART, [one.id for one in page.rows], or_retired=True)
    names = {one.id: one.name for one in page.rows}
    of_resource = {one.id: one for one in every}
    booked = use_by_month(uow, list(of_resource))
    rows: list[tuple[date, str, Resource | None, tuple[int, int, int, int]]] = [
        (_first(month), names[of_resource[thing].object_id], of_resource[thing], numbers)
        for (thing, month), numbers in booked.items()
    ]
    visits = use_of_visits(uow, list(names))
    walked = [
        (_first(month), names[centre_id], None, (0, number, 0, 0))
        for (centre_id, month), number in visits.items()
    ]
    rows = sorted([*rows, *walked], key=lambda row: row[0], reverse=True)
    return render_template("centres/use.html", rows=rows, page=page, title_of=title_of)


def _first(month: str) -> date:
    """The first day of „2026-11“."""
    return date.fromisoformat(f"{month}-01")


def _shown(centre_id: UUID, is_shown: bool, said: str) -> Response:
    uow = current_uow()
    centre = queries.centre_of(uow, centre_id, to_change=True)
    acts.publish_centre(uow, centre, is_shown, expected_version=seen_here())
    return see_other(".edit", centre_id=centre_id, said=said)


def _rights() -> dict[str, Any]:
    me = current_principal()
    return {
        "may_keep": me.may(CentresPermission.KEEP),
        "may_handle": me.may(CentresPermission.HANDLE),
    }


def _here() -> str:
    return current_uow().scope.slug
