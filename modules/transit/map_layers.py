"""Map layer of transit: the stops of published timetables."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select

from obshto.modules.transit.models import Stop
from obshto.modules.transit.services.queries import served_stops
from obshto.platform.maps.layers import MapLayer, point_columns
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def _points(uow: UnitOfWork, language: str) -> Select[Any]:
    return served_stops().with_only_columns(
        *point_columns(
            thing=Stop.id,
            kind="stop",
            title=Stop.name,
            language=SOURCE,
            ekatte=Stop.settlement,
            latitude=Stop.latitude,
            longitude=Stop.longitude,
        )
    )


MAP_LAYERS = (
    MapLayer(
        word="transit",
        title=_("Автобусни спирки"),
        path="/transit/stops/{id}",
        points=_points,
        kinds={"stop": _("Автобусна спирка")},
        icon="bus",
    ),
)
