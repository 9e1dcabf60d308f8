"""Pages on which staff work at versions and files of a module's texts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.platform.editorial import attachments as attached
from obshto.platform.editorial import revisions as kept
from obshto.platform.editorial.file_order import move_file
from obshto.platform.editorial.forms import DocumentForm, FileTitleForm, PictureForm
from obshto.platform.editorial.kinds import TextKind
from obshto.platform.editorial.models import Written
from obshto.platform.errors import DomainError
from obshto.platform.storage.errors import FileRefused
from obshto.platform.storage.kinds import DOCUMENTS
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

Kind = TextKind[Any, Any, Any]
Answer = str | tuple[str, int] | Response


def versions_of(kind: Kind) -> Blueprint:
    """Earlier texts, beside the one of today: a blueprint for inside the module's console."""
    versions = Blueprint("versions", __name__)

    @versions.get(f"/<uuid:{kind.key}>/versions")
    @requires(kind.write)
    def index(**key: UUID) -> str:
        uow = current_uow()
        text = kind.written(uow, key[kind.key])
        listed = paginate(uow.session, kept.versions_of(kind, text), page_number())
        return _page("texts/versions.html", kind, text, page=listed)

    @versions.get("/versions/<uuid:version_id>")
    @requires(kind.write)
    def compare(version_id: UUID) -> str:
        found = kept.compared(current_uow(), kind, version_id)
        return _page("texts/version.html", kind, found.now, found=found)

    @versions.post("/versions/<uuid:version_id>/revert")
    @requires(kind.publish)
    def revert(version_id: UUID) -> Response:
        uow = current_uow()
        version, text = kept.version_of(uow, kind, version_id, to_change=True)
        kept.revert_text(uow, kind, text, version, expected_version=seen_here())
        return _back(kind, text, "reverted")

    return versions


def files_of(kind: Kind) -> Blueprint:
    """Attach documents and pictures to a text, say what they are, take them away."""
    files = Blueprint("files", __name__)
    _adding(files, kind)
    _describing(files, kind)
    _moving(files, kind)
    _removing(files, kind)
    return files


def _adding(files: Blueprint, kind: Kind) -> None:
    @files.route(f"/<uuid:{kind.key}>/document", methods=["GET", "POST"])
    @requires(kind.write)
    @takes_files
    def add_document(**key: UUID) -> Answer:
        return _add(kind, key[kind.key], DocumentForm(), as_picture=False)

    @files.route(f"/<uuid:{kind.key}>/picture", methods=["GET", "POST"])
    @requires(kind.write)
    @takes_files
    def add_picture(**key: UUID) -> Answer:
        return _add(kind, key[kind.key], PictureForm(), as_picture=True)


def _describing(files: Blueprint, kind: Kind) -> None:
    @files.route("/files/<uuid:attachment_id>", methods=["GET", "POST"])
    @requires(kind.write)
    def describe(attachment_id: UUID) -> Answer:
        uow, is_post = current_uow(), request.method == "POST"
        file, text = attached.attachment_of(uow, kind, attachment_id, to_change=is_post)
        form = FileTitleForm(obj=file, data={"expected_version": file.version})
        if form.validate_on_submit():
            try:
                title, expected_version = form.title.data.strip(), form.expected_version.data
                attached.describe_file(
                    uow, kind, file, text, title=title, expected_version=expected_version
                )
                return _back(kind, text, "file-described")
            except DomainError as refusal:
                form.form_errors.append(str(refusal))
                form.expected_version.data = file.version
        return filled("texts/file.html", form, file=file, **_shown(kind, text))


def _moving(files: Blueprint, kind: Kind) -> None:
    @files.post("/files/<uuid:attachment_id>/move")
    @requires(kind.write)
    def move(attachment_id: UUID) -> Response:
        """Back to the same file in the list: its new place says what was done."""
        uow = current_uow()
        file, text = attached.attachment_of(uow, kind, attachment_id, to_change=True)
        to = request.form.get("to", type=int, default=-1)
        move_file(uow, kind, file, text, to=to, expected_version=seen_here())
        return see_other(kind.edit, **{kind.key: text.id}, _anchor=f"file-{file.id}")


def _removing(files: Blueprint, kind: Kind) -> None:
    @files.get("/files/<uuid:attachment_id>/remove")
    @requires(kind.write)
    def ask_to_remove(attachment_id: UUID) -> str:
        file, text = attached.attachment_of(current_uow(), kind, attachment_id)
        return _page("texts/remove_file.html", kind, text, file=file)

    @files.post("/files/<uuid:attachment_id>/remove")
    @requires(kind.write)
    def remove(attachment_id: UUID) -> Response:
        uow = current_uow()
        file, text = attached.attachment_of(uow, kind, attachment_id, to_change=True)
        attached.remove_file(uow, kind, file, text, expected_version=seen_here())
        return _back(kind, text, "file-removed")


def _add(kind: Kind, text_id: UUID, form: DocumentForm, *, as_picture: bool) -> Answer:
    uow = current_uow()
    text = kind.original(uow, text_id, to_change=request.method == "POST")
    if form.validate_on_submit():
        try:
            attached.add_file(
                uow,
                kind,
                text,
                form.file.data.stream,
                name=form.file.data.filename,
                title=form.title.data.strip(),
                as_picture=as_picture,
                request_id=form.request_id.data,
            )
            return _back(kind, text, "file-added")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    shown = {"is_picture": as_picture, "accept": ",".join(DOCUMENTS)}
    return filled("texts/add_file.html", form, **_shown(kind, text), **shown)


def _page(template: str, kind: Kind, text: Written, **more: Any) -> str:
    return render_template(template, **_shown(kind, text), **more)


def _shown(kind: Kind, text: Written) -> dict[str, Any]:
    endpoint, key = _editing(kind, text)
    return {"kind": kind, "original": text, "edit_url": url_for(endpoint, **key)}


def _back(kind: Kind, text: Written, said: str) -> Response:
    endpoint, key = _editing(kind, text)
    return see_other(endpoint, **key, said=f"{kind.part}.{said}")


def _editing(kind: Kind, text: Written) -> tuple[str, dict[str, Any]]:
    """The page on which a text, or a translation, is edited."""
    if text.translation_of:
        return kind.translate, {kind.key: text.translation_of, "language": text.language}
    return kind.edit, {kind.key: text.id}
