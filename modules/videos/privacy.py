"""Personal data of videos: which ones somebody described, which upload is under way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.videos.models import Video, VideoUpload
from obshto.modules.videos.services.retention import forget_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Descriptions and uploads of one of the staff."""
    own = select(Video).where(Video.author_id == person_id).order_by(Video.id)
    running = select(VideoUpload).where(VideoUpload.person_id == person_id)
    return {
        "videos": [
            {"title": video.title, "recorded_on": video.recorded_on.isoformat()}
            for video in uow.session.scalars(own)
        ],
        "uploads": [
            {"file": upload.name, "size": upload.size, "last_at": upload.last_at.isoformat()}
            for upload in uow.session.scalars(running.order_by(VideoUpload.id))
        ],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Videos stay the municipality's; nobody is named beside them."""
    forget_person(uow, person_id)
