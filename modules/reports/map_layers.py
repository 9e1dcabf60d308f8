"""Map layer of public reports: each at its village, never at its point."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.kinds import KINDS
from obshto.modules.reports.services.queries import public
from obshto.platform.maps.layers import MapLayer, point_columns
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def _points(uow: UnitOfWork, language: str) -> Select[Any]:
    """Open ones. The point stays inside: by it one would know the house of who told of a lamp."""
    return public(state="open").with_only_columns(
        *point_columns(
            thing=Report.id,
            kind=Report.kind,
            title="",
            language=SOURCE,
            ekatte=Report.settlement,
            detail=Report.public_words,
        )
    )


MAP_LAYERS = (
    MapLayer(
        word="reports",
        title=_("Сигнали за нередности"),
        path="/reports/{id}",
        points=_points,
        kinds={word: kind.title for word, kind in KINDS.items()},
        icon="alert",
        icons={word: kind.icon for word, kind in KINDS.items()},
    ),
)
