"""Master keys wrap the data keys of every municipality."""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import stat
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.exc import DontWrapMixin

_HEAD = struct.Struct(">BI12s")  # version, master key, nonce
_VERSION: Final = 1
_KEY_BYTES: Final = 32
_PROOF_BYTES: Final = 36
_PRIVATE_MODES: Final = (0o400, 0o600)
_HANDED_OVER: Final = 0o440


# SQLAlchemy wraps what a column type raises in an error that prints the parameters: the plain text
# of a field would stand in the log. DontWrapMixin keeps this error, as all errors of keys, bare.
class BadMasterKeys(DontWrapMixin, Exception):
    """The master keys cannot be used; the message says how to mend it, never what they are."""


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """AES-256 keys by number; `current` wraps, the others only unwrap what is still under them.

    Raises BadMasterKeys when a key is not 32 bytes long or when `current` is not among them.
    """

    keys: Mapping[int, bytes] = field(repr=False)
    current: int

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise BadMasterKeys(f"no master key {self.current}: it is named as the current one")
        for number, key in self.keys.items():
            if len(key) != _KEY_BYTES:
                raise BadMasterKeys(f"master key {number}: {len(key)} bytes instead of 32")

    def wrap(self, slug: str, kid: int, secret: bytes) -> bytes:
        """The secret under the current key: `0x01 | number | nonce | ciphertext and tag`."""
        nonce = os.urandom(12)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, secret, _bound_to(slug, kid))
        return _HEAD.pack(_VERSION, self.current, nonce) + sealed

    def unwrap(self, slug: str, kid: int, wrapped: bytes) -> bytes:
        """The secret again. Raises BadMasterKeys for another municipality, number or master."""
        number = number_of(wrapped)
        if number not in self.keys:
            raise BadMasterKeys(
                f"data key {kid} of {slug} needs master key {number}: put it back into the file"
            )
        nonce = wrapped[_HEAD.size - 12 : _HEAD.size]
        try:
            return AESGCM(self.keys[number]).decrypt(
                nonce, wrapped[_HEAD.size :], _bound_to(slug, kid)
            )
        except (InvalidTag, ValueError):
            raise BadMasterKeys(
                f"data key {kid} of {slug} does not open under master key {number}:"
                " the file or the row is not the one that wrapped it"
            ) from None

    def sign(self, document: bytes) -> bytes:
        """What proves that the document is from somebody who has the current key: 36 bytes."""
        return struct.pack(">I", self.current) + self._proof(self.current, document)

    def has_signed(self, document: bytes, proof: bytes) -> bool:
        """Whether the document is as it was signed. Raises BadMasterKeys for a key not here."""
        if len(proof) != _PROOF_BYTES:
            return False
        (number,) = struct.unpack_from(">I", proof)
        if number not in self.keys:
            raise BadMasterKeys(f"this needs master key {number}: put it back into the file")
        return hmac.compare_digest(self._proof(number, document), proof[4:])

    def _proof(self, number: int, document: bytes) -> bytes:
        """HMAC-SHA256 under a key derived from the master key, which itself only wraps."""
        derived = hmac.digest(self.keys[number], b"signs documents", "sha256")
        return hmac.digest(derived, document, "sha256")


def number_of(wrapped: bytes) -> int:
    """Which master key a wrapped data key lies under. Raises BadMasterKeys for other bytes."""
    if len(wrapped) < _HEAD.size or wrapped[0] != _VERSION:
        raise BadMasterKeys("this is not a wrapped data key")
    return int(_HEAD.unpack_from(wrapped)[1])


def read_master_keys(path: Path) -> MasterKeys:
    """The keys of a file, one a line as `number:base64`; the highest number is the current one.

    Raises BadMasterKeys when the file is absent, can be read by others or holds anything else.
    """
    try:
        with path.open("rb") as file:
            # Asked of the open file, so that nobody can swap it between look and read.
            info = os.fstat(file.fileno())
            content = file.read()
    except OSError as error:
        raise BadMasterKeys(f"{path}: {error.strerror}") from None
    if not _is_private(info):
        mode = stat.S_IMODE(info.st_mode)
        raise BadMasterKeys(f"{path} has mode {mode:04o}: run  chmod 0400 {path}")
    keys: dict[int, bytes] = {}
    for at, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            number, key = _read_line(path, at, line)
            if number in keys:
                raise BadMasterKeys(f"{path}, line {at}: master key {number} stands there twice")
            keys[number] = key
    if not keys:
        raise BadMasterKeys(f"{path} holds no key: each line is  number:base64 of 32 bytes")
    return MasterKeys(keys, current=max(keys))


def _is_private(info: os.stat_result) -> bool:
    """Of its owner alone; or root's and read through a group of ours, as Kubernetes hands over a
    secret to who is not root.
    """
    mode = stat.S_IMODE(info.st_mode)
    is_handed_over = mode == _HANDED_OVER and info.st_uid == 0 != os.geteuid()
    return mode in _PRIVATE_MODES or (is_handed_over and info.st_gid == os.getegid())


def create_master_key(path: Path) -> None:
    """A file with one fresh key, whole or not at all.

    Raises FileExistsError rather than touch a key that may have wrapped something.
    """
    drawn = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
    descriptor = os.open(drawn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(b"1:" + base64.b64encode(os.urandom(_KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())  # what it wraps is lost with it
        os.link(drawn, path)  # unlike a rename, it refuses an existing name
    finally:
        with suppress(FileNotFoundError):
            drawn.unlink()


def _read_line(path: Path, at: int, line: bytes) -> tuple[int, bytes]:
    number, _, encoded = line.strip().partition(b":")
    try:
        key = base64.b64decode(encoded.strip(), validate=True)
        # int() would also take a sign, an underscore or a digit of another script.
        if not number.isdigit() or int(number) >= 2**32 or len(key) != _KEY_BYTES:
            raise ValueError
    except (ValueError, binascii.Error):
        raise BadMasterKeys(f"{path}, line {at}: must be  number:base64 of 32 bytes") from None
    return int(number), key


def _bound_to(slug: str, kid: int) -> bytes:
    return f"data key|{slug}|{kid}".encode()
