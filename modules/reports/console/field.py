"""Staff pages of the field: the day by route, on paper and on a phone without a network."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from flask import abort, make_response, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.reports.console.blueprint import HANDLE, Answer, console, to_change
from obshto.modules.reports.forms.words import words
from obshto.modules.reports.models import Report
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services import field
from obshto.modules.reports.services.access_log import look_at_day
from obshto.modules.reports.services.report_actions import MOST_WORDS
from obshto.modules.reports.services.teams import notes_on, teams_here, teams_with, workers
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.language import current_language
from obshto.platform.web.offline_queue import is_queued, keep_for_the_day, refused, taken
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import settlements_here, villages_here

EVERYBODY = "all"


@console.get("/day")
@requires(ReportsPermission.FIELD)
def day() -> Response:
    """What waits for one by village and street; who works at a desk may read a colleague's."""
    page = make_response(_day_page(request.args.get("who", "")))
    if "who" not in request.args:
        keep_for_the_day(page, current_uow().now)
    return page


@console.post("/<uuid:report_id>/field")
@requires(ReportsPermission.FIELD)
@takes_files
def act(report_id: UUID) -> Answer:
    """Done, cannot be done, not ours: out of a form, or out of the phone's queue."""
    try:
        _take(report_id)
    except DomainError as refusal:
        if is_queued():
            return refused(refusal)
        return _day_page(refusal=refusal, refused_id=report_id), refusal.status
    return taken() if is_queued() else see_other(".day", said="reports.field")


def _day_page(asked: str = "", **refusal: Any) -> str:
    uow, me = current_uow(), current_principal().person_id
    people = workers(uow) if current_principal().may(HANDLE) else {}
    who = {EVERYBODY: None, **{str(key): key for key in people}} if people else {}
    order = {code: number for number, code in enumerate(settlements_here(uow))}
    teams = teams_here(uow)
    of_team = next((key for key in teams if people and asked == f"team-{key}"), None)
    rows = _round(field.day_list(uow, who.get(asked, me), order, team=of_team))
    look_at_day(uow, rows)
    groups = [(code, list(some)) for code, some in groupby(rows, key=lambda row: row.settlement)]
    shown: dict[str, Any] = {
        "groups": groups,
        "is_route": len(rows) <= field.ROUTE,
        "people": people,
        "asked": asked,
        "me": me,
        "new_id": uuid4,
        "teams": teams,
        "mine": teams_with(uow, me),
        "notes": notes_on(uow, rows),
    }
    shown |= {"today": day_of(uow.now), "words_typed": request.form.get("words", "")}
    return render_template("reports/day.html", **shown, **refusal, **words())


def _round(rows: Sequence[Report]) -> Sequence[Report]:
    """By route from the seat of the municipality."""
    villages = villages_here(current_uow(), current_language())  # the seat stands first
    start = villages[0].point if villages else None
    return field.by_route(rows, {one.ekatte: one.point for one in villages}, start=start)


def _take(report_id: UUID) -> None:
    report = to_change(report_id)
    kind, said = request.form.get("kind", ""), request.form.get("words", "").strip()
    try:
        key = UUID(request.form.get("request_id", ""))
    except ValueError:
        abort(422)
    if kind not in field.ACTS:
        abort(422)
    to = request.form.get("team", "")
    team = next((one for one in teams_here(current_uow()) if str(one) == to), None)
    photos = [file.stream for file in request.files.getlist("photos") if file.filename]
    pressed = field.FieldAct(
        kind=kind, words=said[:MOST_WORDS], photos=cast(list[BinaryIO], photos), team=team
    )
    field.take_act(current_uow(), report, pressed, request_id=key)
