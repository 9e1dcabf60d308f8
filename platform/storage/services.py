"""Keep a file, read it piece by piece, let it go."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from io import SEEK_END, BytesIO
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, insert, or_, select

from obshto.platform.db.base import new_id
from obshto.platform.storage.errors import (
    NoPicture,
    NoSuchFile,
    NothingInside,
    TooBig,
    TooManyPixels,
)
from obshto.platform.storage.kinds import PDF_HEAD, PIECE, WEBP, XML, Kind, kind_of
from obshto.platform.storage.models import Chunk, StoredFile, open_piece, seal_piece
from obshto.platform.storage.pictures import (
    COPY_BYTES,
    CROP_KINDS,
    MIDDLE,
    WIDTHS,
    Area,
    Drawn,
    Focus,
    Shape,
    cover,
    crop,
    draw,
    widths_below,
)
from obshto.platform.unit_of_work import UnitOfWork

MB = 1024 * 1024
LARGEST = 25 * MB
LONGEST_NAME = 100
DRAW_COPIES = "storage:draw-copies"
logger = logging.getLogger(__name__)
_unfit = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\"<>:|?*\\/]+")


def keep_document(
    uow: UnitOfWork, stream: BinaryIO, *, name: str, is_sealed: bool = False
) -> StoredFile:
    """Keep a file that people download. Only a piece of it is in memory at a time.

    `is_sealed` is for what belongs to a person: it lies encrypted. Raises FileRefused: empty,
    beyond 25 MB, of a kind that we do not take.
    """
    size = _measured(stream)
    kind = kind_of(stream, name)
    file = _put(uow, kind, name, _pieces(stream), is_sealed=is_sealed)
    assert file.size == size
    return file


def keep_picture(uow: UnitOfWork, stream: BinaryIO, *, name: str) -> StoredFile:
    """Keep a picture drawn anew, so that nothing of the camera comes along; a job draws its copies.

    Raises FileRefused: empty, beyond 25 MB, no picture.
    """
    _measured(stream)
    file = _put_drawn(uow, draw(stream, widths=WIDTHS[-1:])[-1], name)
    return _with_copies(uow, file)


def keep_to_read(uow: UnitOfWork, stream: BinaryIO, *, name: str) -> StoredFile:
    """Keep a file of XML that the house itself will read; it is sent to nobody.

    Raises FileRefused: empty, beyond 25 MB.
    """
    _measured(stream)
    return _put(uow, XML, name, _pieces(stream))


def keep_made(uow: UnitOfWork, stream: BinaryIO, kind: Kind, *, name: str) -> StoredFile:
    """Keep a file that the house itself wrote, of any size. Only a piece is in memory at a time."""
    stream.seek(0)
    return _put(uow, kind, name, _pieces(stream))


def pieces_of(uow: UnitOfWork, file: StoredFile, *, first: int = 0) -> Iterator[bytes]:
    """What is in the file from a piece on, a piece in memory at a time."""
    for number in range(first, -(-file.size // PIECE)):
        piece = select(Chunk.content).filter_by(file_id=file.id, number=number)
        content = uow.session.scalars(piece).one()
        yield open_piece(file.id, number, content) if file.is_sealed else content


def keep_photo(
    uow: UnitOfWork, stream: BinaryIO, *, name: str, has_copies: bool = False
) -> StoredFile:
    """Keep a photograph of a person, drawn anew and sealed, as its smaller copies are.

    They are for what pages show; a paper `has_copies` none. Raises FileRefused: empty, beyond
    25 MB, no picture.
    """
    _measured(stream)
    file = _put_drawn(uow, draw(stream, widths=WIDTHS[-1:])[-1], name, is_sealed=True)
    return _with_copies(uow, file) if has_copies else file


def keep_original(uow: UnitOfWork, stream: BinaryIO, *, name: str, least: int) -> StoredFile:
    """Keep a picture drawn anew in one size, of which a job makes crops.

    `least` are pixels of its longer side. Raises FileRefused: empty, beyond 25 MB, no picture.
    """
    _measured(stream)
    return _put_drawn(uow, draw(stream, widths=WIDTHS[-1:], least=least)[-1], name)


def keep_crops(uow: UnitOfWork, file: StoredFile, shapes: Sequence[Shape], focus: Focus) -> None:
    """Cut a picture anew; its copies before are gone. Takes seconds: for jobs.

    Raises FileRefused.
    """
    _put_copies(uow, file, crop(BytesIO(b"".join(pieces_of(uow, file))), shapes, focus))


def draw_copies(uow: UnitOfWork, file_id: str) -> None:
    """Job: a picture as small as pages show it, whole. One that cannot be drawn stays as it is."""
    file = uow.session.get(StoredFile, UUID(file_id))
    if file is None or not (widths := widths_below(file.width)):
        return
    whole = Shape(file.width or 1, file.height or 1, widths)
    content = BytesIO(b"".join(pieces_of(uow, file)))
    try:
        made = crop(content, [whole], MIDDLE, most=COPY_BYTES, is_flat=False)
    except (NoPicture, TooManyPixels):  # it will be the same at each try, and pages show it whole
        logger.warning("picture without copies", extra={"file": file_id})
        return
    _put_copies(uow, file, made)


def keep_covered(uow: UnitOfWork, file: StoredFile, areas: Sequence[Area]) -> StoredFile:
    """Keep a photograph anew with these areas covered; the caller forgets the one before.

    A job draws its smaller copies anew. Raises FileRefused.
    """
    stream = BytesIO(b"".join(pieces_of(uow, file)))
    kept = _put_drawn(uow, cover(stream, areas), file.name, is_sealed=file.is_sealed)
    return _with_copies(uow, kept)


def is_pdf(stream: BinaryIO) -> bool:
    """Whether it begins as a PDF does; leaves the stream at its beginning."""
    stream.seek(0)
    head = stream.read(len(PDF_HEAD))
    stream.seek(0)
    return head == PDF_HEAD


def file_of(uow: UnitOfWork, file_id: UUID) -> StoredFile:
    """Raises NoSuchFile. Whether it may be seen is for its owner to say."""
    found = uow.session.get(StoredFile, file_id)
    if found is None:
        raise NoSuchFile
    return found


def files_of(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, StoredFile]:
    """These files by their ids. One query."""
    rows = uow.session.scalars(select(StoredFile).where(StoredFile.id.in_(ids))) if ids else ()
    return {file.id: file for file in rows}


def copies_of(
    uow: UnitOfWork, ids: Collection[UUID], kinds: Collection[Kind] = CROP_KINDS
) -> Mapping[UUID, list[StoredFile]]:
    """The smaller copies of these pictures, of these kinds, the smallest first. One query."""
    found: dict[UUID, list[StoredFile]] = {file_id: [] for file_id in ids}
    mimes = [kind.mime for kind in kinds]
    copies = select(StoredFile).where(StoredFile.copy_of.in_(ids), StoredFile.mime.in_(mimes))
    copies = copies.order_by(StoredFile.width, StoredFile.size)
    for copy in uow.session.scalars(copies) if ids else ():
        assert copy.copy_of
        found[copy.copy_of].append(copy)
    return found


def forget_files(uow: UnitOfWork, ids: Collection[UUID]) -> None:
    """These files are gone for good, their copies with them."""
    if not ids:
        return
    # A job that is just drawing their copies ends first: none is left of a file that is gone. Two
    # who let go of the same files lock them in one order.
    locked = select(StoredFile.id).where(StoredFile.id.in_(ids)).order_by(StoredFile.id)
    uow.session.execute(locked.with_for_update())
    of_them = or_(StoredFile.id.in_(ids), StoredFile.copy_of.in_(ids))
    whole = select(StoredFile.id).where(of_them)
    uow.session.execute(delete(Chunk).where(Chunk.file_id.in_(whole)))
    uow.session.execute(delete(StoredFile).where(StoredFile.copy_of.in_(ids)))
    uow.session.execute(delete(StoredFile).where(StoredFile.id.in_(ids)))


def clean_name(name: str, suffix: str) -> str:
    """A name that every file system takes, with the ending of what the file really is."""
    last = re.split(r"[/\\]", name)[-1]  # old browsers tell the whole path
    stem = _unfit.sub(" ", last.rpartition(".")[0] or last)
    short = " ".join(stem.split()).strip(" .")[:LONGEST_NAME].rstrip(" .")
    return f"{short or 'file'}.{suffix}"


def _measured(stream: BinaryIO) -> int:
    size = stream.seek(0, SEEK_END)
    stream.seek(0)
    if size == 0:
        raise NothingInside
    if size > LARGEST:
        raise TooBig(most=LARGEST // MB)
    return size


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


def _with_copies(uow: UnitOfWork, file: StoredFile) -> StoredFile:
    if widths_below(file.width):
        uow.defer(DRAW_COPIES, once=f"{DRAW_COPIES}:{file.id}", file_id=file.id)
    return file


def _put_copies(
    uow: UnitOfWork, file: StoredFile, made: Mapping[tuple[Kind, int, int], Drawn]
) -> None:
    """In place of those before; of a file that went meanwhile none is kept."""
    there = select(StoredFile.id).where(StoredFile.id == file.id).with_for_update()
    if uow.session.scalar(there) is None:
        return
    forget_files(uow, [copy.id for copy in copies_of(uow, [file.id])[file.id]])
    for (kind, _, _), drawn in made.items():
        _put_drawn(uow, drawn, file.name, file.id, is_sealed=file.is_sealed, kind=kind)


def _put_drawn(
    uow: UnitOfWork,
    drawn: Drawn,
    name: str,
    copy_of: UUID | None = None,
    *,
    is_sealed: bool = False,
    kind: Kind = WEBP,
) -> StoredFile:
    content = drawn.content
    pieces = (content[start : start + PIECE] for start in range(0, len(content), PIECE))
    file = _put(uow, kind, name, pieces, copy_of=copy_of, is_sealed=is_sealed)
    file.width, file.height = drawn.width, drawn.height
    return file


def _put(
    uow: UnitOfWork,
    kind: Kind,
    name: str,
    pieces: Iterable[bytes],
    *,
    copy_of: UUID | None = None,
    is_sealed: bool = False,
) -> StoredFile:
    file = StoredFile(
        id=new_id(),
        copy_of=copy_of,
        name=clean_name(name, kind.suffix),
        mime=kind.mime,
        size=0,
        sha256=b"",
        is_sealed=is_sealed,
        stored_at=uow.now,
        stored_by=uow.principal.person_id,
    )
    uow.session.add(file)
    uow.session.flush()
    digest = sha256()
    for number, piece in enumerate(pieces):
        digest.update(piece)
        file.size += len(piece)
        content = seal_piece(file.id, number, piece) if is_sealed else piece
        row = {"file_id": file.id, "number": number, "content": content}
        uow.session.execute(insert(Chunk), row)
    file.sha256 = digest.digest()
    return file
