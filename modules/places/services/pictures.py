"""The picture of a place: one, with what is to be seen on it."""

from __future__ import annotations

from typing import BinaryIO

from obshto.modules.places.errors import NoSuchPlace, PlaceChanged
from obshto.modules.places.events import PictureChanged
from obshto.modules.places.models import Place
from obshto.platform.entity import expect_version
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import file_of, forget_files, keep_picture
from obshto.platform.unit_of_work import UnitOfWork


def set_picture(
    uow: UnitOfWork, place: Place, stream: BinaryIO, alt: str, *, name: str, expected_version: int
) -> None:
    """In place of the one before. Raises PlaceChanged, FileRefused."""
    expect_version(place, expected_version, PlaceChanged)
    kept = keep_picture(uow, stream, name=name)
    _replace(uow, place, kept, alt)


def remove_picture(uow: UnitOfWork, place: Place, *, expected_version: int) -> None:
    """Gone for good; nothing where there is none. Raises PlaceChanged."""
    if place.picture_id is None:
        return
    expect_version(place, expected_version, PlaceChanged)
    _replace(uow, place, None, "")


def picture_of(uow: UnitOfWork, place: Place) -> StoredFile:
    """Raises NoSuchPlace where it has none."""
    if place.picture_id is None:
        raise NoSuchPlace
    return file_of(uow, place.picture_id)


def _replace(uow: UnitOfWork, place: Place, kept: StoredFile | None, alt: str) -> None:
    before, place.picture_id = place.picture_id, kept.id if kept else None
    place.picture_alt, place.changed_at = alt, uow.now
    uow.session.flush()
    if before:
        forget_files(uow, [before])
    uow.emit(PictureChanged(subject_id=place.id, title=place.name))
