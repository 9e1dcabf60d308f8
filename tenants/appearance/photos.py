"""Show a photograph at the top of the home page, say what matters on it, take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO
from uuid import UUID

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.platform.entity import expect_version
from obshto.platform.errors import NotFound, StaleRow
from obshto.platform.storage.pictures import MIDDLE, Focus
from obshto.platform.storage.services import file_of, forget_files, keep_crops, keep_original
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.appearance.events import HomePhotoChanged, HomePhotoCut
from obshto.tenants.municipalities.photo import SHAPES, HomePhoto

CUT = "tenants:cut-photo"
LEAST = 1_200  # pixels of the longer side: a smaller one would look torn on a wide screen


class PhotoChanged(StaleRow):
    """Somebody changed the photograph after the page was opened on which this was decided."""

    sentence = lazy_gettext(
        "След като отворихте страницата, друг смени снимката. Вижте коя е сега и решете отново."
    )


def add_photo(
    uow: UnitOfWork,
    stream: BinaryIO,
    *,
    name: str,
    alt_text: str,
    words: Mapping[str, str],
    request_id: UUID,
) -> HomePhoto:
    """This photograph is shown from when its sizes are there; the one before can come back.

    The same `request_id` again answers the first one. Raises FileRefused, PhotoChanged.
    """
    kept = photos_here(uow, to_change=True)
    if known := [photo for photo in kept if photo.request_id == request_id]:
        return known[0]
    file = keep_original(uow, stream, name=name, least=LEAST)
    photo = HomePhoto(
        request_id=request_id,
        file_id=file.id,
        alt_text=alt_text,
        words=dict(words),
        focus_x=MIDDLE[0],
        focus_y=MIDDLE[1],
        is_shown=False,
        is_ready=False,
        chosen_at=uow.now,
    )
    uow.session.add(photo)
    _show(uow, photo, kept)
    _ask_to_cut(uow, photo)
    return photo


def change_photo(
    uow: UnitOfWork,
    photo: HomePhoto,
    *,
    alt_text: str,
    words: Mapping[str, str],
    focus: Focus,
    expected_version: int,
) -> None:
    """Raises PhotoChanged. What is so already is done."""
    wanted = (alt_text, dict(words), focus)
    if wanted == (photo.alt_text, photo.words, photo.focus):
        return
    expect_version(photo, expected_version, PhotoChanged)
    is_moved = photo.focus != focus
    photo.alt_text, photo.words = alt_text, dict(words)
    photo.focus_x, photo.focus_y = focus
    if is_moved:
        photo.is_ready = False
        _ask_to_cut(uow, photo)
    uow.emit(HomePhotoChanged(subject_id=photo.id))


def remove_photo(uow: UnitOfWork, photo: HomePhoto, *, expected_version: int) -> None:
    """The drawing is shown again; the photograph can come back. Raises PhotoChanged."""
    if not photo.is_shown:
        return
    expect_version(photo, expected_version, PhotoChanged)
    photo.is_shown, photo.chosen_at = False, uow.now
    _forget(uow, [one for one in photos_here(uow, to_change=True) if one is not photo])
    uow.emit(HomePhotoChanged(subject_id=photo.id))


def return_photo(uow: UnitOfWork, photo: HomePhoto, *, expected_version: int) -> None:
    """The one before is shown again, and what is shown can come back. Raises PhotoChanged."""
    if photo.is_shown:
        return
    expect_version(photo, expected_version, PhotoChanged)
    _show(uow, photo, photos_here(uow, to_change=True))


def cut_photo(uow: UnitOfWork, photo_id: str) -> None:
    """Job: its sizes are cut anew around what matters on it."""
    row = select(HomePhoto).where(HomePhoto.id == UUID(photo_id)).with_for_update()
    photo = uow.session.scalar(row)
    if photo is None or photo.is_ready:
        return
    keep_crops(uow, file_of(uow, photo.file_id), SHAPES, photo.focus)
    photo.is_ready = True
    uow.emit(HomePhotoCut(subject_id=photo.id))


def photos_here(uow: UnitOfWork, *, to_change: bool = False) -> list[HomePhoto]:
    """The one that is shown, then the one that can come back."""
    rows = select(HomePhoto).order_by(HomePhoto.is_shown.desc(), HomePhoto.chosen_at.desc())
    return list(uow.session.scalars(rows.with_for_update() if to_change else rows))


def photo_of(uow: UnitOfWork, photo_id: UUID, *, to_change: bool = False) -> HomePhoto:
    """Raises NotFound."""
    for photo in photos_here(uow, to_change=to_change):
        if photo.id == photo_id:
            return photo
    raise NotFound


def _show(uow: UnitOfWork, photo: HomePhoto, kept: Sequence[HomePhoto]) -> None:
    before = [one for one in kept if one is not photo]
    for one in before:
        one.is_shown = False
    uow.session.flush()
    photo.is_shown, photo.chosen_at = True, uow.now
    try:
        with uow.savepoint():
            uow.session.flush()
    except IntegrityError:  # the very first one came twice at once
        raise PhotoChanged from None
    _forget(uow, before[1:])
    uow.emit(HomePhotoChanged(subject_id=photo.id))


def _forget(uow: UnitOfWork, photos: Sequence[HomePhoto]) -> None:
    """What can come back no more is gone."""
    for photo in photos:
        uow.session.delete(photo)
    forget_files(uow, [photo.file_id for photo in photos])


def _ask_to_cut(uow: UnitOfWork, photo: HomePhoto) -> None:
    uow.session.flush()  # it has an id from here on
    uow.defer(CUT, once=f"{CUT}:{photo.id}", in_turn=f"{CUT}:{photo.id}", photo_id=photo.id)
