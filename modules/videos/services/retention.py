"""Retention of recordings: erased when the term passes that runs from the day of the recording.

Publishing, hiding and publishing again move nothing; presentations have no term.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update

from obshto.modules.videos.events import VideoExpired
from obshto.modules.videos.models import RECORDING, Video, VideoUpload
from obshto.modules.videos.services.videos import erase_rows
from obshto.modules.videos.settings import VideosSettings
from obshto.platform.clock import day_of
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 100
SOON = timedelta(days=30)


def kept_until(uow: UnitOfWork, video: Video) -> date | None:
    """The last day of a recording; None for what has no term."""
    if video.kind != RECORDING:
        return None
    years = settings_of(uow, "videos", VideosSettings).keep_years
    return _years_after(video.recorded_on, years)


def erase_expired(uow: UnitOfWork) -> None:
    """Job: recordings whose term passed go with captions and chapters; files by the sweep."""
    years = settings_of(uow, "videos", VideosSettings).keep_years
    today = day_of(uow.now)
    # The condition takes a day too many of leap years; the exact day is asked of each.
    about = today - timedelta(days=365 * years)
    rows = select(Video).where(Video.kind == RECORDING, Video.recorded_on < about)
    rows = rows.order_by(Video.recorded_on, Video.id).limit(AT_ONCE)
    over = [
        video
        for video in uow.session.scalars(rows.with_for_update(skip_locked=True))
        if _years_after(video.recorded_on, years) < today
    ]
    for video in over:
        uow.emit(VideoExpired(subject_id=video.id, title=video.title))
    if over:
        erase_rows(uow, [video.id for video in over])


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Videos stay the municipality's; nothing says who wrote and uploaded them."""
    for model, column in ((Video, Video.author_id), (VideoUpload, VideoUpload.person_id)):
        uow.session.execute(update(model).where(column == person_id).values({column.key: None}))


def _years_after(day: date, years: int) -> date:
    """The same day of a later year; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
