"""Small files that only their owner may read."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def read_secret(path: Path) -> str:
    """The text of the file without its last newline. Raises OSError."""
    return path.read_text(encoding="utf-8").strip()


def write_secret(path: Path, text: str) -> None:
    """Replace the file at once: who reads sees the old text or the new, never half."""
    os.replace(_written(path, text), path)


def read_or_create(path: Path, text: str) -> str:
    """The text of the file; `text` becomes it when there is none.

    Processes that start together agree on one text: a link, unlike a rename, never replaces.
    """
    if not path.exists():
        fresh = _written(path, text)
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return read_secret(path)


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:  # mkstemp made it 0600
        file.write(text + "\n")
    return Path(name)
