"""Materials: files of a course for those who are enrolled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.courses.errors import NoSuchMaterial, StaleCourse
from obshto.modules.courses.events import CourseMaterialAdded
from obshto.modules.courses.models import Course, Material
from obshto.modules.courses.services.courses import tell
from obshto.platform.entity import expect_version
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import file_of, forget_files, keep_document
from obshto.platform.unit_of_work import UnitOfWork


def add_material(
    uow: UnitOfWork, course: Course, stream: BinaryIO, *, name: str, title: str, request_id: UUID
) -> Material:
    """Attach a file; the same `request_id` does so once. Raises FileRefused."""
    again = select(Material).where(Material.request_id == request_id)
    if first := uow.session.scalar(again):
        return first
    try:
        with uow.session.begin_nested():
            file_id = keep_document(uow, stream, name=name).id
            told = {"title": title, "file_id": file_id, "added_at": uow.now}
            row = Material(request_id=request_id, course_id=course.id, **told)
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:  # a second click in the same instant
        return uow.session.scalars(again).one()
    tell(uow, CourseMaterialAdded, course)
    return row


def remove_material(
    uow: UnitOfWork, course: Course, material_id: UUID, *, expected_version: int
) -> None:
    """The file is gone for good; twice changes nothing. Raises StaleCourse."""
    row = uow.session.get(Material, material_id)
    if row is None or row.course_id != course.id:
        return
    expect_version(course, expected_version, StaleCourse)
    forget_files(uow, [row.file_id])
    uow.session.delete(row)


def materials_of(uow: UnitOfWork, course: Course) -> Sequence[Material]:
    """In the order in which they were added. One query."""
    rows = select(Material).where(Material.course_id == course.id)
    return uow.session.scalars(rows.order_by(Material.id)).all()


def material_file(uow: UnitOfWork, course: Course, material_id: UUID) -> StoredFile:
    """The file of a material of this course. Raises NoSuchMaterial."""
    row = uow.session.get(Material, material_id)
    if row is None or row.course_id != course.id:
        raise NoSuchMaterial
    return file_of(uow, row.file_id)
