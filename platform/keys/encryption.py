"""Sealing of one field for one municipality, by hand or as a column type."""

from __future__ import annotations

import hmac
import os
import re
import struct
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator

from obshto.platform.keys.decryption_log import note_decryption
from obshto.platform.keys.key_cache import DataKey, current_key_cache
from obshto.platform.scope import NoMunicipality, current_municipality

_HEAD = struct.Struct(">BI12s")  # version, data key, nonce
_VERSION: Final = 1
_column = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*").fullmatch


class CannotDecrypt(DontWrapMixin, Exception):
    """Not sealed here: altered, or of another municipality, column or row."""


class NotComparable(DontWrapMixin, TypeError):
    """A sealed column was compared or sorted; equal texts seal to different bytes."""


def encrypt(column: str, text: str) -> bytes:
    """The text for `table.column` of the municipality in scope, 33 bytes longer than its UTF-8.

    `0x01 | data key | nonce | ciphertext and tag`, AES-256-GCM with a random nonce (NIST SP
    800-38D: up to 2**32 fields under one data key). Raises NoMunicipality, NoDataKey.
    """
    return _encrypt(_bound_to("field", column), text)


def decrypt(column: str, sealed: bytes) -> str:
    """The text that `seal` was given. Raises NoMunicipality, CannotDecrypt, NoDataKey."""
    return _decrypt(_bound_to("field", column), sealed)


def encrypt_for(column: str, row_id: UUID, text: str) -> bytes:
    """As `seal`, for one row only: in another row of the same column it does not open.

    For what a swap would harm: personal numbers, bodies of applications.
    """
    return _encrypt(_bound_to("row", column, row_id.hex), text)


def decrypt_for(column: str, row_id: UUID, sealed: bytes) -> str:
    """The text that `encrypt_for` was given. Raises NoMunicipality, CannotDecrypt, NoDataKey."""
    return _decrypt(_bound_to("row", column, row_id.hex), sealed)


def encrypt_bytes_for(column: str, row_id: UUID, content: bytes) -> bytes:
    """As `encrypt_for`, for what is no text: a file. 33 bytes longer than the content."""
    return _encrypt_bytes(_bound_to("row", column, row_id.hex), content)


def decrypt_bytes_for(column: str, row_id: UUID, sealed: bytes) -> bytes:
    """What `seal_bytes_for` was given. Raises NoMunicipality, CannotDecrypt, NoDataKey."""
    return _decrypt_bytes(_bound_to("row", column, row_id.hex), sealed)


def blind_index(column: str, value: str) -> bytes:
    """16 bytes to find an equal value by, the same after every rotation of the data key.

    HMAC-SHA256 under a key of the municipality: all personal numbers of a century hash in a
    minute, so a hash without a key hides nothing. The caller brings the value in its one spelling;
    only white space around it is dropped. Raises NoMunicipality, NoDataKey.
    """
    said = f"{_checked(column)}|{value.strip()}".encode()
    return hmac.digest(current_key_cache().current(_municipality()).index, said, "sha256")[:16]


class Encrypted(TypeDecorator[str]):
    """A text column that lies encrypted: `mapped_column(Sealed("person.phone"))`.

    For look-up put a `blind_index` beside it. The municipality is the one in scope when the
    statement runs, and again when its rows are fetched. A row swap inside one column is not
    noticed: see `encrypt_for`.
    """

    impl = LargeBinary
    cache_ok = True

    class comparator_factory(TypeDecorator.Comparator[Any]):  # noqa: N801 (SQLAlchemy's name)
        """Only whether it is null can be asked of a sealed column."""

        def operate(self, op: Any, *other: Any, **kw: Any) -> Any:
            if other != (None,) or op not in _NULL_TESTS:
                raise NotComparable(f"{self.expr} is sealed: look it up by its blind index")
            return super().operate(op, *other, **kw)

        reverse_operate = operate

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = _checked(column)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else encrypt(self.column, value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else decrypt(self.column, bytes(value))


_NULL_TESTS = (operators.is_, operators.is_not, operators.eq, operators.ne)


def _encrypt(bound_to: str, text: str) -> bytes:
    return _encrypt_bytes(bound_to, text.encode())


def _decrypt(bound_to: str, sealed: bytes) -> str:
    return _decrypt_bytes(bound_to, sealed).decode()


def _encrypt_bytes(bound_to: str, plain: bytes) -> bytes:
    key, nonce = current_key_cache().current(_municipality()), os.urandom(12)
    sealed = key.cipher.encrypt(nonce, plain, _associated(bound_to, key))
    return _HEAD.pack(_VERSION, key.kid, nonce) + sealed


def _decrypt_bytes(bound_to: str, sealed: bytes) -> bytes:
    slug = _municipality()
    if len(sealed) < _HEAD.size or sealed[0] != _VERSION:
        raise CannotDecrypt(f"not a sealed text: {bound_to}")
    note_decryption(bound_to.split("|")[1])
    _, kid, nonce = _HEAD.unpack_from(sealed)
    key = current_key_cache().key(slug, kid)
    try:
        return key.cipher.decrypt(nonce, sealed[_HEAD.size :], _associated(bound_to, key))
    except (InvalidTag, ValueError):
        raise CannotDecrypt(f"altered, or sealed elsewhere: {bound_to} of {slug}") from None


def _municipality() -> str:
    slug = current_municipality.get(None)
    if not slug:
        raise NoMunicipality("a personal field was touched with no municipality in scope")
    return slug


def _checked(column: str) -> str:
    if not _column(column):
        raise ValueError(f"not the name of a table with its column: {column!r}")
    return column


def _bound_to(*words: str) -> str:
    return "|".join((words[0], _checked(words[1]), *words[2:]))


def _associated(bound_to: str, key: DataKey) -> bytes:
    """No part can hold the bar, so two different places never read the same."""
    return f"{_municipality()}|{bound_to}|{key.kid}".encode()
