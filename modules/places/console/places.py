"""Staff pages of places."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.places.forms import (
    EditPlaceForm,
    NewPlaceForm,
    PlaceForm,
    PlaceWordsForm,
    fields_of,
    filled_words,
)
from obshto.modules.places.models import Place
from obshto.modules.places.permissions import PlacesPermission
from obshto.modules.places.services import places as acts
from obshto.modules.places.services import queries
from obshto.modules.places.services.kinds import KINDS
from obshto.platform.errors import DomainError
from obshto.platform.opening_hours.hours import read, state_of
from obshto.platform.soft_delete import counts
from obshto.platform.village_map import PickerMap, picker_map
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import villages_here

console = Blueprint("places_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(PlacesPermission.WRITE)
def index() -> str:
    uow = current_uow()
    lists = queries.lists(uow)
    chosen = request.args.get("list", "published")
    rows = lists[chosen] if chosen in lists else abort(404)
    words = request.args.get("words", "")[:100]
    numbers = counts(uow, lists)
    total = None if words else numbers[chosen]
    page = paginate(uow.session, queries.named(rows, words), page_number(), total=total)
    shown = {"page": page, "chosen": chosen, "counts": numbers, "words": words, "kinds": KINDS}
    return render_template("places/console.html", **shown)


@console.route("/new", methods=["GET", "POST"])
@requires(PlacesPermission.WRITE)
def write() -> Answer:
    form = NewPlaceForm(municipality=_here())
    if form.validate_on_submit():
        entry = form.entry()
        place = acts.write_place(current_uow(), entry, request_id=form.request_id.data)
        if acts.entry_of(place) != entry:
            return _written_before(place, form)
        return see_other("places_console.edit", place_id=place.id, said="places.written")
    return filled("places/write.html", form, chart=_chart())


@console.route("/<uuid:place_id>", methods=["GET", "POST"])
@requires(PlacesPermission.WRITE)
def edit(place_id: UUID) -> Answer:
    uow = current_uow()
    place = queries.place_of(uow, place_id, to_change=request.method == "POST")
    form = _edit_form(place, data=fields_of(place))
    if form.validate_on_submit():
        try:
            acts.edit_place(uow, place, form.entry(), expected_version=form.expected_version.data)
            return see_other("places_console.edit", place_id=place.id, said="places.saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = place.version  # told once: who saves again has been warned
    return _of_place(place, form)


@console.route("/<uuid:place_id>/words", methods=["GET", "POST"])
@requires(PlacesPermission.WRITE)
def translate(place_id: UUID) -> Answer:
    uow = current_uow()
    place = queries.place_of(uow, place_id, to_change=request.method == "POST")
    form = PlaceWordsForm(data=filled_words(place))
    if form.validate_on_submit():
        try:
            acts.translate_place(
                uow, place, form.words(), expected_version=form.expected_version.data
            )
            return see_other("places_console.edit", place_id=place.id, said="places.saved")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = place.version
    return filled("places/translate.html", form, place=place)


@console.post("/<uuid:place_id>/publish")
@requires(PlacesPermission.PUBLISH)
def publish(place_id: UUID) -> Response:
    acts.publish_place(current_uow(), _to_change(place_id), expected_version=seen_here())
    return see_other("places_console.edit", place_id=place_id, said="places.published")


@console.post("/<uuid:place_id>/hide")
@requires(PlacesPermission.PUBLISH)
def hide(place_id: UUID) -> Response:
    acts.hide_place(current_uow(), _to_change(place_id), expected_version=seen_here())
    return see_other("places_console.edit", place_id=place_id, said="places.hidden")


@console.post("/<uuid:place_id>/confirm")
@requires(PlacesPermission.WRITE)
def confirm(place_id: UUID) -> Response:
    acts.confirm_hours(current_uow(), _to_change(place_id), expected_version=seen_here())
    return see_other("places_console.edit", place_id=place_id, said="places.confirmed")


@console.get("/<uuid:place_id>/delete")
@requires(PlacesPermission.PUBLISH)
def ask_to_delete(place_id: UUID) -> str:
    return render_template("places/delete.html", place=queries.place_of(current_uow(), place_id))


@console.post("/<uuid:place_id>/delete")
@requires(PlacesPermission.PUBLISH)
def delete(place_id: UUID) -> Response:
    acts.delete_place(
        current_uow(), _to_change(place_id, or_deleted=True), expected_version=seen_here()
    )
    return see_other("places_console.index", list="deleted", said="places.deleted")


@console.post("/<uuid:place_id>/restore")
@requires(PlacesPermission.PUBLISH)
def restore(place_id: UUID) -> Response:
    acts.restore_place(
        current_uow(), _to_change(place_id, or_deleted=True), expected_version=seen_here()
    )
    return see_other("places_console.edit", place_id=place_id, said="places.restored")


def _to_change(place_id: UUID, *, or_deleted: bool = False) -> Place:
    return queries.place_of(current_uow(), place_id, to_change=True, or_deleted=or_deleted)


def _here() -> str:
    return current_uow().scope.slug


def _written_before(place: Place, again: PlaceForm) -> Answer:
    """Back, changed, sent once more: what was saved first, to be changed into what is typed now."""
    typed = {**again.data, "expected_version": place.version}
    form = _edit_form(place, formdata=None, data=typed)
    form.form_errors.append(
        gettext(
            "Това място вече е запазено. Ето го с това, което написахте сега: прегледайте го и"
            " запазете."
        )
    )
    return _of_place(place, form)


def _edit_form(place: Place, **more: Any) -> EditPlaceForm:
    return EditPlaceForm(municipality=_here(), settlement=place.settlement, **more)


def _of_place(place: Place, form: EditPlaceForm) -> Answer:
    uow = current_uow()
    state, day = state_of(read(place.hours), uow.now), acts.today(uow)
    shown = {"place": place, "state": state, "today": day, "chart": _chart()}
    return filled("places/edit.html", form, **shown)


def _chart() -> PickerMap | None:
    return picker_map(villages_here(current_uow(), current_language()))
