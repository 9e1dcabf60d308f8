"""Staff pages: bring an export, see what would be made of it and how far it is."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.moving import services
from obshto.platform.moving.errors import REFUSALS, VERDICTS, ExportRefused
from obshto.platform.moving.forms import DRAFTS, ExportForm, MakeForm
from obshto.platform.moving.models import Export
from obshto.platform.moving.permissions import MovingPermission
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.moves import see_other
from obshto.platform.web.paging import page_number, paginate
from obshto.platform.web.uploads import takes_files

console = Blueprint("moving_console", __name__)
Answer = str | tuple[str, int] | Response


@console.route("/", methods=["GET", "POST"])
@requires(MovingPermission.MOVE)
@takes_files
def index() -> Answer:
    work, form = current_work(), ExportForm()
    if form.validate_on_submit():
        try:
            sent, request_id = form.file.data, form.request_id.data
            brought = services.bring_export(
                work, sent.stream, name=sent.filename or "", request_id=request_id
            )
            return see_other(".show", export_id=brought.id, said="moving.brought")
        except (FileRefused, ExportRefused) as refusal:
            form.file.errors = [str(refusal)]
    page = paginate(work.session, services.exports(), page_number())
    progress = services.progress_of(work, page.rows)
    return filled("moving/index.html", form, page=page, progress=progress)


@console.route("/<uuid:export_id>", methods=["GET", "POST"])
@requires(MovingPermission.MOVE)
def show(export_id: UUID) -> Answer:
    work = current_work()
    export = services.export_of(work, export_id, to_change=request.method == "POST")
    form = MakeForm(data={"seen": export.version, "state": DRAFTS})
    form.offer()
    if form.validate_on_submit():
        try:
            how = {"as_drafts": form.state.data == DRAFTS, "shelves": form.shelves()}
            services.begin_making(work, export, seen=form.seen.data, **how)
            return see_other(".show", export_id=export.id, said="moving.begun")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.seen.data = export.version
    return _shown(export, form)


@console.post("/<uuid:export_id>/drop")
@requires(MovingPermission.MOVE)
def drop(export_id: UUID) -> Response:
    work = current_work()
    export = services.export_of(work, export_id, to_change=True)
    services.drop_export(work, export, seen=seen_here())
    return see_other(".index", said="moving.dropped")


def _shown(export: Export, form: MakeForm) -> Answer:
    work, left = current_work(), request.args.get("list") == "left"
    listed = services.items_of(export, left_behind=left)
    return filled(
        "moving/show.html",
        form,
        export=export,
        left=left,
        page=paginate(work.session, listed, page_number()),
        progress=services.progress_of(work, [export])[export.id],
        verdicts=VERDICTS,
        refusals=REFUSALS,
        off=services.switched_off(),
    )
