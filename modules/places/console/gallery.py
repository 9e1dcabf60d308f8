"""Staff pages of the gallery of a place."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from obshto.modules.places.forms import GalleryForm
from obshto.modules.places.permissions import PlacesPermission
from obshto.modules.places.services import gallery as acts
from obshto.modules.places.services import queries
from obshto.platform.errors import DomainError
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

gallery = Blueprint("gallery", __name__)


@gallery.route("/<uuid:place_id>/gallery", methods=["GET", "POST"])
@requires(PlacesPermission.WRITE)
@takes_files
def index(place_id: UUID) -> str | tuple[str, int] | Response:
    uow, form = current_uow(), GalleryForm()
    place = queries.place_of(uow, place_id, to_change=request.method == "POST")
    if form.validate_on_submit():
        file, alt = form.file.data, form.alt.data.strip()
        told = {"name": file.filename, "request_id": form.request_id.data}
        try:
            acts.add_to_gallery(uow, place, file.stream, alt, **told)
            return see_other(".index", place_id=place.id, said="places.picture-added")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    pictures = acts.gallery_of(place)
    return filled("places/gallery.html", form, place=place, pictures=pictures)


@gallery.post("/<uuid:place_id>/gallery/<uuid:picture_id>/remove")
@requires(PlacesPermission.WRITE)
def remove(place_id: UUID, picture_id: UUID) -> Response:
    uow = current_uow()
    place = queries.place_of(uow, place_id, to_change=True)
    acts.take_from_gallery(uow, place, picture_id, expected_version=seen_here())
    return see_other(".index", place_id=place_id, said="places.picture-removed")


@gallery.get("/<uuid:place_id>/gallery/<uuid:picture_id>")
@requires(PlacesPermission.WRITE)
def file(place_id: UUID, picture_id: UUID) -> Response:
    """Of a draft, too."""
    uow = current_uow()
    place = queries.place_of(uow, place_id)
    return send_file(uow, acts.file_in(uow, place, picture_id))
