"""Open a backup as if a stranger had written it: what its manifest does not say is not taken."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from obshto.ops.backup.dump import CHUNK
from obshto.ops.backup.errors import BadBackup
from obshto.ops.backup.manifest import NAME, SEAL, ArchiveEntry, Manifest, read_manifest
from obshto.platform.keys.master import MasterKeys

MOST_MANIFEST = 16 * 1024 * 1024  # bytes; a bomb is not unpacked to see that it is one
# What zipfile says of bytes that were changed, besides that they are no zip.
DAMAGED = (BadZipFile, EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error)
BROKEN = "{path} is not a whole backup: take another, this one was cut short or changed."


@dataclass(frozen=True, slots=True)
class Archive:
    """An open backup. Nothing of it ever becomes a file: its names are no paths of ours."""

    path: Path
    manifest: Manifest
    written: bytes  # the manifest as it lies there
    seal: bytes
    _zip: ZipFile

    def check_seal(self, keys: MasterKeys) -> None:
        """Raises BadBackup when somebody without these keys has written the manifest."""
        if not keys.has_signed(self.written, self.seal):
            raise BadBackup(
                f"{self.path} was changed, or made with another key:"
                " check MASTER_KEY_FILE or the passphrase, or take another backup."
            )

    def pieces(self, entry: ArchiveEntry) -> Iterator[bytes]:
        """The bytes of a table. Raises BadBackup at the end, when they are not those of the
        manifest: who reads must be ready to take back what was done with them.
        """
        digest, size = hashlib.sha256(), 0
        with self._whole(), self._zip.open(entry.path) as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
                size += len(piece)
                if size > entry.size:
                    break
                yield piece
        if size != entry.size or digest.hexdigest() != entry.sha256:
            raise BadBackup(BROKEN.format(path=self.path))

    def rows(self, entry: ArchiveEntry) -> Iterator[dict[str, Any]]:
        """The region's rows of an entry, one at a time."""
        rest = b""
        for piece in self.pieces(entry):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise BadBackup(BROKEN.format(path=self.path)) from error
                yield row

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except DAMAGED as error:
            raise BadBackup(BROKEN.format(path=self.path)) from error


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The backup in a file. Raises BadBackup for what is none, or holds more than it says."""
    try:
        file = ZipFile(path)
    except FileNotFoundError as error:
        raise BadBackup(f"There is no file {path}.") from error
    except PermissionError as error:
        raise BadBackup(f"This user may not read {path}.") from error
    except DAMAGED as error:
        raise BadBackup(BROKEN.format(path=path)) from error
    with file:
        yield _archive(path, file)


def _archive(path: Path, file: ZipFile) -> Archive:
    names = file.namelist()
    if NAME not in names or SEAL not in names:
        raise BadBackup(f"{path} is no backup of Obshto: it has no manifest.")
    if file.getinfo(NAME).file_size > MOST_MANIFEST:
        raise BadBackup(BROKEN.format(path=path))
    try:
        written, seal = file.read(NAME), file.read(SEAL)
    except DAMAGED as error:
        raise BadBackup(BROKEN.format(path=path)) from error
    manifest = read_manifest(written)
    said = [entry.path for entry in manifest.entries]
    if sorted(names) != sorted([*said, NAME, SEAL]):
        strange = sorted(set(names) ^ {*said, NAME, SEAL}) or names
        raise BadBackup(f"{path} does not hold what its manifest says: {strange[0][:80]!r}.")
    return Archive(path, manifest, written, seal, file)
