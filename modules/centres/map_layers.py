"""Map layer of centres: at their doors; who has no point stands at its settlement."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, case, func, literal
from sqlalchemy.dialects.postgresql import array

from obshto.modules.centres.models import Centre
from obshto.modules.centres.services.kinds import CENTRE, KINDS
from obshto.modules.centres.services.queries import published
from obshto.platform.maps.layers import MapLayer, point_columns
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def _points(uow: UnitOfWork, language: str) -> Select[Any]:
    """Whoever looks for computers for visitors (a tag of places) finds digital centres, too."""
    name = Centre.translations[language]["name"].astext
    computers = case((Centre.kind == CENTRE, array([literal("computers")])), else_=None)
    return published().with_only_columns(
        *point_columns(
            thing=Centre.id,
            kind=Centre.kind,
            title=func.coalesce(name, Centre.name),
            language=case((name.is_not(None), language), else_=SOURCE),
            ekatte=Centre.ekatte,
            latitude=Centre.latitude,
            longitude=Centre.longitude,
            detail=Centre.address,
            tags=func.array_cat(Centre.features, computers),
        )
    )


MAP_LAYERS = (
    MapLayer(
        word="centres",
        title=_("Центрове и приемни"),
        path="/centres/{id}",
        points=_points,
        kinds=KINDS,
        icon="user",
        icons={CENTRE: "computer"},
    ),
)
