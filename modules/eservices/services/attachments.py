"""Papers as files: attached to a draft or a case, seen where it is seen, gone with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.exc import IntegrityError

from obshto.modules.eservices.errors import (
    NeitherPhotoNorPdf,
    StaleVersion,
    TooManyOfPaper,
    TooManyPapers,
)
from obshto.modules.eservices.models import Attachment, Case, Draft
from obshto.modules.eservices.services.paper_limits import MOST, PaperAsked
from obshto.platform.entity import expect_version, of_request
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
from obshto.platform.unit_of_work import UnitOfWork

Owner = Draft | Case
NAME = "dokument"  # the name that somebody gave the file may say who they are
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What was attached, with the file that the storage keeps."""

    attachment: Attachment
    stored: StoredFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file as it comes: which paper it is, once for each request, by whom of the staff.

    `asked` says what is accepted of that paper; None where any is.
    """

    stream: BinaryIO
    paper: str
    request_id: UUID
    by_staff: bool = False
    asked: PaperAsked | None = None


def papers_of(uow: UnitOfWork, owner: Owner) -> list[Paper]:
    """The files in the order in which they came. Two queries."""
    wanted = select(Attachment).where(_belongs(owner)).order_by(Attachment.added_at, Attachment.id)
    rows = uow.session.scalars(wanted).all()
    stored = files_of(uow, [row.file_id for row in rows])
    return [Paper(attachment=row, stored=stored[row.file_id]) for row in rows]


def attach(uow: UnitOfWork, owner: Owner, brought: Brought) -> Attachment:
    """Keep a photograph, drawn anew, or a PDF, both sealed. The same request does so once.

    Raises FileRefused, TooManyPapers.
    """
    if known := of_request(uow, Attachment, brought.request_id):
        return known
    _check(uow, owner, brought)
    row = _row(uow, owner, brought)
    try:
        with uow.session.begin_nested():
            row.file_id = keep_paper(uow, brought.stream).id
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:  # a second click in the same instant
        return of_request(uow, Attachment, brought.request_id) or row
    return row


def keep_paper(uow: UnitOfWork, stream: BinaryIO) -> StoredFile:
    """A photograph, drawn anew, or a PDF; both lie sealed. Raises FileRefused."""
    if is_pdf(stream):
        return keep_document(uow, stream, name=NAME, is_sealed=True)
    try:
        return keep_photo(uow, stream, name=NAME)
    except NoPicture:
        raise NeitherPhotoNorPdf from None


def paper_of(uow: UnitOfWork, owner: Owner, attachment_id: UUID) -> Paper:
    """One file of this draft or case and of no other. Raises NoSuchFile."""
    row = _find(uow, owner, attachment_id)
    return Paper(attachment=row, stored=file_of(uow, row.file_id))


def owner_of(uow: UnitOfWork, attachment_id: UUID) -> Owner:
    """The draft or case that a file belongs to: whether it may be seen is asked there.

    Raises NoSuchFile.
    """
    row = uow.session.get(Attachment, attachment_id)
    if row is None:
        raise NoSuchFile
    found = uow.session.get(Draft, row.draft_id) if row.draft_id else None
    return found or uow.session.get_one(Case, row.case_id)


def take_away(uow: UnitOfWork, draft: Draft, attachment_id: UUID, *, expected_version: int) -> None:
    """While nothing is sent, a file can go again. Raises NoSuchFile, StaleVersion."""
    row = _find(uow, draft, attachment_id)
    expect_version(row, expected_version, StaleVersion)
    _forget(uow, [row])


def carry_over(uow: UnitOfWork, draft: Draft, case: Case) -> None:
    """The papers of a draft are those of the case that it becomes."""
    moved = update(Attachment).where(Attachment.draft_id == draft.id)
    uow.session.execute(moved.values(draft_id=None, case_id=case.id))


def forget_papers(
    uow: UnitOfWork, *, drafts: Collection[UUID] = (), cases: Collection[UUID] = ()
) -> None:
    """All files of these are gone for good."""
    of_them = Attachment.draft_id.in_(drafts) | Attachment.case_id.in_(cases)
    _forget(uow, uow.session.scalars(select(Attachment).where(of_them)).all())


def _forget(uow: UnitOfWork, rows: Sequence[Attachment]) -> None:
    for row in rows:
        uow.session.delete(row)
    uow.session.flush()
    forget_files(uow, [row.file_id for row in rows])


def _check(uow: UnitOfWork, owner: Owner, brought: Brought) -> None:
    """Raises FileRefused."""
    of_this = func.count().filter(Attachment.paper == brought.paper)
    wanted = select(func.count(), of_this).select_from(Attachment).where(_belongs(owner))
    number, same = uow.session.execute(wanted).one()
    if number >= MOST:
        raise TooManyPapers(most=MOST)
    if brought.asked is not None:
        if same >= brought.asked.most:
            raise TooManyOfPaper(most=brought.asked.most)
        brought.asked.check(brought.stream)


def _row(uow: UnitOfWork, owner: Owner, brought: Brought) -> Attachment:
    is_draft, who = isinstance(owner, Draft), uow.principal
    return Attachment(
        request_id=brought.request_id,
        draft_id=owner.id if is_draft else None,
        case_id=None if is_draft else owner.id,
        paper=brought.paper,
        added_at=uow.now,
        added_by_id=who.person_id if brought.by_staff else None,
        added_by=who.name if brought.by_staff else "",
    )


def _find(uow: UnitOfWork, owner: Owner, attachment_id: UUID) -> Attachment:
    wanted = select(Attachment).where(Attachment.id == attachment_id, _belongs(owner))
    if (row := uow.session.scalar(wanted)) is None:
        raise NoSuchFile
    return row


def _belongs(owner: Owner) -> ColumnElement[bool]:
    column = Attachment.draft_id if isinstance(owner, Draft) else Attachment.case_id
    return column == owner.id
