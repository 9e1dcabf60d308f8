"""Media store in a folder: of the machine itself, or one that several machines mount."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from flask import Response, send_file

from obshto.platform.storage.encoder import Recipe, encode
from obshto.platform.storage.errors import StorageFull
from obshto.platform.storage.kinds import PIECE
from obshto.platform.storage.media import (
    SPARE,
    MediaFile,
    MediaStore,
    VideoFile,
    shown_in_page,
    told_of_video,
)


class MediaFolder(MediaStore):
    """`<root>/<municipality>/<key>`. `accel` is the inner location of nginx that sends from it,
    else we send.
    """

    def __init__(self, root: Path, *, accel: str = "", encoder: Path | None = None) -> None:
        super().__init__(encoder)
        self._root, self._accel = root, accel

    def write_part(self, slug: str, key: UUID, offset: int, stream: BinaryIO) -> int:
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

    def finish(self, slug: str, key: UUID, size: int) -> None:
        path = self._path(slug, key)
        if path.stat().st_size != size:
            os.truncate(path, size)  # behind it stands a part that nobody confirmed

    def read_video(self, slug: str, key: UUID) -> VideoFile:
        with open(self._path(slug, key), "rb", buffering=0) as file:
            return told_of_video(cast(BinaryIO, file))

    def encode(self, slug: str, source: UUID, mime: str, target: UUID, recipe: Recipe) -> int:
        assert self.encoder
        made = self._path(slug, target)
        if shutil.disk_usage(made.parent).free < SPARE:
            raise StorageFull
        encode(self.encoder, self._path(slug, source), mime, made, recipe)
        return made.stat().st_size

    def send(self, slug: str, key: UUID, mime: str, *, name: str) -> Response:
        if self._accel:
            # nginx sends it and answers ranges: no process of ours waits for a slow reader.
            answer = Response(mimetype=mime)
            answer.headers["X-Accel-Redirect"] = f"{self._accel}{slug}/{key}"
        else:
            answer = send_file(self._path(slug, key), mime, conditional=True, etag=str(key))
        return shown_in_page(answer, name)

    def list_files(self, slug: str) -> Sequence[MediaFile]:
        folder = self._root / slug
        if not folder.is_dir():
            return ()
        return [
            MediaFile(path.name, str(path), path.stat().st_mtime)
            for path in sorted(folder.iterdir())
        ]

    def delete_file(self, slug: str, file: MediaFile) -> bool:
        try:
            Path(file.place).unlink()
        except FileNotFoundError:
            return False
        return True

    def _path(self, slug: str, key: UUID) -> Path:
        return self._root / slug / str(key)
