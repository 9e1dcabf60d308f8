"""The municipality's own photograph as its home page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Response, abort
from sqlalchemy import select

from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.kinds import WEBP
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.pictures import CROP_KINDS
from obshto.platform.storage.services import copies_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.municipalities.photo import HomePhoto
from obshto.tenants.portal.home import FOREVER

PHONE, DESK = "(max-width: 40.0525em)", "(min-width: 40.0625em)"  # where the stylesheet breaks
BAND = 2  # times as wide as high: the shape of a wide screen


@dataclass(frozen=True, slots=True, kw_only=True)
class CropSource:
    """One `<source>`: a shape in one format, in its widths."""

    mime: str
    media: str
    srcset: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPhoto:
    """`src` is for browsers that know no `<picture>`; `phone` is its other shape.

    `alt` is in `language`.
    """

    crops: list[CropSource]
    src: str
    phone: str
    width: int
    height: int
    alt: str
    language: str


def photo_here(uow: UnitOfWork, language: str) -> ShownPhoto | None:
    """The one that is shown, as soon as it is cut. Two queries."""
    photo = uow.session.scalar(select(HomePhoto).where(HomePhoto.is_shown))
    cut = copies_of(uow, [photo.file_id])[photo.file_id] if photo else []
    if photo is None or not cut:
        return None
    largest, tall = (
        max((one for one in cut if one.mime == WEBP.mime and _is_band(one) == wide), key=_width)
        for wide in (True, False)
    )
    alt, said_in = photo.told(language)
    return ShownPhoto(
        crops=_sources(cut),
        src=_address(largest),
        phone=_address(tall),
        width=_width(largest),
        height=largest.height or 0,
        alt=alt,
        language=said_in,
    )


def send_crop(uow: UnitOfWork, file_id: UUID) -> Response:
    """A crop of a photograph that is shown or can come back; 404 for any other file."""
    of_photos = StoredFile.copy_of.in_(select(HomePhoto.file_id))
    file = uow.session.scalar(select(StoredFile).where(StoredFile.id == file_id, of_photos))
    answer = send_file(uow, file or abort(404))
    answer.headers["Cache-Control"] = FOREVER
    return answer


def _sources(cut: list[StoredFile]) -> list[CropSource]:
    """The finer format first: a browser takes the first that it knows."""
    found = []
    for media, is_band in ((PHONE, False), (DESK, True)):
        for mime in (kind.mime for kind in CROP_KINDS):
            files = [one for one in cut if one.mime == mime and _is_band(one) == is_band]
            srcset = ", ".join(f"{_address(one)} {one.width}w" for one in files)
            found.append(CropSource(mime=mime, media=media, srcset=srcset))
    return found


def _is_band(file: StoredFile) -> bool:
    return _width(file) > BAND * (file.height or 0)


def _width(file: StoredFile) -> int:
    return file.width or 0


def _address(file: StoredFile) -> str:
    return f"/photo/{file.id}"
