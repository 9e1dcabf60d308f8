"""Media store: large files in a folder outside the database, grown part by part, sent by ranges.

A file has a key and belongs to a municipality; the rows that name keys are the module's. Bytes are
outside of the transaction, so a row comes first and a file goes last: what no row names any more is
deleted by the module's job (`sweep`).

When not to use it: for anything up to 25 MB, which lies in the database (`services.py`), is in its
backup and goes with its transaction.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from flask import Response, current_app, send_file

from obshto.platform.storage.child import TookTooMuch, ask_child
from obshto.platform.storage.downloads import POLICY
from obshto.platform.storage.encoder import Recipe, encode
from obshto.platform.storage.errors import CutVideo, NotVideo, StorageFull, UnplayableVideo
from obshto.platform.storage.kinds import PIECE

MEDIA_STORE = "obshto.media_store"
SPARE = 1024**3  # bytes of the disk that no upload may take
YOUNG = 24 * 3600  # seconds in which an unnamed file may still be named by who wrote it
MIMES = {"mp4": "video/mp4", "webm": "video/webm", "m4a": "audio/mp4"}
_FAULTS = {"none": NotVideo, "codec": UnplayableVideo, "cut": CutVideo}


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFile:
    """Description in a video file: `mime`, whole `seconds` where it says how long it is."""

    mime: str
    seconds: int | None


class MediaStore:
    """The folder. `accel` is the inner location of nginx that sends from it, else we send.

    `encoder` is the program ffmpeg where this machine has it.
    """

    def __init__(self, root: Path, *, accel: str = "", encoder: Path | None = None) -> None:
        self._root, self._accel, self._encoder = root, accel, encoder

    @property
    def can_encode(self) -> bool:
        return self._encoder is not None

    def write_part(self, slug: str, key: UUID, offset: int, stream: BinaryIO) -> int:
        """Put a part behind the first `offset` bytes; answers how many there are now.

        Whatever stood behind them is dropped: it came with a part that nobody confirmed. Raises
        StorageFull.
        """
        path = self._path(slug, key)
        path.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(path.parent).free < SPARE:
            raise StorageFull
        with open(path, "r+b" if offset else "wb") as file:
            file.truncate(offset)
            file.seek(offset)
            shutil.copyfileobj(stream, file, PIECE)
            file.flush()
            os.fsync(file.fileno())
            return file.tell()

    def read_video(self, slug: str, key: UUID) -> VideoFile:
        """Kind and length of the file, told by a child with limits. Raises FileRefused."""
        with open(self._path(slug, key), "rb", buffering=0) as file:
            try:
                told, _ = ask_child("video_reader.py", {}, cast(BinaryIO, file))
            except TookTooMuch:
                raise NotVideo from None
        if "fault" in told:
            raise _FAULTS[told["fault"]]
        return VideoFile(mime=MIMES[told["kind"]], seconds=told["seconds"])

    def encode(self, slug: str, source: UUID, mime: str, target: UUID, recipe: Recipe) -> int:
        """Make a file of another by the recipe; answers its bytes. It takes minutes.

        Raises EncodingFailed, StorageFull.
        """
        assert self._encoder
        made = self._path(slug, target)
        if shutil.disk_usage(made.parent).free < SPARE:
            raise StorageFull
        encode(self._encoder, self._path(slug, source), mime, made, recipe)
        return made.stat().st_size

    def has(self, slug: str, key: UUID) -> bool:
        return self._path(slug, key).is_file()

    def send(self, slug: str, key: UUID, mime: str, *, name: str) -> Response:
        """The file, by ranges. The caller has found out that this person may see it."""
        path = self._path(slug, key)
        if self._accel:
            # nginx sends it and answers ranges: no process of ours waits for a slow reader.
            answer = Response(mimetype=mime)
            answer.headers["X-Accel-Redirect"] = f"{self._accel}{slug}/{key}"
        else:
            answer = send_file(path, mime, conditional=True, etag=str(key))
        answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
        answer.headers["Content-Security-Policy"] = POLICY
        return answer

    def sweep(self, slug: str, keys: Iterator[UUID] | Collection[UUID], found: list[Path]) -> int:
        """Delete what was `found` and no row names; answers how many. `found` was listed before
        the rows were asked, so a file that came meanwhile is not among them.
        """
        named, gone, old = {str(key) for key in keys}, 0, time.time() - YOUNG
        for path in found:
            with suppress(FileNotFoundError):  # the job of another machine was first
                if path.name not in named and path.stat().st_mtime < old:
                    path.unlink()
                    gone += 1
        return gone

    def list_files(self, slug: str) -> list[Path]:
        folder = self._root / slug
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def _path(self, slug: str, key: UUID) -> Path:
        return self._root / slug / str(key)


def find_encoder() -> Path | None:
    """The program ffmpeg on this machine."""
    found = shutil.which("ffmpeg")
    return Path(found) if found else None


def media_store() -> MediaStore | None:
    """The store of this installation; None where it has no folder."""
    return cast("MediaStore | None", current_app.extensions.get(MEDIA_STORE))
