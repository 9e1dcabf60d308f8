"""Map layer of places."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, case, func

from obshto.modules.places.models import Place
from obshto.modules.places.services.kinds import FEATURES, ICONS, KINDS
from obshto.modules.places.services.queries import published
from obshto.platform.maps.layers import MapLayer, point_columns
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def _points(uow: UnitOfWork, language: str) -> Select[Any]:
    name = Place.translations[language]["name"].astext
    return published().with_only_columns(
        *point_columns(
            thing=Place.id,
            kind=Place.kind,
            title=func.coalesce(name, Place.name),
            language=case((name.is_not(None), language), else_=SOURCE),
            ekatte=Place.ekatte,
            latitude=Place.latitude,
            longitude=Place.longitude,
            detail=Place.address,
            tags=Place.features,
        )
    )


MAP_LAYERS = (
    MapLayer(
        word="places",
        title=_("Места"),
        path="/places/{id}",
        points=_points,
        kinds={kind.value: title for kind, title in KINDS.items()},
        icons={kind.value: icon for kind, icon in ICONS.items()},
        tags={feature.value: title for feature, title in FEATURES.items()},
    ),
)
