"""Attach documents and pictures to a page, say what they are, take them away."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.pages.forms import DocumentForm, FileTitleForm, PictureForm
from obshto.modules.pages.permissions import PagesPermission
from obshto.modules.pages.services import files as attached
from obshto.modules.pages.services.reading import page_of
from obshto.platform.errors import DomainError
from obshto.platform.storage.errors import FileRefused
from obshto.platform.storage.kinds import DOCUMENTS
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.moves import see_other
from obshto.platform.web.uploads import takes_files

files = Blueprint("files", __name__)
Answer = str | tuple[str, int] | Response


@files.route("/<uuid:page_id>/document", methods=["GET", "POST"])
@requires(PagesPermission.WRITE)
@takes_files
def add_document(page_id: UUID) -> Answer:
    return _add(page_id, DocumentForm(), as_picture=False)


@files.route("/<uuid:page_id>/picture", methods=["GET", "POST"])
@requires(PagesPermission.WRITE)
@takes_files
def add_picture(page_id: UUID) -> Answer:
    return _add(page_id, PictureForm(), as_picture=True)


@files.route("/files/<uuid:attachment_id>", methods=["GET", "POST"])
@requires(PagesPermission.WRITE)
def describe(attachment_id: UUID) -> Answer:
    work, is_post = current_work(), request.method == "POST"
    file, page = attached.attachment_of(work, attachment_id, to_change=is_post)
    form = FileTitleForm(obj=file, data={"seen": file.version})
    if form.validate_on_submit():
        try:
            title, seen = form.title.data.strip(), form.seen.data
            attached.describe_file(work, file, page, title=title, seen=seen)
            return see_other("pages_console.edit", page_id=page.id, said="pages.file-described")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.seen.data = file.version
    return filled("pages/file.html", form, file=file, page=page)


@files.get("/files/<uuid:attachment_id>/remove")
@requires(PagesPermission.WRITE)
def ask_to_remove(attachment_id: UUID) -> str:
    file, page = attached.attachment_of(current_work(), attachment_id)
    return render_template("pages/remove_file.html", file=file, page=page)


@files.post("/files/<uuid:attachment_id>/remove")
@requires(PagesPermission.WRITE)
def remove(attachment_id: UUID) -> Response:
    work = current_work()
    file, page = attached.attachment_of(work, attachment_id, to_change=True)
    attached.remove_file(work, file, page, seen=seen_here())
    return see_other("pages_console.edit", page_id=page.id, said="pages.file-removed")


def _add(page_id: UUID, form: DocumentForm, *, as_picture: bool) -> Answer:
    work = current_work()
    page = page_of(work, page_id, to_change=request.method == "POST")
    if form.validate_on_submit():
        try:
            attached.add_file(
                work,
                page,
                form.file.data.stream,
                name=form.file.data.filename,
                title=form.title.data.strip(),
                as_picture=as_picture,
                request_id=form.request_id.data,
            )
            return see_other("pages_console.edit", page_id=page.id, said="pages.file-added")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    shown = {"page": page, "is_picture": as_picture, "accept": ",".join(DOCUMENTS)}
    return filled("pages/add_file.html", form, **shown)
