"""Renditions: a small picture and the sound alone of each video, made by a job where ffmpeg is.

A recording that came without its length is first written anew, so that it can be wound forward.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, exists, select

from obshto.modules.videos.models import Video, VideoRendition
from obshto.modules.videos.services.uploads import slug_of
from obshto.modules.videos.services.videos import video_of
from obshto.platform.storage.encoder import SMALL, SOUND, WHOLE_WEBM, EncodingFailed, Recipe
from obshto.platform.storage.media import MediaStore, media_store
from obshto.platform.unit_of_work import UnitOfWork

RECIPES = {"small": SMALL, "sound": SOUND}
RENDITION_WORDS = {"small": _("По-малка картина"), "sound": _("Само звук")}
logger = logging.getLogger(__name__)


class _Made(NamedTuple):
    """Key and bytes of a new file; no key where it could not be made."""

    key: UUID | None
    size: int


def renditions_of(uow: UnitOfWork, video: Video) -> dict[str, VideoRendition]:
    """Those of its present file by kind, small first; of these that could not be made, too."""
    rows = select(VideoRendition).filter_by(video_id=video.id, source_key=video.file_key)
    found = {row.kind: row for row in uow.session.scalars(rows)}
    return {kind: found[kind] for kind in RECIPES if kind in found}


def shown_renditions(uow: UnitOfWork, video: Video) -> dict[str, VideoRendition]:
    """Those that people can choose: they exist, and spare at least a tenth. None without a file."""
    if video.file_key is None:
        return {}
    found = renditions_of(uow, video).items()
    return {kind: row for kind, row in found if row.file_key and row.size < 0.9 * video.size}


def make_renditions(uow: UnitOfWork) -> None:
    """Job: the renditions of one video, the latest first, outside of any transaction."""
    store = media_store()
    if store is None or not store.can_encode:
        return
    made = exists().where(
        VideoRendition.video_id == Video.id, VideoRendition.source_key == Video.file_key
    )
    waiting = select(Video).where(Video.file_key.is_not(None), ~made)
    video = uow.session.scalar(waiting.order_by(Video.changed_at.desc()).limit(1))
    if video is None or video.file_key is None:
        return
    video_id, key, mime, is_endless = video.id, video.file_key, video.mime, video.seconds is None
    uow.session.rollback()  # it takes minutes, in which nothing may be held
    whole = _Made(None, 0)
    if mime == WHOLE_WEBM.mime and is_endless:
        whole = _make(store, slug_of(uow), key, mime, WHOLE_WEBM)
    source = whole.key or key
    files = {
        kind: _make(store, slug_of(uow), source, mime, recipe) for kind, recipe in RECIPES.items()
    }
    video = video_of(uow, video_id, to_change=True)
    if video.file_key != key:
        return  # another file came meanwhile: its turn comes, what was made waits for the sweep
    if whole.key:
        told = store.read_video(slug_of(uow), whole.key)
        video.file_key, video.size, video.seconds = whole.key, whole.size, told.seconds
    _keep(uow, video_id, source, files)


def _keep(uow: UnitOfWork, video_id: UUID, source: UUID, files: Mapping[str, _Made]) -> None:
    """Instead of those of the file before."""
    uow.session.execute(delete(VideoRendition).filter_by(video_id=video_id))
    for kind, (key, size) in files.items():
        made_of = {"video_id": video_id, "kind": kind, "source_key": source}
        about = {"mime": RECIPES[kind].mime, "size": size, "made_at": uow.now}
        uow.session.add(VideoRendition(**made_of, file_key=key, **about))


def _make(store: MediaStore, slug: str, source: UUID, mime: str, recipe: Recipe) -> _Made:
    target = uuid4()
    try:
        return _Made(target, store.encode(slug, source, mime, target, recipe))
    except EncodingFailed as failure:
        logger.warning("no %s could be made of %s: %s", recipe.mime, source, failure)
        return _Made(None, 0)
