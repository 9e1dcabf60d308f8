"""The team's pages on the operations host: moments, what waits beside, how far the keeper is."""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.ops.backup_requests.forms import NamedOrderForm, OrderForm
from obshto.ops.backup_requests.models import STEPS, What
from obshto.ops.backup_requests.services import (
    beside,
    last_swap,
    may_be,
    moment_of,
    order_backup,
    order_of,
    order_restore,
    order_upon,
    orders_of,
    restoration_of,
    withdraw,
)
from obshto.ops.backup_requests.words import DONE, ORDERS, STEP_WORDS, TROUBLES
from obshto.ops.dashboard.restore_points import restore_points_of
from obshto.ops.models import Beside
from obshto.platform.errors import NotFound
from obshto.platform.modularity.registry import current_registry
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import Municipality, RegionPermission, find_municipality

orders = Blueprint("orders", __name__)


class Given(TypedDict):
    """What every form of an order brings."""

    reason: str
    request_id: UUID


WORDS = {"orders": ORDERS, "steps": STEP_WORDS, "troubles": TROUBLES, "done": DONE}


@orders.get("/municipalities/<slug>/backups")
@requires(RegionPermission.SEE)
def index(slug: str) -> str:
    here, uow = _here(slug), current_uow()
    return render_template(
        "orders/index.html",
        here=here,
        moments=restore_points_of(uow, slug),
        waiting=beside(uow, slug),
        swapped=last_swap(uow, slug),
        rows=orders_of(uow, slug),
        beside=Beside,
        **WORDS,
    )


@orders.route("/municipalities/<slug>/backups/take", methods=["GET", "POST"])
@requires(RegionPermission.RESTORE)
def take(slug: str) -> str | tuple[str, int] | Response:
    here, form = _here(slug), OrderForm()
    if form.validate_on_submit():
        asked = order_backup(current_uow(), slug, **_given(form))
        return see_other(".show", slug=slug, order_id=asked.id, said="orders.ordered")
    return filled("orders/ask.html", form, here=here, what=What.TAKE, **WORDS)


@orders.route("/municipalities/<slug>/backups/<uuid:run_id>/restore", methods=["GET", "POST"])
@requires(RegionPermission.RESTORE)
def restore(slug: str, run_id: UUID) -> str | tuple[str, int] | Response:
    here, form = _here(slug), OrderForm()
    run = moment_of(current_uow(), slug, run_id)
    if form.validate_on_submit():
        asked = order_restore(current_uow(), run, **_given(form))
        return see_other(".show", slug=slug, order_id=asked.id, said="orders.ordered")
    shown = {"here": here, "what": What.RESTORE, "moment": run.taken_at}
    return filled("orders/ask.html", form, **shown, **WORDS)


@orders.get("/municipalities/<slug>/restorations/<uuid:restoration_id>")
@requires(RegionPermission.SEE)
def look(slug: str, restoration_id: UUID) -> str:
    restored, now = restoration_of(current_uow(), slug, restoration_id), current_uow().now
    return render_template(
        "orders/look.html",
        here=_here(slug),
        it=restored,
        beside=Beside,
        may={what: may_be(restored, what, now) for what in (What.SWAP, What.DISCARD, What.UNDO)},
        owners=_owners(),
    )


@orders.route(
    "/municipalities/<slug>/restorations/<uuid:restoration_id>/<any(swap,undo,discard):act>",
    methods=["GET", "POST"],
)
@requires(RegionPermission.RESTORE)
def decide(slug: str, restoration_id: UUID, act: str) -> str | tuple[str, int] | Response:
    here, what = _here(slug), What(act)
    restored = restoration_of(current_uow(), slug, restoration_id)
    form = NamedOrderForm(expected=_name(here))
    if form.validate_on_submit():
        asked = order_upon(current_uow(), restored, what, **_given(form))
        return see_other(".show", slug=slug, order_id=asked.id, said="orders.ordered")
    shown = {"here": here, "what": what, "it": restored, "moment": restored.taken_at}
    return filled("orders/ask.html", form, name=_name(here), **shown, **WORDS)


@orders.get("/municipalities/<slug>/orders/<uuid:order_id>")
@requires(RegionPermission.SEE)
def show(slug: str, order_id: UUID) -> str:
    order = order_of(current_uow(), slug, order_id)
    return render_template(
        "orders/show.html",
        here=_here(slug),
        it=order,
        what=What(order.what),
        path=STEPS[What(order.what)],
        now=current_uow().now,
        **WORDS,
    )


@orders.post("/municipalities/<slug>/orders/<uuid:order_id>/withdraw")
@requires(RegionPermission.RESTORE)
def take_back(slug: str, order_id: UUID) -> Response:
    withdraw(current_uow(), order_of(current_uow(), slug, order_id))
    return see_other(".show", slug=slug, order_id=order_id, said="orders.withdrawn")


def _given(form: OrderForm) -> Given:
    assert form.reason.data  # the form asks for it
    return {"reason": form.reason.data.strip(), "request_id": form.request_id.data}


def _here(slug: str) -> Municipality:
    here = find_municipality(slug)
    if here is None:
        raise NotFound
    return here


def _name(here: Municipality) -> str:
    return here.names.get(current_language()) or here.names["bg"]


def _owners() -> dict[str, object]:
    """The title of the module that a table belongs to; a room's have none."""
    return {
        model.__tablename__: part.title
        for part in current_registry().modules()
        for model in part.models
    }
