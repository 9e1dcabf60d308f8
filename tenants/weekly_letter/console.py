"""Staff page of the weekly letter: what it would say now, and the button that stops it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from obshto.platform.clock import day_of
from obshto.platform.modularity.registry import components_here
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.request_gate import current_municipality
from obshto.tenants.weekly_letter.permissions import WeeklyLetterPermission
from obshto.tenants.weekly_letter.services import (
    UNCHANGED,
    WEEK,
    monday_of,
    reader_of,
    set_stopped,
)
from obshto.tenants.weekly_letter.text import opening, weekly_text

weekly_letter = Blueprint("weekly_letter", __name__)


@weekly_letter.get("/")
@requires(WeeklyLetterPermission.RECEIVE)
def show() -> str:
    """What the letter would say now."""
    uow, here = current_uow(), current_municipality() or abort(404)
    reader, today = reader_of(uow, _me()), day_of(uow.now)
    said = weekly_text(uow, components_here(), here.title(current_language()))
    return render_template(
        "tenants/weekly_letter.html",
        said=said,
        opening=opening(said),
        today=today,
        next_on=monday_of(today) + WEEK,
        is_stopped=bool(reader and reader.is_stopped),
        written_for=reader.written_for if reader else None,
        version=reader.version if reader else UNCHANGED,
    )


@weekly_letter.post("/stop")
@requires(WeeklyLetterPermission.RECEIVE)
def stop() -> Response:
    set_stopped(current_uow(), _me(), is_stopped=True, expected_version=seen_here())
    return see_other(".show", said="tenants.weekly-stopped")


@weekly_letter.post("/resume")
@requires(WeeklyLetterPermission.RECEIVE)
def resume() -> Response:
    set_stopped(current_uow(), _me(), is_stopped=False, expected_version=seen_here())
    return see_other(".show", said="tenants.weekly-resumed")


def _me() -> UUID:
    return current_principal().person_id or abort(403)
