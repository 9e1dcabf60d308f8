"""Staff pages: bring an export, see what would be made of it and how far it is."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from obshto.platform.errors import DomainError
from obshto.platform.site_import import services
from obshto.platform.site_import.errors import REFUSALS, VERDICTS, ExportRefused
from obshto.platform.site_import.forms import DRAFTS, ExportForm, MakeForm
from obshto.platform.site_import.models import Export
from obshto.platform.site_import.permissions import MovingPermission
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

console = Blueprint("moving_console", __name__)
Answer = str | tuple[str, int] | Response


@console.route("/", methods=["GET", "POST"])
@requires(MovingPermission.MOVE)
@takes_files
def index() -> Answer:
    uow, form = current_uow(), ExportForm()
    if form.validate_on_submit():
        try:
            sent, request_id = form.file.data, form.request_id.data
            brought = services.bring_export(
                uow, sent.stream, name=sent.filename or "", request_id=request_id
            )
            return see_other(".show", export_id=brought.id, said="moving.brought")
        except (FileRefused, ExportRefused) as refusal:
            form.file.errors = [str(refusal)]
    page = paginate(uow.session, services.exports(), page_number())
    progress = services.progress_of(uow, page.rows)
    return filled("moving/index.html", form, page=page, progress=progress)


@console.route("/<uuid:export_id>", methods=["GET", "POST"])
@requires(MovingPermission.MOVE)
def show(export_id: UUID) -> Answer:
    uow = current_uow()
    export = services.export_of(uow, export_id, to_change=request.method == "POST")
    form = MakeForm(data={"expected_version": export.version, "state": DRAFTS})
    form.offer()
    if form.validate_on_submit():
        try:
            how = {"as_drafts": form.state.data == DRAFTS, "shelves": form.shelves()}
            services.begin_making(uow, export, expected_version=form.expected_version.data, **how)
            return see_other(".show", export_id=export.id, said="moving.begun")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = export.version
    return _shown(export, form)


@console.post("/<uuid:export_id>/drop")
@requires(MovingPermission.MOVE)
def drop(export_id: UUID) -> Response:
    uow = current_uow()
    export = services.export_of(uow, export_id, to_change=True)
    services.drop_export(uow, export, expected_version=seen_here())
    return see_other(".index", said="moving.dropped")


def _shown(export: Export, form: MakeForm) -> Answer:
    uow, left = current_uow(), request.args.get("list") == "left"
    listed = services.items_of(export, left_behind=left)
    return filled(
        "moving/show.html",
        form,
        export=export,
        left=left,
        page=paginate(uow.session, listed, page_number()),
        progress=services.progress_of(uow, [export])[export.id],
        verdicts=VERDICTS,
        refusals=REFUSALS,
        off=services.switched_off(),
    )
