"""Gallery of a place: more pictures after the first, each with what is to be seen on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from obshto.modules.places.errors import NoSuchPlace, PlaceChanged, TooManyPictures
from obshto.modules.places.events import PictureAdded, PictureRemoved
from obshto.modules.places.models import Place
from obshto.platform.entity import expect_version
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import file_of, forget_files, keep_picture
from obshto.platform.unit_of_work import UnitOfWork

MOST = 11  # after the first one


@dataclass(frozen=True, slots=True)
class GalleryPicture:
    """A file of the storage, and what is to be seen on it."""

    id: UUID
    alt: str


def gallery_of(place: Place) -> Sequence[GalleryPicture]:
    """In the order in which they came."""
    return [GalleryPicture(UUID(one["id"]), one["alt"]) for one in place.gallery]


def file_in(uow: UnitOfWork, place: Place, picture_id: UUID) -> StoredFile:
    """Raises NoSuchPlace for what is no picture of this place."""
    if picture_id not in [one.id for one in gallery_of(place)]:
        raise NoSuchPlace
    return file_of(uow, picture_id)


def add_to_gallery(
    uow: UnitOfWork, place: Place, stream: BinaryIO, alt: str, *, name: str, request_id: UUID
) -> None:
    """One more; the same `request_id` again does nothing. Raises TooManyPictures, FileRefused."""
    if str(request_id) in [one["request"] for one in place.gallery]:
        return
    if len(place.gallery) >= MOST:
        raise TooManyPictures(most=MOST)
    kept = keep_picture(uow, stream, name=name)
    told = {"id": str(kept.id), "alt": alt, "request": str(request_id)}
    place.gallery, place.changed_at = [*place.gallery, told], uow.now
    uow.session.flush()
    uow.emit(PictureAdded(subject_id=place.id, title=place.name))


def take_from_gallery(
    uow: UnitOfWork, place: Place, picture_id: UUID, *, expected_version: int
) -> None:
    """Gone for good; nothing where it is gone already. Raises PlaceChanged."""
    kept = [one for one in place.gallery if one["id"] != str(picture_id)]
    if kept == place.gallery:
        return
    expect_version(place, expected_version, PlaceChanged)
    place.gallery, place.changed_at = kept, uow.now
    uow.session.flush()
    forget_files(uow, [picture_id])
    uow.emit(PictureRemoved(subject_id=place.id, title=place.name))
