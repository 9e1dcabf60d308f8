"""Services of other municipalities: taken over, their new versions agreed to; where ours stand."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered, console
from obshto.modules.eservices.errors import DesignChanged, NotOfRegion
from obshto.modules.eservices.forms.designer import RegionForm
from obshto.modules.eservices.forms.inheritance import (
    DeclineVersionForm,
    TakeServiceForm,
    accept_form,
)
from obshto.modules.eservices.models import DesignedService, InheritedService
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.design import (
    designs,
    inheritance,
    regional,
    shared_services,
)
from obshto.modules.eservices.services.design.parts import PARTS
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.api import Offered


@console.get("/inherited")
@requires(ServicesPermission.AGREE)
def taken_over() -> str:
    """What was taken over with its version here and there; what could be."""
    uow = current_uow()
    taken = inheritance.taken_services(uow)
    offers = {one.object_id: one for one in shared_services.offered_services(_slug())}
    others = [one for origin, one in offers.items() if origin not in {t.origin for t, _ in taken}]
    shown = {"taken": taken, "offers": offers, "others": others, "whose": inheritance.whose}
    return render_template("eservices/taken_over.html", may_design=_may_design(), **shown)


@console.route("/inherited/offers/<uuid:origin>", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def offered_service(origin: UUID) -> Answer:
    """A neighbour's service as it would stand here, and the button that brings it."""
    uow, form, offered = current_uow(), TakeServiceForm(), _offered(origin)
    if form.validate_on_submit():
        row = inheritance.take_service(uow, offered, request_id=form.request_id.data)
        return see_other(".own_service", row_id=row.id, said="eservices.taken-over")
    lines = inheritance.offered_lines(offered)
    return answered(
        form, render_template("eservices/take.html", form=form, it=offered, lines=lines)
    )


@console.route("/inherited/<uuid:row_id>", methods=["GET", "POST"])
@requires(ServicesPermission.AGREE)
def new_version(row_id: UUID) -> Answer:
    """What a newer version would change here, and the yes to it."""
    taken, row, offered = _taken(row_id)
    if offered is None or offered.pattern["number"] <= taken.number:
        return _up_to_date(taken, row, is_offered=offered is not None)
    seen = inheritance.look_at_version(current_uow(), taken, row, offered)
    form = accept_form(seen.to_choose)
    if form.validate_on_submit():
        try:
            version, told = form.expected_version.data, (taken, row, offered)
            is_out = inheritance.accept_version(
                current_uow(), *told, kept=form.kept, expected_version=version
            )
            return _agreed(row_id, is_out=is_out)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    show_version(form, row)
    shown = {"row": row, "seen": seen, **_told_of(taken, offered)}
    page = "eservices/new_version.html"
    return answered(form, render_template(page, form=form, **shown))


def _told_of(taken: InheritedService, offered: Offered) -> dict[str, object]:
    """Whose version it is, by when it is needed; all of it where none stands here yet."""
    return {
        "taken": taken,
        "it": offered,
        "parts": PARTS,
        "whole": [] if taken.number else inheritance.offered_lines(offered),
        "due_on": shared_services.due_of(offered),
        "whose": inheritance.whose(taken),
    }


@console.route("/inherited/<uuid:row_id>/decline", methods=["GET", "POST"])
@requires(ServicesPermission.AGREE)
def decline_version(row_id: UUID) -> Answer:
    """No to it, with the reason that who offers it reads."""
    taken, row, offered = _taken(row_id)
    if offered is None or offered.pattern["number"] <= taken.number:
        return see_other(".new_version", row_id=row_id)
    form, number = DeclineVersionForm(), offered.pattern["number"]
    if form.validate_on_submit():
        try:
            seen, because = form.expected_version.data, form.because.data.strip()
            told = (taken, row, number, because)
            inheritance.decline_version(current_uow(), *told, expected_version=seen)
            return see_other(".new_version", row_id=row_id, said="eservices.version-declined")
        except DesignChanged as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = taken.version
    show_version(form, taken)
    page = render_template("eservices/decline.html", form=form, row=row, number=number)
    return answered(form, page)


@console.post("/own/<uuid:row_id>/offer")
@requires(ServicesPermission.DESIGN)
def offer_to_others(row_id: UUID) -> Response:
    uow, is_offered = current_uow(), bool(request.form.get("is_offered"))
    row = designs.design_row(uow, row_id, to_change=True)
    shared_services.offer_to_others(uow, row, is_offered=is_offered, expected_version=seen_here())
    said = "eservices.offered" if is_offered else "eservices.not-offered"
    return see_other(".own_service", row_id=row_id, said=said)


@console.route("/own/<uuid:row_id>/region", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def for_region(row_id: UUID) -> Answer:
    """In the region's name, for all municipalities; only its team may."""
    uow, form = current_uow(), RegionForm()
    row = designs.design_row(uow, row_id, to_change=request.method == "POST")
    if not shared_services.is_of_region(uow):
        raise NotOfRegion
    if form.validate_on_submit() and form.due_on.data:
        try:
            told = {"expected_version": form.expected_version.data}
            shared_services.publish_for_region(uow, row, form.due_on.data, **told)
            return see_other(".own_service", row_id=row_id, said="eservices.of-the-region")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    page = render_template("eservices/design_form.html", form=form, row=row, section="region")
    return answered(form, page)


@console.get("/own/<uuid:row_id>/takers")
@requires(ServicesPermission.DESIGN)
def takers(row_id: UUID) -> str:
    """Who has it, which version, in what it differs there: the map of drift."""
    uow = current_uow()
    row = designs.design_row(uow, row_id)
    if not row.published:
        abort(404)
    rows = regional.drift_of(uow, row)
    return render_template("eservices/takers.html", row=row, rows=rows, parts=PARTS)


def _may_design() -> bool:
    return current_principal().may(ServicesPermission.DESIGN)


def _slug() -> str:
    uow = current_uow()
    return uow.scope.slug


def _offered(origin: UUID) -> Offered:
    return shared_services.offered_service(origin, to=_slug()) or abort(404)


def _taken(row_id: UUID) -> tuple[InheritedService, DesignedService, Offered | None]:
    to_change = request.method == "POST"
    taken, row = inheritance.taken_row(current_uow(), row_id, to_change=to_change)
    return taken, row, shared_services.offered_service(taken.origin, to=_slug())


def _agreed(row_id: UUID, *, is_out: bool) -> Response:
    said = "eservices.version-published" if is_out else "eservices.version-drafted"
    return see_other(".new_version", row_id=row_id, said=said)


def _up_to_date(taken: InheritedService, row: DesignedService, *, is_offered: bool) -> Answer:
    if request.method == "POST":  # the same press once more
        is_out = designs.is_published(current_uow(), row)
        return _agreed(row.id, is_out=is_out)
    own = inheritance.own_parts(taken, row)
    shown = {"taken": taken, "row": row, "own": own, "is_offered": is_offered, "parts": PARTS}
    told = {"whose": inheritance.whose(taken), "may_design": _may_design()}
    return render_template("eservices/up_to_date.html", **told, **shown)
