"""Large files by tus 1.0 (https://tus.io/protocols/resumable-upload), its core and creation.

Any client that speaks it can send a video here; the page has `tus-js-client`. What the protocol
calls an upload is ours (`services/uploads.py`), told to whoever began it and to nobody else.
"""

from __future__ import annotations

import binascii
import shutil
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from obshto.modules.videos.console.videos import video_here
from obshto.modules.videos.errors import VideoTooBig
from obshto.modules.videos.permissions import VideosPermission
from obshto.modules.videos.services import uploads, videos
from obshto.platform.errors import DomainError
from obshto.platform.storage.errors import FileRefused, FilesBusy, StorageAway, StorageFull
from obshto.platform.web.access import requires
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import PART_OF_FILE, takes_parts

VERSION = "1.0.0"
ABOUT = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation",
    "Tus-Max-Size": str(uploads.LARGEST),
}
NAME = 200  # characters of a file's name that tell it again
DIGITS = 15  # of milliseconds since 1970
IN_MEMORY = 1024 * 1024  # bytes of a part; more lies on the disk


def add_tus(console: Blueprint) -> None:
    """Its addresses belong to the console of videos."""
    told = ["POST", "OPTIONS"]
    console.add_url_rule("/<uuid:video_id>/tus", view_func=create, methods=told)
    parts = ["HEAD", "PATCH", "POST"]
    console.add_url_rule("/<uuid:video_id>/tus/<uuid:upload_id>", view_func=resume, methods=parts)


@requires(VideosPermission.EDIT)
def create(video_id: UUID) -> Response:
    """An upload of that length, begun, or the own one of the same file taken up again."""
    if request.method == "OPTIONS":
        return _answer(204, **ABOUT)
    video = video_here(video_id)
    size = request.headers.get("Upload-Length", -1, type=int)
    if refusal := _other_version() or _unless(size >= 0, 400):
        return refusal
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    name, modified = told.get("filename", "")[:NAME], _milliseconds(told.get("lastmodified", ""))
    file = uploads.ChosenFile(name=name, size=size, modified=modified)
    try:
        row = uploads.begin_upload(current_uow(), video, file)
    except DomainError as problem:
        return _told(problem)
    place = url_for(".resume", video_id=video_id, upload_id=row.id)
    return _answer(201, **{"Location": place})


@requires(VideosPermission.EDIT)
@takes_parts
def resume(video_id: UUID, upload_id: UUID) -> Response:
    """How far it is, or the next part of it. Old proxies let only POST pass: it says what it is."""
    videos.video_of(current_uow(), video_id)  # not locked: the part comes first
    method = request.method
    if method == "POST":
        method = request.headers.get("X-HTTP-Method-Override", "")
    if refusal := _other_version() or _unless(method in ("HEAD", "PATCH"), 405):
        return refusal
    try:
        return _told_offset(video_id, upload_id) if method == "HEAD" else _take(video_id, upload_id)
    except (FilesBusy, StorageAway, StorageFull) as problem:
        return _told(problem)
    except FileRefused as problem:
        uploads.give_up_upload(current_uow(), video_here(video_id))
        current_uow().commit()  # the answer is a refusal, the giving up is kept
        return _told(problem)
    except DomainError as problem:
        return _told(problem)


def _told_offset(video_id: UUID, upload_id: UUID) -> Response:
    done = uploads.progress_of(current_uow(), video_here(video_id), upload_id)
    numbers = {"Upload-Offset": str(done.received), "Upload-Length": str(done.size)}
    return _answer(200, **numbers, **{"Cache-Control": "no-store"})


def _take(video_id: UUID, upload_id: UUID) -> Response:
    offset = request.headers.get("Upload-Offset", -1, type=int)
    if refusal := _unless(request.mimetype == PART_OF_FILE, 415) or _unless(offset >= 0, 400):
        return refusal
    with _part() as part:
        uow, video = current_uow(), video_here(video_id)
        done = uploads.take_next_part(uow, video, upload_id, offset, part)
    return _answer(204, **{"Upload-Offset": str(done.received)})


@contextmanager
def _part() -> Iterator[BinaryIO]:
    """The body before any row is locked for it; of one that breaks off what came."""
    with SpooledTemporaryFile(IN_MEMORY) as file:
        shutil.copyfileobj(request.stream, file, IN_MEMORY)
        file.seek(0)
        yield cast(BinaryIO, file)


def _metadata(header: str) -> dict[str, str]:
    """Names with values in Base64, with commas between; what cannot be read is left out."""
    told = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            told[name.lower()] = b64decode(value, validate=True).decode().replace("\x00", "")
        except (binascii.Error, ValueError):
            continue
    return told


def _milliseconds(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= DIGITS else 0


def _other_version() -> Response | None:
    wanted = request.headers.get("Tus-Resumable")
    return None if wanted == VERSION else _answer(412, **{"Tus-Version": VERSION})


def _unless(is_so: bool, status: int) -> Response | None:
    return None if is_so else _answer(status)


def _told(problem: DomainError) -> Response:
    status = 413 if isinstance(problem, VideoTooBig) else problem.status
    return _answer(status, str(problem), **{"Content-Type": "text/plain; charset=utf-8"})


def _answer(status: int, words: str = "", **headers: str) -> Response:
    return Response(words, status, {"Tus-Resumable": VERSION, **headers})
