"""The first thing a reader looks at: whose backup it is, of when, with which tables and hashes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from obshto.ops.backup.errors import BadBackup

FORMAT = 1
REGION = "_region"  # no slug begins so
OWN, SHARED = "own", "region"
NAME, SEAL = "manifest.json", "manifest.seal"
# Own tables as CSV of COPY, the region's rows as JSON lines; nothing else may lie in a backup.
_path = re.compile(r"(own/[a-z][a-z0-9_]{0,62}\.csv|region/[a-z][a-z0-9_]{0,62}\.jsonl)").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEntry:
    """One table: where it lies in the file, its columns, how much of it there is, its hash."""

    path: str
    columns: tuple[str, ...]
    rows: int
    size: int  # bytes before compression
    sha256: str

    @property
    def table(self) -> str:
        return self.path.partition("/")[2].rpartition(".")[0]

    @property
    def is_own(self) -> bool:
        return self.path.startswith(f"{OWN}/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`revisions` are the heads of the migrations that had run; `sequences` their last values.

    `salt` is there when the keys lie under a passphrase and not under the master key.
    """

    slug: str
    taken_at: datetime
    revisions: tuple[str, ...]
    entries: tuple[ArchiveEntry, ...]
    sequences: Mapping[str, int] = field(default_factory=dict)
    salt: str | None = None
    format: int = FORMAT

    @property
    def own(self) -> tuple[ArchiveEntry, ...]:
        return tuple(entry for entry in self.entries if entry.is_own)

    @property
    def rows(self) -> int:
        return sum(entry.rows for entry in self.own)

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.entries)

    def of(self, path: str) -> ArchiveEntry | None:
        """The entry of that path."""
        return next((entry for entry in self.entries if entry.path == path), None)

    def written(self) -> bytes:
        """As it lies in the file: JSON with sorted keys, so that the same content is the same."""
        plain = asdict(self) | {"taken_at": self.taken_at.isoformat()}
        return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode()


def read_manifest(written: bytes) -> Manifest:
    """Raises BadBackup for anything that is not a manifest of this format."""
    try:
        plain: dict[str, Any] = json.loads(written)
        if plain["format"] != FORMAT:
            raise BadBackup(
                f"The backup has format {plain['format']}, this release reads {FORMAT}:"
                " use the release that wrote it."
            )
        entries = tuple(
            ArchiveEntry(**one | {"columns": tuple(one["columns"])}) for one in plain.pop("entries")
        )
        manifest = Manifest(
            **plain
            | {
                "entries": entries,
                "taken_at": datetime.fromisoformat(plain["taken_at"]),
                "revisions": tuple(plain["revisions"]),
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadBackup("The manifest of the backup cannot be read: take another.") from error
    if strange := [entry.path for entry in entries if not _path(entry.path)]:
        raise BadBackup(f"The backup holds what does not belong there: {strange[0][:80]!r}.")
    return manifest
