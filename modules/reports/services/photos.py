"""Photographs of a report: drawn anew in the storage's child, so that nothing of the file stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select

from obshto.modules.reports.errors import TooManyPhotos
from obshto.modules.reports.models import Report, ReportPhoto
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.pictures import Area
from obshto.platform.storage.services import file_of, forget_files, keep_covered, keep_photo
from obshto.platform.unit_of_work import UnitOfWork

MOST = 5
NAME = "snimka"  # the name that somebody gave the file may say who they are


def keep_photos(uow: UnitOfWork, streams: Sequence[BinaryIO]) -> list[UUID]:
    """The ids of the files, all or none. Raises FileRefused, TooManyPhotos."""
    if len(streams) > MOST:
        raise TooManyPhotos(most=MOST)
    with uow.session.begin_nested():
        return [keep_photo(uow, stream, name=NAME, has_copies=True).id for stream in streams]


def attach_photos(
    uow: UnitOfWork, report: Report, file_ids: Sequence[UUID], *, is_after: bool = False
) -> None:
    """Files that are kept already belong to this report."""
    for file_id in file_ids:
        row = ReportPhoto(report_id=report.id, file_id=file_id, added_at=uow.now)
        row.is_after = is_after
        uow.session.add(row)


def photos_of(uow: UnitOfWork, report: Report) -> Sequence[ReportPhoto]:
    """As they came. One query."""
    wanted = select(ReportPhoto).where(ReportPhoto.report_id == report.id)
    return uow.session.scalars(wanted.order_by(ReportPhoto.added_at, ReportPhoto.id)).all()


def public_photos(uow: UnitOfWork, report: Report) -> Sequence[ReportPhoto]:
    """Those that staff show: of the mended thing always, the sender's where they were checked."""
    return [row for row in photos_of(uow, report) if row.is_after or report.shows_photos]


def file_among(uow: UnitOfWork, photos: Sequence[ReportPhoto], photo_id: UUID) -> StoredFile:
    """The file of one of them and of no other. Raises NoSuchFile."""
    return file_of(uow, photo_among(photos, photo_id).file_id)


def photo_among(photos: Sequence[ReportPhoto], photo_id: UUID) -> ReportPhoto:
    """One of them and no other. Raises NoSuchFile."""
    for row in photos:
        if row.id == photo_id:
            return row
    raise NoSuchFile


def replace_covered(uow: UnitOfWork, photo: ReportPhoto, areas: Sequence[Area]) -> None:
    """The photograph is drawn anew with these areas covered; the one before goes for good.

    Raises FileRefused.
    """
    before = photo.file_id
    photo.file_id = keep_covered(uow, file_of(uow, before), areas).id
    uow.session.flush()
    forget_files(uow, [before])


def forget_senders_photos(uow: UnitOfWork, report: Report) -> None:
    """Those that nobody published go for good; the mended thing stays."""
    if report.shows_photos:
        return
    rows = [row for row in photos_of(uow, report) if not row.is_after]
    for row in rows:
        uow.session.delete(row)
    uow.session.flush()
    forget_files(uow, [row.file_id for row in rows])
