"""Files of a municipality and the pieces that they lie in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.keys.encryption import decrypt_bytes_for, encrypt_bytes_for
from obshto.platform.storage.kinds import Kind, kind_named

_SEALED_AS = "storage_chunk.content"


class StoredFile(TenantModel):
    """One file. A smaller copy of a picture names the picture that it is a copy of.

    Whose it is stands with the owner: a file is served from the thing that it belongs to, and goes
    with it. `sha256` is of the bytes as they are sent; of a sealed file the pieces lie encrypted.
    """

    __tablename__ = "storage_file"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    copy_of: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.storage_file.id"), index=True)
    name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[bytes]
    width: Mapped[int | None]  # pixels, of a picture
    height: Mapped[int | None]
    is_sealed: Mapped[bool]
    stored_at: Mapped[datetime]
    stored_by: Mapped[UUID | None] = mapped_column(index=True)

    @property
    def kind(self) -> Kind:
        return kind_named(self.mime)


class Chunk(TenantModel):
    """A piece of a file, all but the last of the same length. A sealed one opens here only."""

    __tablename__ = "storage_chunk"
    file_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.storage_file.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 0
    content: Mapped[bytes]


def seal_piece(file_id: UUID, number: int, piece: bytes) -> bytes:
    """A piece as it lies of a sealed file: good for its place in its file alone."""
    return encrypt_bytes_for(_SEALED_AS, uuid5(file_id, str(number)), piece)


def open_piece(file_id: UUID, number: int, sealed: bytes) -> bytes:
    """What `seal_piece` was given. Raises CannotDecrypt."""
    return decrypt_bytes_for(_SEALED_AS, uuid5(file_id, str(number)), sealed)
