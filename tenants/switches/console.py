"""Staff pages of the switches."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.platform.modularity.manifest import ModuleManifest, NavEntry
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.search.demand import demand_for, note_at_counter, noted_today
from obshto.platform.unit_of_work import open_uow
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.appearance.console import appearance
from obshto.tenants.municipalities.lookup import Municipality
from obshto.tenants.people.console import people
from obshto.tenants.request_gate import current_municipality
from obshto.tenants.settlements.console import settlements
from obshto.tenants.switches.permissions import SwitchPermission
from obshto.tenants.switches.services import (
    consequence,
    module_named,
    needed_by,
    switch_off,
    switch_on,
)
from obshto.tenants.weekly_letter.console import weekly_letter

console = Blueprint("tenants_console", __name__)
console.register_blueprint(people, url_prefix="/people")
console.register_blueprint(appearance, url_prefix="/appearance")
console.register_blueprint(settlements, url_prefix="/settlements")
console.register_blueprint(weekly_letter, url_prefix="/weekly-letter")


@console.get("/")
@requires(SwitchPermission.SEE)
def index() -> str:
    modules = current_registry().modules()
    return render_template("tenants/modules.html", modules=modules, on=_here().modules)


@console.get("/asked")
@requires(SwitchPermission.NOTE)
def asked() -> str:
    """What is off, and how often somebody asked for it today."""
    return _asked()


@console.post("/asked/<slug>")
@requires(SwitchPermission.NOTE)
def note(slug: str) -> str | tuple[str, int] | Response:
    module, by = module_named(slug), -1 if "less" in request.form else 1
    if module.slug in _here().modules:
        abort(404)
    if note_at_counter(current_uow(), module.slug, expected_version=seen_here(), by=by):
        said = "tenants.noted" if by > 0 else "tenants.noted-less"
        return see_other("tenants_console.asked", said=said)
    return _asked(gettext("Междувременно някой отбеляза друго. Вижте броя и натиснете пак.")), 409


def _asked(refusal: str = "") -> str:
    modules = [one for one in current_registry().modules() if one.slug not in _here().modules]
    today = noted_today(current_uow())
    return render_template("tenants/asked.html", modules=modules, today=today, refusal=refusal)


@console.get("/<slug>")
@requires(SwitchPermission.CHANGE)
def ask(slug: str) -> str:
    """What would happen: whom it concerns, what citizens would lose, what comes along."""
    module, here = module_named(slug), _here()
    is_on = slug in here.modules
    losses = module.unfinished(current_uow()) if is_on and module.unfinished else []
    others = [module_named(name) for name in sorted(needed_by(module) - here.modules - {slug})]
    shown: dict[str, Any] = {
        "is_on": is_on,
        "losses": losses,
        "others": others,
        "switches": here.switches,
    }
    demand = None if is_on else demand_for(current_uow(), slug)
    with open_uow(None, current_principal()) as region:
        refusal, quote = consequence(region, here.slug, here.modules, slug)
    shown |= {"refusal": refusal, "quote": quote, "switches": here.switches}
    shown |= {"demand": demand, "asks": _way_to_ask(), "asker": _who_could_ask(here, module)}
    return render_template("tenants/module.html", module=module, **shown)


def _way_to_ask() -> NavEntry | None:
    """Where this person may begin to ask citizens, if any part that is on knows how."""
    may = current_principal().may
    ways = (part.asks for part in components_here() if part.asks)
    return next((way for way in ways if way.permission is None or may(way.permission)), None)


def _who_could_ask(here: Municipality, module: ModuleManifest) -> ModuleManifest | None:
    """A module that is off, another one than this, with which citizens could be asked."""
    off = (one for one in current_registry().modules() if one.slug not in here.modules)
    return next((one for one in off if one.asks and one is not module), None)


@console.post("/<slug>/on")
@requires(SwitchPermission.CHANGE)
def turn_on(slug: str) -> Response:
    with open_uow(None, current_principal()) as region:
        switch_on(region, _here().slug, slug, expected_version=seen_here())
    return see_other("tenants_console.index", said="tenants.switched-on")


@console.post("/<slug>/off")
@requires(SwitchPermission.CHANGE)
def turn_off(slug: str) -> Response:
    with open_uow(None, current_principal()) as region:
        switch_off(region, _here().slug, slug, expected_version=seen_here())
    return see_other("tenants_console.index", said="tenants.switched-off")


def _here() -> Municipality:
    return current_municipality() or abort(404)
