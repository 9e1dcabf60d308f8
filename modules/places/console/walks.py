"""Staff pages of walks: words, the order of the stops, publication."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.places.forms import (
    EditWalkForm,
    NewWalkForm,
    PlaceWordsForm,
    WalkForm,
    box_of,
    filled_words,
)
from obshto.modules.places.models import Walk
from obshto.modules.places.permissions import PlacesPermission
from obshto.modules.places.services import walks as acts
from obshto.modules.places.services.kinds import KINDS
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

walks = Blueprint("walks", __name__, url_prefix="/walks")
Answer = str | tuple[str, int] | Response
EDIT = "places_console.walks.edit"


@walks.get("/")
@requires(PlacesPermission.WRITE)
def index() -> str:
    uow, lists = current_uow(), acts.lists()
    chosen = request.args.get("list", "published")
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(uow, lists)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    return render_template("places/walks_console.html", page=page, chosen=chosen, counts=numbers)


@walks.route("/new", methods=["GET", "POST"])
@requires(PlacesPermission.WRITE)
def write() -> Answer:
    form = NewWalkForm(sights=acts.sights(current_uow()))
    form.show((), request.form if form.is_submitted() else None)
    if form.validate_on_submit():
        try:
            walk = acts.write_walk(current_uow(), form.text(), request_id=form.request_id.data)
            return see_other(EDIT, walk_id=walk.id, said="places.walk-written")
        except DomainError as refusal:
            tell(form, refusal)
    return _page("places/walk_write.html", form)


@walks.route("/<uuid:walk_id>", methods=["GET", "POST"])
@requires(PlacesPermission.WRITE)
def edit(walk_id: UUID) -> Answer:
    uow = current_uow()
    walk = acts.walk_of(uow, walk_id, to_change=request.method == "POST")
    form = EditWalkForm(sights=acts.sights(uow), data={"name": walk.name, "about": walk.about})
    form.show(walk.stops, request.form if form.is_submitted() else None)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            acts.edit_walk(uow, walk, form.text(), expected_version=version)
            return see_other(EDIT, walk_id=walk.id, said="places.saved")
        except DomainError as refusal:
            tell(form, refusal, walk)
    show_version(form, walk)
    return _page("places/walk_edit.html", form, walk=walk)


@walks.route("/<uuid:walk_id>/words", methods=["GET", "POST"])
@requires(PlacesPermission.WRITE)
def translate(walk_id: UUID) -> Answer:
    uow = current_uow()
    walk = acts.walk_of(uow, walk_id, to_change=request.method == "POST")
    form = PlaceWordsForm(data=filled_words(walk))
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            acts.translate_walk(uow, walk, form.words(), expected_version=version)
            return see_other(EDIT, walk_id=walk.id, said="places.saved")
        except DomainError as refusal:
            tell(form, refusal, walk)
    return filled("places/translate.html", form, place=walk, back_to="walk")


@walks.post("/<uuid:walk_id>/publish")
@requires(PlacesPermission.PUBLISH)
def publish(walk_id: UUID) -> Response:
    acts.publish_walk(current_uow(), _to_change(walk_id), expected_version=seen_here())
    return see_other(EDIT, walk_id=walk_id, said="places.walk-published")


@walks.post("/<uuid:walk_id>/hide")
@requires(PlacesPermission.PUBLISH)
def hide(walk_id: UUID) -> Response:
    acts.hide_walk(current_uow(), _to_change(walk_id), expected_version=seen_here())
    return see_other(EDIT, walk_id=walk_id, said="places.walk-hidden")


@walks.get("/<uuid:walk_id>/delete")
@requires(PlacesPermission.PUBLISH)
def ask_to_delete(walk_id: UUID) -> str:
    return render_template("places/walk_delete.html", walk=acts.walk_of(current_uow(), walk_id))


@walks.post("/<uuid:walk_id>/delete")
@requires(PlacesPermission.PUBLISH)
def delete(walk_id: UUID) -> Response:
    walk = _to_change(walk_id, or_deleted=True)
    acts.delete_walk(current_uow(), walk, expected_version=seen_here())
    return see_other("places_console.walks.index", list="deleted", said="places.walk-deleted")


@walks.post("/<uuid:walk_id>/restore")
@requires(PlacesPermission.PUBLISH)
def restore(walk_id: UUID) -> Response:
    walk = _to_change(walk_id, or_deleted=True)
    acts.restore_walk(current_uow(), walk, expected_version=seen_here())
    return see_other(EDIT, walk_id=walk_id, said="places.walk-restored")


def _to_change(walk_id: UUID, *, or_deleted: bool = False) -> Walk:
    return acts.walk_of(current_uow(), walk_id, to_change=True, or_deleted=or_deleted)


def _page(template: str, form: WalkForm, **shown: Any) -> Answer:
    return filled(template, form, kinds=KINDS, box_of=box_of, **shown)
