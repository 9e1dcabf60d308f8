"""Map layer of transit: the stops of published timetables."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, Text, cast, func
from sqlalchemy.dialects.postgresql import JSONPATH

from obshto.modules.transit.models import BusLine, Stop
from obshto.modules.transit.services.queries import published, stops_here
from obshto.platform.maps.layers import MapLayer, point_columns
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def _points(uow: UnitOfWork, language: str) -> Select[Any]:
    path = cast("$.directions.*.stops[*]", JSONPATH)
    ids = func.jsonb_path_query(BusLine.shown, path)
    served = published().order_by(None).with_only_columns(ids)
    return (
        stops_here()
        .where(func.to_jsonb(cast(Stop.id, Text)).in_(served))
        .with_only_columns(
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
    )


MAP_LAYERS = (
    MapLayer(
        word="transit",
        title=_("Автобусни спирки"),
        path="/transit/stops/{id}",
        points=_points,
        kinds={"stop": _("Автобусна спирка")},
    ),
)
