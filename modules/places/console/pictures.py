"""Staff page of the picture of a place."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from obshto.modules.places.forms import PlacePictureForm
from obshto.modules.places.permissions import PlacesPermission
from obshto.modules.places.services import pictures as shown
from obshto.modules.places.services import queries
from obshto.platform.errors import DomainError
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

pictures = Blueprint("pictures", __name__)


@pictures.route("/<uuid:place_id>/picture", methods=["GET", "POST"])
@requires(PlacesPermission.WRITE)
@takes_files
def change(place_id: UUID) -> str | tuple[str, int] | Response:
    uow, form = current_uow(), PlacePictureForm()
    place = queries.place_of(uow, place_id, to_change=request.method == "POST")
    if form.validate_on_submit():
        file, alt, version = form.file.data, form.alt.data.strip(), form.expected_version.data
        try:
            told = {"name": file.filename, "expected_version": version}
            shown.set_picture(uow, place, file.stream, alt, **told)
            return see_other("places_console.edit", place_id=place.id, said="places.picture-set")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except DomainError as refusal:
            tell(form, refusal, place)
    show_version(form, place)
    return filled("places/picture.html", form, place=place)


@pictures.post("/<uuid:place_id>/picture/remove")
@requires(PlacesPermission.WRITE)
def remove(place_id: UUID) -> Response:
    uow = current_uow()
    place = queries.place_of(uow, place_id, to_change=True)
    shown.remove_picture(uow, place, expected_version=seen_here())
    return see_other("places_console.edit", place_id=place_id, said="places.picture-removed")


@pictures.get("/<uuid:place_id>/picture/file")
@requires(PlacesPermission.WRITE)
def file(place_id: UUID) -> Response:
    """Of a draft, too."""
    uow = current_uow()
    return send_file(uow, shown.picture_of(uow, queries.place_of(uow, place_id)))
