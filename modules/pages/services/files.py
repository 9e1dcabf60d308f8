"""Documents and pictures of a page: they show where it shows, and go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.pages.errors import FileChangedMeanwhile, TooManyFiles
from obshto.modules.pages.events import FileAdded, FileDescribed, FileRemoved
from obshto.modules.pages.models import Attachment, Page
from obshto.modules.pages.permissions import PagesPermission
from obshto.modules.pages.services.reading import page_of, public_page
from obshto.modules.pages.services.rendering import render_in_all_languages
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import (
    copies_of,
    file_of,
    files_of,
    forget_files,
    keep_document,
    keep_picture,
)
from obshto.platform.work import Work

MOST = 40  # files of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What a page says of its file, with the file that the storage keeps."""

    attachment: Attachment
    stored: StoredFile


def files_on(work: Work, page: Page) -> list[File]:
    """The files of an original in the order in which they came. Two queries."""
    of_page = select(Attachment).where(Attachment.page_id == page.id).order_by(Attachment.added_at)
    rows = work.session.scalars(of_page).all()
    stored = files_of(work, [row.file_id for row in rows])
    return [File(attachment=row, stored=stored[row.file_id]) for row in rows]


def add_file(
    work: Work,
    page: Page,
    stream: BinaryIO,
    *,
    name: str,
    title: str,
    as_picture: bool,
    request_id: UUID,
) -> Attachment:
    """Attach a document, or a picture for inside the text; the same `request_id` does so once.

    Raises FileRefused, TooManyFiles.
    """
    known = work.session.scalar(select(Attachment).where(Attachment.request_id == request_id))
    if known:
        return known
    number = select(func.count()).where(Attachment.page_id == page.id)
    if (work.session.scalar(number) or 0) >= MOST:
        raise TooManyFiles(most=MOST)
    try:
        with work.session.begin_nested():
            keep = keep_picture if as_picture else keep_document
            stored = keep(work, stream, name=name)
            attachment = Attachment(
                request_id=request_id,
                page_id=page.id,
                file_id=stored.id,
                title=title,
                is_picture=as_picture,
                added_at=work.now,
            )
            work.session.add(attachment)
            work.session.flush()
    except IntegrityError:  # a second click in the same instant
        again = select(Attachment).where(Attachment.request_id == request_id)
        return work.session.scalars(again).one()
    work.record(FileAdded(subject_id=page.id, title=title))
    return attachment


def attachment_of(
    work: Work, attachment_id: UUID, *, to_change: bool = False
) -> tuple[Attachment, Page]:
    """For staff: a file of a page that is there, with the page. Raises NoSuchFile, NoSuchPage.

    `to_change` makes those wait who change the page: its text shows what a picture is called.
    """
    wanted = select(Attachment).where(Attachment.id == attachment_id)
    page_id = work.session.scalar(wanted.with_only_columns(Attachment.page_id))
    page = page_of(work, page_id, to_change=to_change) if page_id else None
    found = work.session.scalar(wanted.with_for_update() if to_change else wanted)
    if page is None or found is None:  # perhaps removed while we waited
        raise NoSuchFile
    return found, page


def describe_file(work: Work, file: Attachment, page: Page, *, title: str, seen: int) -> None:
    """Say anew what it is, or what is seen on it. Raises FileChangedMeanwhile."""
    if file.title == title:
        return
    if file.version != seen:
        raise FileChangedMeanwhile
    file.title = title
    _show_anew(work, file)
    work.record(FileDescribed(subject_id=page.id, title=title))


def remove_file(work: Work, file: Attachment, page: Page, *, seen: int) -> None:
    """Take it away for good; a picture leaves its words. Raises FileChangedMeanwhile."""
    if file.version != seen:
        raise FileChangedMeanwhile
    work.session.delete(file)
    work.session.flush()
    forget_files(work, [file.file_id])
    _show_anew(work, file)
    work.record(FileRemoved(subject_id=page.id, title=file.title))


def file_for(work: Work, attachment_id: UUID, *, width: int | None = None) -> StoredFile:
    """The file that may be sent to who asks: staff who write pages see those of drafts too.

    `width` asks for a smaller copy of a picture. Raises NoSuchFile, NoSuchPage.
    """
    found = work.session.get(Attachment, attachment_id)
    if found is None:
        raise NoSuchFile
    if not work.principal.may(PagesPermission.WRITE):
        public_page(work, found.page_id)
    if width is not None:
        for copy in copies_of(work, [found.file_id])[found.file_id]:
            if copy.width == width:
                return copy
    return file_of(work, found.file_id)


def _show_anew(work: Work, file: Attachment) -> None:
    if file.is_picture:
        work.session.flush()
        render_in_all_languages(work, file.page_id)
