"""Style page of the console; outside of development it is not found."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from flask import Blueprint, abort, current_app, render_template

import obshto.platform.web as web
from obshto.platform.clock import day_of
from obshto.platform.web.access import requires
from obshto.platform.web.pagination import SIZE, page_number, page_of_rows
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.appearance.permissions import AppearancePermission
from obshto.tenants.portal.frame import IS_DEMO
from obshto.tenants.portal.home import drawing_address
from obshto.tenants.request_gate import current_municipality
from obshto.tenants.style.forms import RareSampleForm, SampleForm
from obshto.tenants.style.samples import samples

console = Blueprint("style_console", __name__)
STYLES = Path(*web.__path__) / "assets" / "scss"
SIZES = re.compile(r"^\$(space|text)-(\w+): ([\d.]+(?:px|rem));", re.MULTILINE)
COLOURS = re.compile(r"^  (--ob-(?!radius)[\w-]+): #", re.MULTILINE)


@console.before_request
def refuse_outside_development() -> None:
    """Whoever runs the platform for people has no such page: 404."""
    if not current_app.config[IS_DEMO]:
        abort(404)


@console.get("/")
@requires(AppearancePermission.CHANGE)
def show() -> str:
    """Everything once, the fields twice: as they begin and with what is wrong with them."""
    untouched, faulty = SampleForm(formdata=None), SampleForm(formdata=None, prefix="faulty-")
    faulty.validate()
    now = current_uow().now
    sizes, tokens = ((STYLES / f"_{name}.scss").read_text("utf-8") for name in ("sizes", "tokens"))
    return render_template(
        "style/page.html",
        untouched=untouched,
        faulty=faulty,
        now=now,
        today=day_of(now),
        days=[day_of(now) + timedelta(days=days) for days in (9, 0, -2)],
        pages=page_of_rows(range(9 * SIZE), page_number()),
        rare=RareSampleForm(formdata=None),
        drawing=drawing_address(current_municipality() or abort(404)),
        sizes=SIZES.findall(sizes),
        colours=list(dict.fromkeys(COLOURS.findall(tokens))),
        **samples(now),
    )
