"""Films as the part of guides meets them: the public video with a file that shows a page."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_

from obshto.modules.videos.models import PRESENTATION, Video
from obshto.modules.videos.services.videos import public_videos
from obshto.platform.modularity.guide_films import GuideFilm
from obshto.platform.storage.media import media_store
from obshto.platform.unit_of_work import UnitOfWork

BELOW = "/videos/"


class Films:
    """Supplies `GuideFilms`."""

    def film_of(self, uow: UnitOfWork, *, page: str, about: Sequence[str]) -> GuideFilm | None:
        if media_store() is None:
            return None
        links = [link for link in about if link]
        chosen = _id_in(page)
        shown = Video.link.in_(links) & (Video.kind == PRESENTATION)
        rows = public_videos().where(
            Video.file_key.is_not(None), or_(shown, Video.id == chosen) if chosen else shown
        )
        found = uow.session.scalars(rows).all()
        return _film(min(found, key=lambda one: _rank(one, chosen, links))) if found else None


def _rank(video: Video, chosen: UUID | None, links: list[str]) -> int:
    """The one that was chosen first; of those about a page the latest stands first already."""
    return -1 if video.id == chosen else links.index(video.link)


def _id_in(page: str) -> UUID | None:
    try:
        return UUID(page.partition(BELOW)[2].partition("?")[0].strip("/"))
    except ValueError:
        return None


def _film(video: Video) -> GuideFilm:
    has = video.has_captions
    return GuideFilm(
        title=video.title,
        page=video.path,
        file=f"{video.path}/file",
        mime=video.mime,
        captions=f"{video.path}/captions.vtt" if has else "",
        text=f"{video.path}/text" if has else "",
    )
