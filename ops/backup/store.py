"""The folder of backups: written whole or not at all, kept for a time, listed by what is good."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from obshto.ops.backup.errors import NoRoom

STAMP = "%Y%m%dT%H%M%SZ"
SPARE = 256 * 1024 * 1024  # bytes that must stay free
UNFINISHED = timedelta(hours=24)  # after which a half-written file is nobody's
DAYS, WEEKS, MONTHS = 7, 5, 12
_name = re.compile(r"\d{8}T\d{6}Z\.zip").fullmatch
_unfinished = re.compile(r"\.\d{8}T\d{6}Z\.zip-[0-9a-f]{12}").fullmatch


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """A backup that lies in the folder under its own name, which it gets when it is whole."""

    taken_at: datetime
    slug: str
    path: Path

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def place_of(folder: Path, slug: str, taken_at: datetime) -> Path:
    """Where the backup of a municipality of that moment lies; a second later is another."""
    return folder / slug / f"{taken_at.astimezone(UTC):{STAMP}}.zip"


def kept(folder: Path, slug: str | None = None) -> list[Kept]:
    """All whole backups, the newest first; of one municipality or of all."""
    found = []
    for path in folder.glob(f"{slug or '*'}/*.zip"):
        if _name(path.name):
            moment = datetime.strptime(path.stem, STAMP).replace(tzinfo=UTC)
            found.append(Kept(moment, path.parent.name, path))
    return sorted(found, reverse=True)


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that gets its name when the block ends well: on the disk first, 0600, never half.

    A process that is killed inside leaves a name that nothing lists; `sweep` takes it away.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(6)}")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.rename(draft, path)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
    _settle(path.parent)


def check_room(folder: Path, needed: int, *, free: Callable[[Path], int] | None = None) -> None:
    """Raises NoRoom when `needed` bytes would leave less than the spare ones.

    Asked before anything is written: a full disk stops the database, too, where they share it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    there = (free or _free)(folder)
    if there < needed + SPARE:
        raise NoRoom(
            f"{folder} has {there >> 20} MB free, the backup may need {needed >> 20} MB and"
            f" {SPARE >> 20} MB must stay: free some, or set BACKUP_DIR to another disk."
        )


def to_keep(moments: Iterable[datetime]) -> set[datetime]:
    """The newest of each of the last 7 days, 5 weeks, 12 months that have one."""
    newest = sorted(moments, reverse=True)
    chosen: set[datetime] = set()
    for most, period in (
        (DAYS, lambda at: at.date().isoformat()),
        (WEEKS, lambda at: str(at.isocalendar()[:2])),
        (MONTHS, lambda at: f"{at:%Y-%m}"),
    ):
        first: dict[str, datetime] = {}
        for at in newest:
            first.setdefault(period(at), at)
        chosen |= set(list(first.values())[:most])
    return chosen


def sweep(folder: Path, *, before: datetime) -> list[Path]:
    """Remove what the rule does not keep, and drafts that a killed process left before then."""
    gone = []
    for slug in {one.slug for one in kept(folder)}:
        of_one = kept(folder, slug)
        wanted = to_keep(one.taken_at for one in of_one)
        gone += [one.path for one in of_one if one.taken_at not in wanted]
    for path in folder.glob("*/.*"):
        if _unfinished(path.name) and path.stat().st_mtime < before.timestamp():
            gone.append(path)
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _settle(folder: Path) -> None:
    """A rename is safe from a power cut once its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
