"""Staff pages of the inventory: the list, labels, one thing with its repairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.modules.centres.console.centres import Answer, console
from obshto.modules.centres.forms.inventory import (
    BrokenForm,
    EditInventoryForm,
    ItemForm,
    NewInventoryForm,
    RepairForm,
    WriteOffForm,
    item_fields,
)
from obshto.modules.centres.models import InventoryItem
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services import inventory, queries
from obshto.modules.centres.services.kinds import (
    BROKEN,
    ITEM_COLOURS,
    ITEM_KINDS,
    ITEM_STATES,
    PART,
    WORKS,
    WRITTEN_OFF,
)
from obshto.platform.bookings.resources import resources_of
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.formats import short_day
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

KEEP = CentresPermission.INVENTORY
MOST_LABELS = 200  # of one print
WORDS: Mapping[str, Any] = {
    **{"item_kinds": ITEM_KINDS, "item_states": ITEM_STATES, "item_colours": ITEM_COLOURS},
    **{"broken": BROKEN, "works": WORKS, "written_off": WRITTEN_OFF},
}


@console.get("/inventory")
@requires(KEEP)
def items() -> str:
    """By number or words, by state, by centre."""
    uow, wanted = current_uow(), _wanted()
    page = paginate(uow.session, inventory.found_items(wanted), page_number())
    kept = {name: value for name, value in request.args.items() if name in FILTERS and value}
    return render_template(
        "centres/items.html", page=page, wanted=wanted, kept=kept, centres=_names(), **WORDS
    )


@console.get("/inventory.csv")
@requires(KEEP)
def items_file() -> Response:
    """The same list as a table, whole."""
    found = current_uow().session.scalars(inventory.found_items(_wanted()))
    head = (_("Номер"), _("Какво е"), _("Вид"), _("Център"), _("Състояние"), _("От"), _("Бележка"))
    return csv_file("inventory.csv", head, _lines(found, _names()))


@console.get("/inventory/labels")
@requires(KEEP)
def labels() -> str:
    """To be printed and stuck on: the number, what it is, where."""
    rows = current_uow().session.scalars(inventory.found_items(_wanted()).limit(MOST_LABELS)).all()
    return render_template("centres/labels.html", rows=rows, centres=_names())


@console.route("/inventory/new", methods=["GET", "POST"])
@requires(KEEP)
def write_item() -> Answer:
    uow, form = current_uow(), NewInventoryForm(data={"centre": request.args.get("centre", "")})
    if not _offered(form):
        return render_template("centres/item_new.html", form=None)
    if form.validate_on_submit():
        try:
            item = inventory.write_item(uow, form.entry(), request_id=form.request_id.data)
            return see_other(".item", item_id=item.id, said="centres.item-written")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("centres/item_new.html", form)


@console.get("/inventory/<uuid:item_id>")
@requires(KEEP)
def item(item_id: UUID) -> str:
    uow = current_uow()
    found = inventory.item_of(uow, item_id)
    return render_template(
        "centres/item.html",
        item=found,
        centre=queries.centre_of(uow, found.centre_id),
        repairs=inventory.repairs_of(uow, found),
        too_many=[(at, day_of(at).isoformat()) for at in inventory.overbooked(uow, found)],
        **WORDS,
    )


@console.route("/inventory/<uuid:item_id>/edit", methods=["GET", "POST"])
@requires(KEEP)
def edit_item(item_id: UUID) -> Answer:
    uow, found = current_uow(), _to_change(item_id)
    form = EditInventoryForm(data=item_fields(found))
    _offered(form)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            inventory.change_item(uow, found, form.entry(), expected_version=version)
            return _back(item_id, "centres.saved")
        except DomainError as refusal:
            tell(form, refusal, found)
    return filled("centres/item_edit.html", form, item=found)


@console.route("/inventory/<uuid:item_id>/broken", methods=["GET", "POST"])
@requires(KEEP)
def break_item(item_id: UUID) -> Answer:
    uow, found, form = current_uow(), _to_change(item_id), BrokenForm()
    if form.validate_on_submit():
        try:
            version, words = form.expected_version.data, form.words.data.strip()
            inventory.report_broken(uow, found, words, expected_version=version)
            return _back(item_id, "centres.item-broken")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("centres/item_words.html", form, item=found, is_end=False)


@console.route("/inventory/<uuid:item_id>/write-off", methods=["GET", "POST"])
@requires(KEEP)
def write_off_item(item_id: UUID) -> Answer:
    uow, found, form = current_uow(), _to_change(item_id), WriteOffForm()
    if form.validate_on_submit():
        try:
            version, words = form.expected_version.data, form.words.data.strip()
            inventory.write_off(uow, found, words, expected_version=version)
            return _back(item_id, "centres.item-written-off")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("centres/item_words.html", form, item=found, is_end=True)


@console.route("/inventory/<uuid:item_id>/repair", methods=["GET", "POST"])
@requires(KEEP)
def repair_item(item_id: UUID) -> Answer:
    uow, found, form = current_uow(), _to_change(item_id), RepairForm()
    if form.validate_on_submit():
        try:
            key, version = form.request_id.data, form.expected_version.data
            entry = form.entry()
            inventory.write_repair(uow, found, entry, request_id=key, expected_version=version)
            return _back(item_id, "centres.item-repaired")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return filled("centres/item_repair.html", form, item=found, broken=BROKEN)


@console.post("/inventory/<uuid:item_id>/back")
@requires(KEEP)
def bring_item_back(item_id: UUID) -> Response:
    """Written off by mistake."""
    found = _to_change(item_id)
    inventory.bring_back(current_uow(), found, expected_version=seen_here())
    return _back(item_id, "centres.item-back")


FILTERS = ("words", "state", "centre")


def _wanted() -> inventory.WantedItems:
    """As the address says it; what is no centre here narrows nothing."""
    words, state, centre = (request.args.get(name, "").strip()[:120] for name in FILTERS)
    try:
        centre_id = UUID(centre) if centre else None
    except ValueError:
        abort(404)
    return inventory.WantedItems(words=words, state=state, centre_id=centre_id)


def _names() -> dict[UUID, str]:
    """Centres by id, hidden ones as well: things stand in them, too. One query."""
    return {centre.id: centre.name for centre in queries.centres_here(current_uow())}


def _offered(form: ItemForm) -> bool:
    """Give the form what there is to choose; False where there is no centre yet. Two queries."""
    uow = current_uow()
    centres = queries.centres_here(uow)
    ids = [centre.id for centre in centres]
    form.offer(centres, resources_of(uow, PART, ids, or_retired=True))
    return bool(centres)


def _to_change(item_id: UUID) -> InventoryItem:
    """Locked until the request ends, where something is sent."""
    return inventory.item_of(current_uow(), item_id, to_change=request.method == "POST")


def _back(item_id: UUID, said: str) -> Response:
    return see_other(".item", item_id=item_id, said=said)


def _lines(found: Iterable[InventoryItem], names: Mapping[UUID, str]) -> Iterator[Sequence[str]]:
    for one in found:
        yield (
            *(str(one.number), one.name, str(ITEM_KINDS[one.kind]), names.get(one.centre_id, "")),
            *(str(ITEM_STATES[one.state]), short_day(one.state_since), one.note),
        )
