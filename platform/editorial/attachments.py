"""Documents and pictures of a text: they show where it shows, and go with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from obshto.platform.editorial.errors import FileChangedMeanwhile, TooManyFiles
from obshto.platform.editorial.file_order import in_order
from obshto.platform.editorial.html import render_in_all_languages, widths_of
from obshto.platform.editorial.kinds import A, T, TextKind, V
from obshto.platform.editorial.models import Attached, Written
from obshto.platform.entity import expect_version
from obshto.platform.publication_window import shows
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import (
    file_of,
    files_of,
    forget_files,
    keep_document,
    keep_picture,
)
from obshto.platform.unit_of_work import UnitOfWork

MOST = 40  # files of a text


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What a text says of its file, with the file that the storage keeps."""

    attachment: Attached
    stored: StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The first picture of a text, in pixels; `copies` are its widths with their addresses."""

    attachment: Attached
    whole: StoredFile

    @property
    def path(self) -> str:
        return self.attachment.path

    @property
    def copies(self) -> tuple[tuple[int, str], ...]:
        return widths_of(self.attachment, self.whole)

    @property
    def small(self) -> str:
        """The address of the smallest copy."""
        return self.copies[0][1] if self.copies else self.path

    def stands_in(self, text: Written) -> bool:
        """Whether the editor put it into the text; it need not stand above it as well."""
        return f"]({self.path})" in text.markdown


def files_on(uow: UnitOfWork, kind: TextKind[T, V, A], text: T) -> list[File]:
    """The files of an original in their order. Two queries."""
    model = kind.attachment
    of_text = select(model).where(model.text_id == text.id).order_by(*in_order(model))
    rows = uow.session.scalars(of_text).all()
    stored = files_of(uow, [row.file_id for row in rows])
    return [File(attachment=row, stored=stored[row.file_id]) for row in rows]


def leads_of(
    uow: UnitOfWork, kind: TextKind[Any, Any, Any], ids: Collection[UUID]
) -> dict[UUID, Lead]:
    """The first picture of each of these originals that has one. One query."""
    model = kind.attachment
    pictures = select(model, StoredFile).join(StoredFile, StoredFile.id == model.file_id)
    rows = pictures.where(model.text_id.in_(ids), model.is_picture.is_(True))
    found: dict[UUID, Lead] = {}
    for attachment, whole in uow.session.execute(rows.order_by(*in_order(model))) if ids else ():
        found.setdefault(attachment.text_id, Lead(attachment=attachment, whole=whole))
    return found


def add_file(
    uow: UnitOfWork,
    kind: TextKind[T, V, A],
    text: T,
    stream: BinaryIO,
    *,
    name: str,
    title: str,
    as_picture: bool,
    request_id: UUID,
) -> A:
    """Attach a document or a picture; the same `request_id` does so once.

    Raises FileRefused, TooManyFiles.
    """
    model = kind.attachment
    again = select(model).where(model.request_id == request_id)
    known = uow.session.scalar(again)
    if known:
        return known
    number = select(func.count(), func.max(model.position)).where(model.text_id == text.id)
    there, last = uow.session.execute(number).one()
    if there >= MOST:
        raise TooManyFiles(most=MOST)
    told = {"request_id": request_id, "text_id": text.id, "title": title, "is_picture": as_picture}
    told["position"] = last or 0  # behind all others: it came last
    try:
        with uow.session.begin_nested():
            keep = keep_picture if as_picture else keep_document
            stored = keep(uow, stream, name=name)
            attachment = model(**told, **{"file_id": stored.id, "added_at": uow.now})
            uow.session.add(attachment)
            uow.session.flush()
    except IntegrityError:  # a second click in the same instant
        return uow.session.scalars(again).one()
    uow.emit(kind.file_added(subject_id=text.id, title=title))
    return attachment


def attachment_of(
    uow: UnitOfWork, kind: TextKind[T, V, A], attachment_id: UUID, *, to_change: bool = False
) -> tuple[A, T]:
    """For staff: a file of a text that is there, with the text. Raises NoSuchFile, `kind.missing`.

    `to_change` makes those wait who change the text, which shows what a picture is called.
    """
    model = kind.attachment
    wanted = select(model).where(model.id == attachment_id)
    text_id = uow.session.scalar(wanted.with_only_columns(model.text_id))
    text = kind.original(uow, text_id, to_change=to_change) if text_id else None
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if text is None or found is None:  # perhaps removed while we waited
        raise NoSuchFile
    return found, text


def describe_file(
    uow: UnitOfWork, kind: TextKind[T, V, A], file: A, text: T, *, title: str, expected_version: int
) -> None:
    """Say anew what it is, or what is seen on it. Raises FileChangedMeanwhile."""
    if file.title == title:
        return
    expect_version(file, expected_version, FileChangedMeanwhile)
    file.title = title
    _show_anew(uow, kind, file)
    uow.emit(kind.file_described(subject_id=text.id, title=title))


def remove_file(
    uow: UnitOfWork, kind: TextKind[T, V, A], file: A, text: T, *, expected_version: int
) -> None:
    """Take it away for good; a picture leaves its words. Raises FileChangedMeanwhile."""
    expect_version(file, expected_version, FileChangedMeanwhile)
    uow.session.delete(file)
    uow.session.flush()
    forget_files(uow, [file.file_id])
    _show_anew(uow, kind, file)
    uow.emit(kind.file_removed(subject_id=text.id, title=file.title))


def file_for(uow: UnitOfWork, kind: TextKind[T, V, A], attachment_id: UUID) -> StoredFile:
    """The file that may be sent to who asks: staff who write see those of drafts too.

    Raises NoSuchFile, `kind.missing`.
    """
    found = uow.session.get(kind.attachment, attachment_id)
    if found is None:
        raise NoSuchFile
    if not uow.principal.may(kind.write):
        public = kind.originals().where(shows(kind.text, uow.now), kind.text.id == found.text_id)
        if uow.session.scalar(public) is None:
            raise kind.missing
    return file_of(uow, found.file_id)


def _show_anew(uow: UnitOfWork, kind: TextKind[T, V, A], file: A) -> None:
    if file.is_picture:
        uow.session.flush()
        render_in_all_languages(uow, kind, file.text_id)
