"""Staff pages of the photograph of the home page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import FileRefused
from obshto.platform.storage.services import file_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.appearance.permissions import AppearancePermission
from obshto.tenants.appearance.photo_forms import NewPhotoForm, photo_form
from obshto.tenants.appearance.photos import (
    add_photo,
    change_photo,
    photo_of,
    photos_here,
    remove_photo,
    return_photo,
)
from obshto.tenants.portal.home_photo import photo_here

photo = Blueprint("photo", __name__)
Answer = str | tuple[str, int] | Response


@photo.route("/", methods=["GET", "POST"])
@requires(AppearancePermission.CHANGE)
@takes_files
def show() -> Answer:
    uow, form = current_uow(), NewPhotoForm()
    if form.validate_on_submit():
        file, told = form.file.data, form.described()
        try:
            new = {"name": file.filename, "request_id": form.request_id.data}
            added = add_photo(uow, file.stream, **told, **new)
            return see_other(".edit", photo_id=added.id, said="tenants.photo-added")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except DomainError as refusal:
            tell(form, refusal)
    return filled("tenants/photo.html", form, photos=photos_here(uow))


@photo.route("/<uuid:photo_id>", methods=["GET", "POST"])
@requires(AppearancePermission.CHANGE)
def edit(photo_id: UUID) -> Answer:
    """What is to be seen on it, and where what matters lies."""
    uow = current_uow()
    row = photo_of(uow, photo_id, to_change=request.method == "POST")
    form = photo_form(row)
    if form.validate_on_submit():
        focus, seen = (form.focus_x.data, form.focus_y.data), form.expected_version.data
        try:
            change_photo(uow, row, **form.described(), focus=focus, expected_version=seen)
            return see_other(".edit", photo_id=photo_id, said="tenants.photo-changed")
        except DomainError as refusal:
            tell(form, refusal, row)
    shown = photo_here(uow, "bg") if row.is_shown and row.is_ready else None
    return filled(
        "tenants/photo_focus.html",
        form,
        photo=row,
        file=file_of(uow, row.file_id),
        shown=shown,
    )


@photo.post("/<uuid:photo_id>/remove")
@requires(AppearancePermission.CHANGE)
def remove(photo_id: UUID) -> Response:
    uow = current_uow()
    row = photo_of(uow, photo_id, to_change=True)
    remove_photo(uow, row, expected_version=seen_here())
    return see_other(".show", said="tenants.photo-removed")


@photo.post("/<uuid:photo_id>/return")
@requires(AppearancePermission.CHANGE)
def take_back(photo_id: UUID) -> Response:
    uow = current_uow()
    row = photo_of(uow, photo_id, to_change=True)
    return_photo(uow, row, expected_version=seen_here())
    return see_other(".show", said="tenants.photo-returned")


@photo.get("/<uuid:photo_id>/file")
@requires(AppearancePermission.CHANGE)
def whole(photo_id: UUID) -> Response:
    """The whole photograph, for whoever says what matters on it."""
    uow = current_uow()
    return send_file(uow, file_of(uow, photo_of(uow, photo_id).file_id))
