"""The pages that every municipality has, whatever is switched on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from obshto.platform.clock import day_of
from obshto.platform.maps.base_map import send_tile
from obshto.platform.modularity.manifest import Component, ModuleManifest
from obshto.platform.modularity.registry import components_here
from obshto.platform.web.access import open_to_all, signed_in_surely
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.text_size import switch_text_size
from obshto.platform.web.validity import keep_until
from obshto.tenants.portal import answers
from obshto.tenants.portal import outcomes as said_and_done
from obshto.tenants.portal.account import account
from obshto.tenants.portal.desk import desk_of, shortcuts_of
from obshto.tenants.portal.home import (
    ERRANDS,
    drawing_address,
    drawing_of,
    errands_of,
    examples_of,
    home_blocks,
    today_of,
)
from obshto.tenants.portal.home_photo import photo_here, send_crop
from obshto.tenants.portal.menu import doors_of
from obshto.tenants.portal.own_data import own_data
from obshto.tenants.portal.preferences import reader_here
from obshto.tenants.portal.preferences_page import for_me
from obshto.tenants.portal.search import first_for, search_here
from obshto.tenants.portal.settlement_names import Names, name_of, settlements_here
from obshto.tenants.portal.sitemap import robots, security_contact, sitemap_of
from obshto.tenants.portal.territory import about
from obshto.tenants.portal.theming import (
    emblem_of_the_host,
    icon_of_the_host,
    shield_of_the_host,
    theme_of_the_host,
)
from obshto.tenants.portal.web_app import app_manifest, saved_forms_here, worker_script
from obshto.tenants.request_gate import current_municipality

portal = Blueprint("tenants_portal", __name__)
portal.register_blueprint(account)
portal.register_blueprint(own_data)
portal.register_blueprint(for_me)


@portal.get("/")
@open_to_all
def home() -> str:
    here = current_municipality() or abort(404)
    uow, reader = current_uow(), reader_here(here)
    keep_until(None)  # what depends on the clock are the blocks, which say so
    blocks = home_blocks(components_here(), here.home_order)
    first = first_for(uow, reader) if reader else []
    return render_template(
        "tenants/home.html",
        here=here,
        blocks=blocks,
        reader=reader,
        first=first,
        errands=lambda: errands_of(components_here())[:ERRANDS],
        today=lambda: today_of(current_uow(), components_here()),
        examples=lambda: examples_of(components_here(), here, current_language()),
        drawing=lambda: drawing_address(here),
        photo=lambda: photo_here(current_uow(), current_language()),
    )


@portal.get("/go/<door>/")
@open_to_all
def door(door: str) -> str:
    """The page of a door: what is used most behind it, then the rest."""
    groups = doors_of(components_here(), console=False, who=current_principal())
    found = next((group for group in groups if group.door == door), None) or abort(404)
    return render_template("tenants/door.html", group=found)


@portal.get("/contact")
@open_to_all
def contact() -> str:
    here = current_municipality() or abort(404)
    return render_template("tenants/contact.html", here=here, about=about(here.slug))


@portal.get("/privacy")
@open_to_all
def privacy() -> str:
    here = current_municipality() or abort(404)
    return render_template("tenants/privacy.html", here=here, parts=_services_first())


def _services_first() -> list[Component]:
    """What people give data to, before what the portal itself keeps."""
    return sorted(components_here(), key=lambda part: not isinstance(part, ModuleManifest))


@portal.get("/search")
@open_to_all
def search() -> str:
    here = current_municipality() or abort(404)
    return render_template("tenants/search.html", **search_here(current_uow(), reader_here(here)))


@portal.get("/sitemap.xml")
@open_to_all
def sitemap() -> Response:
    return sitemap_of(current_uow(), current_municipality() or abort(404))


@portal.get("/robots.txt")
@open_to_all
def robots_txt() -> Response:
    return robots()


@portal.get("/.well-known/security.txt")
@open_to_all
def security_txt() -> Response:
    """Contact for whoever found a hole (RFC 9116)."""
    return security_contact(url_for("tenants_portal.contact"), current_uow().now)


@portal.get("/.well-known/change-password")
@open_to_all
def change_password() -> Redirect:
    """The well-known address to which programs that keep passwords lead."""
    return see_other("tenants_portal.account.show")


@portal.get("/console/")
@signed_in_surely()
def console_home() -> str:
    """What waits, then the week, then shortcuts: one statement, however many parts are on."""
    uow, parts = current_uow(), components_here()
    return render_template(
        "tenants/console_home.html",
        desk=desk_of(uow, parts),
        shortcuts=shortcuts_of(parts, current_principal()),
        has_answers=bool(answers.lists_for(uow, parts)),
        today=day_of(uow.now),
    )


@portal.get("/text-size/<any(large, usual):size>")
@open_to_all
def text_size(size: str) -> Redirect:
    return switch_text_size(size)


@portal.get("/map/tiles/<int:zoom>/<int:x>/<int:y>")
@open_to_all
def map_tile(zoom: int, x: int, y: int) -> Response:
    return send_tile(zoom, x, y)


@portal.get("/console/answers/")
@signed_in_surely()
def awaited_answers() -> str:
    """What awaits an answer in all parts that who is signed in works on; three statements."""
    uow, names = current_uow(), settlements_here(current_uow())
    lists = answers.lists_for(uow, components_here()) or abort(403)
    asked = {name: request.args.get(name, "") for name in ("kind", "place")}
    wanted = answers.AnswerFilter(
        kind=asked["kind"] if asked["kind"] in lists else "",
        place=asked["place"] if asked["place"] in names else "",
    )
    numbers = answers.numbers_of(uow, lists, wanted.place)
    total = numbers[wanted.kind] if wanted.kind else sum(numbers.values())
    page = answers.page_of(uow, lists, wanted, page_number(), total=total)
    shown = {"page": page, "wanted": wanted, "numbers": numbers, "lists": lists}
    return render_template("tenants/answers.html", **shown, **_answer_words(names))


@portal.get("/console/answers/<kind>/<uuid:row_id>")
@signed_in_surely()
def awaited_answer(kind: str, row_id: UUID) -> str:
    """One of them, with the one before and the one after it in the list it was opened from."""
    uow, names = current_uow(), settlements_here(current_uow())
    lists = answers.lists_for(uow, components_here())
    if kind not in lists:
        abort(404)
    of, place = request.args.get("of", ""), request.args.get("place", "")
    wanted = answers.AnswerFilter(kind=of if of == kind else "", place=place)
    row = answers.row_of(uow, lists, kind, row_id)
    before, after, at, total = answers.around(uow, lists, wanted, row)
    shown = {"row": row, "wanted": wanted, "before": before, "after": after}
    shown |= {"at": at, "total": total, "kind": lists[kind].label}
    shown |= {"href": answers.opened_at(lists[kind], row)}
    return render_template("tenants/answer.html", **shown, **_answer_words(names))


@portal.get("/outcomes/")
@open_to_all
def outcomes() -> str:
    """What people said and what came of it, over all parts that are on; two statements."""
    uow, names = current_uow(), settlements_here(current_uow())
    kinds = said_and_done.kinds_of(components_here()) or abort(404)
    asked = {name: request.args.get(name, "") for name in ("kind", "place", "stands")}
    wanted = said_and_done.OutcomeFilter(
        kind=asked["kind"] if asked["kind"] in kinds else "",
        place=asked["place"] if asked["place"] in names else "",
        stands=asked["stands"] if asked["stands"] in said_and_done.STANDS else "",
    )
    page = said_and_done.page_of(uow, kinds, wanted, page_number())
    shown = {"page": page, "wanted": wanted, "kinds": kinds, "stands": said_and_done.STANDS}
    shown |= {"read_at": said_and_done.read_at, "picture_of": said_and_done.picture_of}
    return render_template("tenants/outcomes.html", **shown, **_answer_words(names))


def _answer_words(names: Names) -> dict[str, Any]:
    language = current_language()
    return {
        "names": names,
        "place_of": lambda code: name_of(code, names, language),
        "today": day_of(current_uow().now),
    }


@portal.get("/theme.<fingerprint>.css")
@open_to_all
def theme_css(fingerprint: str) -> Response:
    return theme_of_the_host(fingerprint)


@portal.get("/offline")
@open_to_all
def offline() -> str:
    """What the worker keeps to show instead of a page that was never seen."""
    return render_template("tenants/offline.html", forms=saved_forms_here())


@portal.get("/worker.js")
@open_to_all
def worker_js() -> Response:
    return worker_script(current_municipality() or abort(404))


@portal.get("/app.webmanifest")
@open_to_all
def webmanifest() -> Response:
    return app_manifest(current_municipality() or abort(404))


@portal.get("/drawing.<tag>.svg")
@open_to_all
def drawing(tag: str) -> Response:
    return drawing_of(current_municipality() or abort(404), tag)


@portal.get("/photo/<uuid:file_id>")
@open_to_all
def photo(file_id: UUID) -> Response:
    return send_crop(current_uow(), file_id)


@portal.get("/icon.svg")
@open_to_all
def icon() -> Response:
    return icon_of_the_host()


@portal.get("/icon.<int:width>.png")
@open_to_all
def icon_png(width: int) -> Response:
    return shield_of_the_host(width)


@portal.get("/icon.masked.<int:width>.png")
@open_to_all
def icon_masked(width: int) -> Response:
    return shield_of_the_host(width, is_masked=True)


@portal.get("/emblem.<fingerprint>.<int:width>.png")
@open_to_all
def emblem(fingerprint: str, width: int) -> Response:
    return emblem_of_the_host(fingerprint, width)
