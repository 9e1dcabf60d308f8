"""Staff pages of data sets: how each is, bringing one, looking at it, publishing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.opendata.forms import RefreshForm, SetForm
from obshto.modules.opendata.models import UploadedSet
from obshto.modules.opendata.permissions import OpendataPermission
from obshto.modules.opendata.services import uploads
from obshto.modules.opendata.services.catalogue import LICENCES, OWN, THEMES, column_of, entries
from obshto.modules.opendata.services.editions import lines_of, refresh_all
from obshto.modules.opendata.services.set_map import keys_of_places, map_of
from obshto.modules.opendata.services.upload_reader import (
    BLOCKING,
    MOST_ROWS,
    PROBLEMS,
    ReadTable,
    read_table,
)
from obshto.platform.clock import day_of
from obshto.platform.datasets.writers import read_json_lines
from obshto.platform.errors import DomainError
from obshto.platform.storage.tables import rows_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

console = Blueprint("opendata_console", __name__)
Answer = str | tuple[str, int] | Response
PUBLISH = OpendataPermission.PUBLISH
PREVIEW = 20  # rows


@console.get("/")
@requires(PUBLISH)
def index() -> str:
    uow = current_uow()
    declared = [entry for entry in entries(uow) if entry.part != OWN]
    page = paginate(uow.session, uploads.all_sets(), page_number())
    shown = {"declared": declared, "page": page, "refresh": RefreshForm()}
    return render_template("opendata/sets.html", **shown)


@console.post("/refresh")
@requires(PUBLISH)
def refresh() -> Response:
    """All that modules declare, now and not at night; jobs do it."""
    if not RefreshForm().validate_on_submit():
        abort(422)
    refresh_all(current_uow())
    return see_other(".index", said="opendata.refreshing")


@console.route("/new", methods=["GET", "POST"])
@requires(PUBLISH)
@takes_files
def write() -> Answer:
    uow, form = current_uow(), SetForm()
    if form.validate_on_submit():
        try:
            table = _read(form)
            assert table
            row = uploads.write_set(uow, form.said(), table, request_id=form.request_id.data)
            return see_other(".show", set_id=row.id, said="opendata.brought")
        except DomainError as refusal:
            form.file.errors = [str(refusal)]
    return filled("opendata/write.html", form, row=None)


@console.get("/<uuid:set_id>")
@requires(PUBLISH)
def show(set_id: UUID) -> str:
    uow = current_uow()
    row = uploads.set_of(uow, set_id)
    return render_template("opendata/set.html", **_whole(row))


@console.route("/<uuid:set_id>/edit", methods=["GET", "POST"])
@requires(PUBLISH)
@takes_files
def edit(set_id: UUID) -> Answer:
    uow = current_uow()
    row = uploads.set_of(uow, set_id, to_change=request.method == "POST")
    form = SetForm(obj=row, needs_file=False)
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            uploads.edit_set(uow, row, form.said(), _read(form), expected_version=version)
            return see_other(".show", set_id=row.id, said="opendata.edited")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("opendata/write.html", form, row=row)


@console.post("/<uuid:set_id>/publish")
@requires(PUBLISH)
def publish(set_id: UUID) -> Response:
    return _turn(set_id, uploads.publish_set, "opendata.published")


@console.post("/<uuid:set_id>/withdraw")
@requires(PUBLISH)
def withdraw(set_id: UUID) -> Response:
    return _turn(set_id, uploads.withdraw_set, "opendata.set-withdrawn")


def _turn(set_id: UUID, act: Callable[..., None], said: str) -> Response:
    uow = current_uow()
    row = uploads.set_of(uow, set_id, to_change=True)
    act(uow, row, expected_version=seen_here())
    return see_other(".show", set_id=set_id, said=said)


def _read(form: SetForm) -> ReadTable | None:
    sent = form.table()
    if sent is None:
        return None
    stream, name = sent
    rows = rows_of(stream, name=name, most_rows=MOST_ROWS)
    uow = current_uow()
    return read_table(rows, today=day_of(uow.now), places=keys_of_places(uow))


def _whole(row: UploadedSet) -> dict[str, Any]:
    uow = current_uow()
    lines = (line for _, line in lines_of(uow, row.draft_file)) if row.draft_file else ()
    found = list(read_json_lines(lines))
    columns = [column_of(told) for told in row.draft_columns]
    return {
        "row": row,
        "preview": [[_shown(told.get(one.name)) for one in columns] for told in found[:PREVIEW]],
        "map": map_of(uow, columns, found, current_language()),
        "problems": PROBLEMS,
        "is_blocked": any(problem["code"] in BLOCKING for problem in row.problems),
        "themes": THEMES,
        "licences": LICENCES,
        "is_shown": bool(row.published_at and not row.withdrawn_at),
    }


def _shown(cell: Any) -> str:
    return "–" if cell is None else str(cell)
