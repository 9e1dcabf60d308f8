"""The file of a video: a plain form, large ones by tus, parts of what a browser records."""

from __future__ import annotations

from typing import Any, BinaryIO, cast
from uuid import UUID

from flask import Blueprint, Response, abort, jsonify, render_template, request

from obshto.modules.videos.console.videos import Answer, back_to, video_here
from obshto.modules.videos.forms.videos import VideoFileForm
from obshto.modules.videos.permissions import VideosPermission
from obshto.modules.videos.services import uploads, videos
from obshto.modules.videos.services.downloads import video_file
from obshto.platform.errors import DomainError
from obshto.platform.storage.errors import FileRefused, FilesBusy, StorageAway, StorageFull
from obshto.platform.storage.media import media_store
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, tell
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

NAME = 200  # characters of a file's name that tell it again


def add_files(console: Blueprint) -> None:
    """Its pages belong to the console of videos."""
    for word, view, methods in (
        ("upload", upload, ["GET", "POST"]),
        ("parts", part, ["POST"]),
        ("file", file, ["GET"]),
    ):
        console.add_url_rule(f"/<uuid:video_id>/{word}", view_func=view, methods=methods)


@requires(VideosPermission.EDIT)
@takes_files
def upload(video_id: UUID) -> Answer:
    """The form; with scripts it sends any size in parts."""
    uow, video = current_uow(), video_here(video_id)
    form = VideoFileForm(data={"expected_version": video.version})
    if media_store() is None:
        return render_template("videos/no_store.html", video=video)
    if form.validate_on_submit():
        try:
            videos.check_version(video, form.expected_version.data or 0)
            chosen = form.file.data
            uploads.take_whole(uow, video, chosen.stream, name=(chosen.filename or "")[:NAME])
            return back_to(video_id, "videos.uploaded")
        except DomainError as refusal:
            tell(form, refusal, video, at={DomainError: "file"})
    about: dict[str, Any] = {"video": video, "upload": uploads.upload_of(uow, video_id)}
    about["own"] = uploads.is_own(uow, about["upload"])
    return filled("videos/upload.html", form, part=uploads.PART, **about)


@requires(VideosPermission.EDIT)
@takes_files
def part(video_id: UUID) -> tuple[Response, int]:
    """A part behind `offset` bytes. A whole that is no video is given up: that answer is kept."""
    uow, video, sent = current_uow(), video_here(video_id), request.files.get("part")
    row_id, offset = request.form.get("upload", type=UUID), request.form.get("offset", type=int)
    if sent is None or row_id is None or offset is None or offset < 0:
        abort(422)
    try:
        done = uploads.take_part(uow, video, row_id, offset, cast(BinaryIO, sent.stream))
    except (FilesBusy, StorageAway, StorageFull) as refusal:
        return _told(refusal)
    except FileRefused as refusal:
        uploads.give_up_upload(uow, video)
        return jsonify(problem=str(refusal)), 200
    except DomainError as refusal:
        return _told(refusal)
    return jsonify(received=done.received, whole=done.is_whole), 200


@requires(VideosPermission.EDIT)
def file(video_id: UUID) -> Answer:
    """Before citizens see it."""
    uow = current_uow()
    return video_file(uow, videos.video_of(uow, video_id))


def _told(refusal: DomainError) -> tuple[Response, int]:
    return jsonify(problem=str(refusal)), refusal.status
