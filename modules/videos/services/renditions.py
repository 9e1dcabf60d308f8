"""Renditions: two smaller pictures, the sound, a marked span; made by a job where ffmpeg is.

A recording that came without its length is first written anew, so that it can be wound forward.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, delete, exists, or_, select

from obshto.modules.videos.events import VideoConverted
from obshto.modules.videos.models import Video, VideoRendition
from obshto.modules.videos.services.cuts import CUT, span_of
from obshto.modules.videos.services.uploads import slug_of
from obshto.modules.videos.services.videos import video_of
from obshto.platform.storage.encoder import (
    MIDDLE,
    SMALL,
    SOUND,
    WHOLE_WEBM,
    EncodingFailed,
    Recipe,
    cut_out,
)
from obshto.platform.storage.media import MediaStore, media_store
from obshto.platform.unit_of_work import UnitOfWork

RECIPES = {"middle": MIDDLE, "small": SMALL, "sound": SOUND}
KINDS = (*RECIPES, CUT)
RENDITION_WORDS = {
    "middle": _("Средна картина"),
    "small": _("По-малка картина"),
    "sound": _("Само звук"),
    CUT: _("Накратко"),
}
SPARED = 0.9  # of the bytes: what has more spares nobody anything
logger = logging.getLogger(__name__)


class _Made(NamedTuple):
    """Key and bytes of a new file; no key where it could not be made."""

    key: UUID | None
    size: int


def renditions_of(uow: UnitOfWork, video: Video) -> dict[str, VideoRendition]:
    """Those of its present file by kind, large first; of these that could not be made, too."""
    rows = select(VideoRendition).filter_by(video_id=video.id, source_key=video.file_key)
    found = {row.kind: row for row in uow.session.scalars(rows)}
    return {kind: found[kind] for kind in KINDS if kind in found}


def shown_renditions(uow: UnitOfWork, video: Video) -> dict[str, VideoRendition]:
    """Those that people can choose: they exist, and spare at least a tenth, or time. None without
    a file.
    """
    if video.file_key is None:
        return {}
    return {
        kind: row
        for kind, row in renditions_of(uow, video).items()
        if row.file_key and (kind == CUT or row.size < SPARED * video.size)
    }


def make_renditions(uow: UnitOfWork) -> None:
    """Job: what one video lacks, the latest first, outside of any transaction."""
    store = media_store()
    if store is None or not store.can_encode:
        return
    waiting = select(Video).where(Video.file_key.is_not(None), _lacks_some())
    video = uow.session.scalar(waiting.order_by(Video.changed_at.desc()).limit(1))
    if video is None or video.file_key is None:
        return
    video_id, key, mime, is_endless = video.id, video.file_key, video.mime, video.seconds is None
    span, recipes = span_of(video), _lacking(uow, video)
    uow.session.rollback()  # it takes minutes, in which nothing may be held
    whole = _Made(None, 0)
    if mime == WHOLE_WEBM.mime and is_endless:
        whole = _make(store, slug_of(uow), key, mime, WHOLE_WEBM)
    source = whole.key or key
    files = {
        kind: _make(store, slug_of(uow), source, mime, recipe) for kind, recipe in recipes.items()
    }
    video = video_of(uow, video_id, to_change=True)
    if video.file_key != key or span_of(video) != span:
        return  # it is another one meanwhile: its turn comes, what was made waits for the sweep
    if whole.key:
        told = store.read_video(slug_of(uow), whole.key)
        video.file_key, video.size, video.seconds = whole.key, whole.size, told.seconds
    _keep(uow, video_id, source, files)
    uow.emit(VideoConverted(subject_id=video_id, title=video.title))


def _lacks_some() -> ColumnElement[bool]:
    """Of a kind that each video has, or of its span, nothing was tried for the present file."""

    def lacks(kind: str) -> ColumnElement[bool]:
        made_of = VideoRendition.source_key == Video.file_key
        return ~exists().where(
            VideoRendition.video_id == Video.id, VideoRendition.kind == kind, made_of
        )

    return or_(*map(lacks, RECIPES), Video.cut_until.is_not(None) & lacks(CUT))


def _lacking(uow: UnitOfWork, video: Video) -> dict[str, Recipe]:
    known, span = renditions_of(uow, video), span_of(video)
    wanted = RECIPES | ({CUT: cut_out(*span)} if span else {})
    return {kind: recipe for kind, recipe in wanted.items() if kind not in known}


def _keep(uow: UnitOfWork, video_id: UUID, source: UUID, files: Mapping[str, _Made]) -> None:
    """Beside those of the same file, instead of those of the file before."""
    old = VideoRendition.source_key != source
    uow.session.execute(delete(VideoRendition).where(VideoRendition.video_id == video_id, old))
    for kind, (key, size) in files.items():
        made_of = {"video_id": video_id, "kind": kind, "source_key": source}
        about = {"mime": RECIPES.get(kind, MIDDLE).mime, "size": size, "made_at": uow.now}
        uow.session.add(VideoRendition(**made_of, file_key=key, **about))


def _make(store: MediaStore, slug: str, source: UUID, mime: str, recipe: Recipe) -> _Made:
    target = uuid4()
    try:
        return _Made(target, store.encode(slug, source, mime, target, recipe))
    except EncodingFailed as failure:
        logger.warning("no %s could be made of %s: %s", recipe.mime, source, failure)
        return _Made(None, 0)
