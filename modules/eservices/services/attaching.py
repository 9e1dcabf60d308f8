"""Papers as files: attached to a draft or a case, seen where it is seen, gone with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.exc import IntegrityError

from obshto.modules.eservices.errors import ChangedMeanwhile, NeitherPhotoNorPdf, TooManyPapers
from obshto.modules.eservices.models import Attachment, Case, Draft
from obshto.platform.storage.errors import NoPicture, NoSuchFile
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import (
    file_of,
    files_of,
    forget_files,
    is_pdf,
    keep_document,
    keep_photo,
)
from obshto.platform.work import Work

Owner = Draft | Case
MOST = 20  # files of one draft or case
NAME = "dokument"  # the name that somebody gave the file may say who they are
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What was attached, with the file that the storage keeps."""

    attachment: Attachment
    stored: StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file as it comes: which paper it is, once for each request, by whom of the staff."""

    stream: BinaryIO
    paper: str
    request_id: UUID
    by_staff: bool = False


def papers_of(work: Work, owner: Owner) -> list[Paper]:
    """The files in the order in which they came. Two queries."""
    wanted = select(Attachment).where(_belongs(owner)).order_by(Attachment.added_at, Attachment.id)
    rows = work.session.scalars(wanted).all()
    stored = files_of(work, [row.file_id for row in rows])
    return [Paper(attachment=row, stored=stored[row.file_id]) for row in rows]


def attach(work: Work, owner: Owner, brought: Brought) -> Attachment:
    """Keep a photograph, drawn anew, or a PDF, both sealed. The same request does so once.

    Raises FileRefused, TooManyPapers.
    """
    if known := _of_request(work, brought.request_id):
        return known
    number = select(func.count()).select_from(Attachment).where(_belongs(owner))
    if (work.session.scalar(number) or 0) >= MOST:
        raise TooManyPapers(most=MOST)
    row = _row(work, owner, brought)
    try:
        with work.session.begin_nested():
            row.file_id = _kept(work, brought.stream).id
            work.session.add(row)
            work.session.flush()
    except IntegrityError:  # a second click in the same instant
        return _of_request(work, brought.request_id) or row
    return row


def paper_of(work: Work, owner: Owner, attachment_id: UUID) -> Paper:
    """One file of this draft or case and of no other. Raises NoSuchFile."""
    row = _find(work, owner, attachment_id)
    return Paper(attachment=row, stored=file_of(work, row.file_id))


def owner_of(work: Work, attachment_id: UUID) -> Owner:
    """The draft or case that a file belongs to: whether it may be seen is asked there.

    Raises NoSuchFile.
    """
    row = work.session.get(Attachment, attachment_id)
    if row is None:
        raise NoSuchFile
    found = work.session.get(Draft, row.draft_id) if row.draft_id else None
    return found or work.session.get_one(Case, row.case_id)


def take_away(work: Work, draft: Draft, attachment_id: UUID, *, seen: int) -> None:
    """While nothing is sent, a file can go again. Raises NoSuchFile, ChangedMeanwhile."""
    row = _find(work, draft, attachment_id)
    if row.version != seen:
        raise ChangedMeanwhile
    _forget(work, [row])


def carry_over(work: Work, draft: Draft, case: Case) -> None:
    """The papers of a draft are those of the case that it becomes."""
    moved = update(Attachment).where(Attachment.draft_id == draft.id)
    work.session.execute(moved.values(draft_id=None, case_id=case.id))


def forget_papers(
    work: Work, *, drafts: Collection[UUID] = (), cases: Collection[UUID] = ()
) -> None:
    """All files of these are gone for good."""
    of_them = Attachment.draft_id.in_(drafts) | Attachment.case_id.in_(cases)
    _forget(work, work.session.scalars(select(Attachment).where(of_them)).all())


def _forget(work: Work, rows: Sequence[Attachment]) -> None:
    for row in rows:
        work.session.delete(row)
    work.session.flush()
    forget_files(work, [row.file_id for row in rows])


def _kept(work: Work, stream: BinaryIO) -> StoredFile:
    if is_pdf(stream):
        return keep_document(work, stream, name=NAME, is_sealed=True)
    try:
        return keep_photo(work, stream, name=NAME)
    except NoPicture:
        raise NeitherPhotoNorPdf from None


def _row(work: Work, owner: Owner, brought: Brought) -> Attachment:
    is_draft, who = isinstance(owner, Draft), work.principal
    return Attachment(
        request_id=brought.request_id,
        draft_id=owner.id if is_draft else None,
        case_id=None if is_draft else owner.id,
        paper=brought.paper,
        added_at=work.now,
        added_by_id=who.person_id if brought.by_staff else None,
        added_by=who.name if brought.by_staff else "",
    )


def _find(work: Work, owner: Owner, attachment_id: UUID) -> Attachment:
    wanted = select(Attachment).where(Attachment.id == attachment_id, _belongs(owner))
    if (row := work.session.scalar(wanted)) is None:
        raise NoSuchFile
    return row


def _of_request(work: Work, request_id: UUID) -> Attachment | None:
    return work.session.scalar(select(Attachment).where(Attachment.request_id == request_id))


def _belongs(owner: Owner) -> ColumnElement[bool]:
    column = Attachment.draft_id if isinstance(owner, Draft) else Attachment.case_id
    return column == owner.id
