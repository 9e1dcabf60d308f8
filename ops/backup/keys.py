"""The wrapped data keys in a backup: under the master key, or under a passphrase to take along."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator
from typing import Any

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from obshto.ops.backup.archive import Archive
from obshto.ops.backup.dump import Piece
from obshto.ops.backup.errors import BadBackup
from obshto.ops.backup.manifest import SHARED
from obshto.platform.keys.master import MasterKeys

PATH = f"{SHARED}/tenant_key.jsonl"
SHORTEST = 12  # characters of a passphrase
# RFC 7914; 128 MB and half a second for each guess.
COST = {"length": 32, "n": 2**17, "r": 8, "p": 1}


def new_salt() -> str:
    """Sixteen random bytes for a new file, as base64."""
    return base64.b64encode(os.urandom(16)).decode()


def keys_of_passphrase(passphrase: str, salt: str) -> MasterKeys:
    """What stands for the master key in a file that leaves the house."""
    try:
        raw = base64.b64decode(salt, validate=True)
    except ValueError as error:
        raise BadBackup("The salt of the file cannot be read: take another.") from error
    return MasterKeys({1: Scrypt(salt=raw, **COST).derive(passphrase.encode())}, current=1)


def rewrapped(pieces: Iterable[Piece], old: MasterKeys, new: MasterKeys) -> Iterator[Piece]:
    """The lines of `tenant_key` with each data key under other keys; a few lines, held whole."""
    for number, piece in pieces:
        lines = (json.loads(line) for line in piece.splitlines())
        said = [json.dumps(rewrap(row, old, new)).encode() + b"\n" for row in lines]
        yield number, b"".join(said)


def rewrap(row: dict[str, Any], old: MasterKeys, new: MasterKeys) -> dict[str, Any]:
    """One row of `tenant_key` with its data key under other keys. Raises BadMasterKeys."""
    slug, kid = row["slug"], row["kid"]
    secret = old.unwrap(slug, kid, bytes.fromhex(row["wrapped"].removeprefix("\\x")))
    return row | {"wrapped": "\\x" + new.wrap(slug, kid, secret).hex()}


def check_keys(archive: Archive, keys: MasterKeys) -> list[int]:
    """The numbers of the data keys, each of which opens. Raises BadMasterKeys, BadBackup."""
    entry = archive.manifest.of(PATH)
    rows = list(archive.rows(entry)) if entry else []
    for row in rows:
        rewrap(row, keys, keys)
    return sorted(row["kid"] for row in rows)
