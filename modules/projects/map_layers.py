"""Map layer of projects that have a place."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, and_, func, or_
from sqlalchemy.orm import aliased

from obshto.modules.projects.models import Project
from obshto.modules.projects.services.queries import public
from obshto.modules.projects.services.vocabulary import SUBJECTS
from obshto.platform.maps.layers import MapLayer, point_columns
from obshto.platform.unit_of_work import UnitOfWork


def _points(uow: UnitOfWork, language: str) -> Select[Any]:
    words = aliased(Project)
    is_own = and_(
        words.translation_of == Project.id, words.language == language, words.deleted_at.is_(None)
    )
    placed = public(uow).where(or_(Project.ekatte != "", Project.latitude.is_not(None)))
    return placed.outerjoin(words, is_own).with_only_columns(
        *point_columns(
            thing=Project.id,
            kind=Project.subject,
            title=func.coalesce(words.title, Project.title),
            language=func.coalesce(words.language, Project.language),
            ekatte=Project.ekatte,
            latitude=Project.latitude,
            longitude=Project.longitude,
            detail=Project.address,
        )
    )


MAP_LAYERS = (
    MapLayer(
        word="projects",
        title=_("Проекти"),
        path="/projects/{id}",
        points=_points,
        kinds=SUBJECTS,
        icon="works",
    ),
)
