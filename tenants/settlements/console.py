"""Staff pages of settlement profiles: the list, the form, the picture, what stood before."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.opening_hours.hours import read
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.portal.territory import settlements_of
from obshto.tenants.settlements import services as acts
from obshto.tenants.settlements.forms import SettlementForm, SettlementPictureForm, fields_of
from obshto.tenants.settlements.permissions import SettlementPermission

settlements = Blueprint("settlements", __name__)
Answer = str | tuple[str, int] | Response


@settlements.get("/")
@requires(SettlementPermission.EDIT)
def index() -> str:
    uow = current_uow()
    return render_template(
        "tenants/settlements_console.html",
        places=settlements_of(uow.scope.slug),
        profiles=acts.profiles(uow),
    )


@settlements.route("/<ekatte>", methods=["GET", "POST"])
@requires(SettlementPermission.EDIT)
def edit(ekatte: str) -> Answer:
    uow, place = current_uow(), acts.settlement_here(current_uow(), ekatte)
    row = acts.profile_of(uow, ekatte)
    form = SettlementForm(**fields_of(row))
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            acts.write_profile(uow, ekatte, form.entry(), expected_version=seen)
            return see_other(".edit", ekatte=ekatte, said="tenants.settlement-saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = row.version if row else acts.UNWRITTEN
    return filled("tenants/settlement_edit.html", form, place=place, profile=row)


@settlements.route("/<ekatte>/picture", methods=["GET", "POST"])
@requires(SettlementPermission.EDIT)
@takes_files
def picture(ekatte: str) -> Answer:
    uow, place = current_uow(), acts.settlement_here(current_uow(), ekatte)
    row = acts.profile_of(uow, ekatte)
    form = SettlementPictureForm(expected_version=row.version if row else acts.UNWRITTEN)
    if form.validate_on_submit():
        file, alt, seen = form.file.data, form.alt.data.strip(), form.expected_version.data
        told = {"name": file.filename, "expected_version": seen}
        try:
            acts.set_picture(uow, ekatte, file.stream, alt, **told)
            return see_other(".edit", ekatte=ekatte, said="tenants.settlement-pictured")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("tenants/settlement_picture.html", form, place=place, profile=row)


@settlements.post("/<ekatte>/picture/remove")
@requires(SettlementPermission.EDIT)
def remove_picture(ekatte: str) -> Response:
    uow = current_uow()
    acts.settlement_here(uow, ekatte)
    acts.remove_picture(uow, ekatte, expected_version=seen_here())
    return see_other(".edit", ekatte=ekatte, said="tenants.settlement-unpictured")


@settlements.get("/<ekatte>/versions")
@requires(SettlementPermission.EDIT)
def versions(ekatte: str) -> str:
    uow, place = current_uow(), acts.settlement_here(current_uow(), ekatte)
    return render_template(
        "tenants/settlement_versions.html",
        place=place,
        profile=acts.profile_of(uow, ekatte),
        versions=uow.session.scalars(acts.versions_of(ekatte)).all(),
        read=read,
    )


@settlements.post("/<ekatte>/versions/<uuid:version_id>/revert")
@requires(SettlementPermission.EDIT)
def revert(ekatte: str, version_id: UUID) -> Response:
    uow = current_uow()
    acts.settlement_here(uow, ekatte)
    acts.revert_profile(uow, ekatte, version_id, expected_version=seen_here())
    return see_other(".edit", ekatte=ekatte, said="tenants.settlement-reverted")
