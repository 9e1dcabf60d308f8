"""Media store: large files outside the database, grown part by part, sent by ranges.

A file has a key and belongs to a municipality; the rows that name keys are the module's. Bytes are
outside of the transaction, so a row comes first and a file goes last: what no row names any more is
deleted by the module's job (`sweep`). They lie in a folder (`media_folder.py`) or in a store that
speaks S3 (`media_bucket.py`); one contract suite holds both.

When not to use it: for anything up to 25 MB, which lies in the database (`services.py`), is in its
backup and goes with its transaction.
"""

from __future__ import annotations

import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from flask import Response, current_app

from obshto.platform.storage.child import TookTooMuch, ask_child
from obshto.platform.storage.downloads import POLICY
from obshto.platform.storage.encoder import Recipe
from obshto.platform.storage.errors import CutVideo, NotVideo, UnplayableVideo

MEDIA_STORE = "obshto.media_store"
SPARE = 1024**3  # bytes of a disk that nothing of ours may take
YOUNG = 24 * 3600  # seconds in which an unnamed file may still be named by who wrote it
MIMES = {"mp4": "video/mp4", "webm": "video/webm", "m4a": "audio/mp4"}
_FAULTS = {"none": NotVideo, "codec": UnplayableVideo, "cut": CutVideo}


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFile:
    """Description in a video file: `mime`, whole `seconds` where it says how long it is."""

    mime: str
    seconds: int | None


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One thing that lies in the store: the key it belongs to, its place there, its last change."""

    key: str
    place: str
    changed: float


class MediaStore(ABC):
    """Port of a store. `encoder` is the program ffmpeg where this machine has it."""

    def __init__(self, encoder: Path | None) -> None:
        self.encoder = encoder

    @property
    def can_encode(self) -> bool:
        return self.encoder is not None

    @abstractmethod
    def write_part(self, slug: str, key: UUID, offset: int, stream: BinaryIO) -> int:
        """Put a part behind the first `offset` bytes; answers how many there are now.

        Whatever stood behind them is dropped: it came with a part that nobody confirmed. Raises
        StorageFull, StorageAway.
        """

    @abstractmethod
    def finish(self, slug: str, key: UUID, size: int) -> None:
        """Its first `size` bytes are the file, which can be read from now on. Twice is once."""

    @abstractmethod
    def read_video(self, slug: str, key: UUID) -> VideoFile:
        """Kind and length of a finished file, told by a child with limits. Raises FileRefused."""

    @abstractmethod
    def encode(self, slug: str, source: UUID, mime: str, target: UUID, recipe: Recipe) -> int:
        """Make a file of another by the recipe; answers its bytes. It takes minutes.

        Raises EncodingFailed, StorageFull.
        """

    @abstractmethod
    def send(self, slug: str, key: UUID, mime: str, *, name: str) -> Response:
        """The file, by ranges. The caller has found out that this person may see it."""

    @abstractmethod
    def list_files(self, slug: str) -> Sequence[MediaFile]:
        """All that lies there of a municipality, also what is not whole."""

    @abstractmethod
    def delete_file(self, slug: str, file: MediaFile) -> bool:
        """Whether it was there to delete: the job of another machine may have been first."""

    def sweep(self, slug: str, keys: Collection[UUID], found: Sequence[MediaFile]) -> int:
        """Delete what was `found` and no row names; answers how many. `found` was listed before
        the rows were asked, so a file that came meanwhile is not among them.
        """
        named, old = {str(key) for key in keys}, time.time() - YOUNG
        over = [one for one in found if one.key not in named and one.changed < old]
        return sum(self.delete_file(slug, one) for one in over)


def told_of_video(stream: BinaryIO) -> VideoFile:
    """What the head of a video says, asked of a child with limits. Raises FileRefused."""
    try:
        told, _ = ask_child("video_reader.py", {}, stream)
    except TookTooMuch:
        raise NotVideo from None
    if "fault" in told:
        raise _FAULTS[told["fault"]]
    return VideoFile(mime=MIMES[told["kind"]], seconds=told["seconds"])


def shown_in_page(answer: Response, name: str) -> Response:
    """It is played where it is linked, and runs nothing."""
    answer.headers["Content-Disposition"] = disposition(name)
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def disposition(name: str) -> str:
    """The header that lets it be played, and names it when it is saved."""
    return f'inline; filename="{name}"'


def find_encoder() -> Path | None:
    """The program ffmpeg on this machine."""
    found = shutil.which("ffmpeg")
    return Path(found) if found else None


def media_store() -> MediaStore | None:
    """The store of this installation; None where it has none."""
    return cast("MediaStore | None", current_app.extensions.get(MEDIA_STORE))
