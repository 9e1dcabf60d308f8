"""Map layers: the things of a component that have a place, as columns of a UNION ALL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, DateTime, Float, Select, Text, Uuid, cast, null
from sqlalchemy.dialects.postgresql import ARRAY, array

# What became of a thing, as the map and its list say it; what is as planned says nothing.
STATES: Mapping[str, LazyString] = {
    "cancelled": _("Отменено"),
    "moved": _("Преместено"),
    "changed": _("Някои дни са отменени или преместени"),
}

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLayer:
    """One kind of things on the map of the municipality.

    `points(uow, language)` selects `point_columns` of what everybody may see at this moment: what
    must not be found by its point (a report) has none and stands at its village. `kinds` and
    `tags` are the words of those columns for people; `path` is the page of one, below the host,
    with „{id}“ in it; `icon` a name of `ui/icon.html`, `icons` those of kinds that have their own.
    """

    word: str
    title: LazyString
    path: str
    points: Callable[[UnitOfWork, str], Select[Any]]
    kinds: Mapping[str, LazyString] = field(default_factory=dict)
    icon: str = "pin"
    icons: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, LazyString] = field(default_factory=dict)


def point_columns(
    *,
    thing: Any,
    kind: Any,
    title: Any,
    language: Any,
    ekatte: Any,
    latitude: Any = None,
    longitude: Any = None,
    detail: Any = "",
    at: Any = None,
    state: Any = "",
    tags: Any = None,
) -> tuple[ColumnElement[Any], ...]:
    """The columns of a layer, in the order and of the types that each has.

    An empty `title` is for what is called by its kind. `language` is that of the title; `detail`, a
    line below it, is Bulgarian; `at` is a moment to come, `state` a word of `STATES` or empty.
    Degrees are WGS 84.
    """
    kept = tags if tags is not None else cast(array([], type_=Text), ARRAY(Text))
    return (
        cast(thing, Uuid).label("thing"),
        cast(kind, Text).label("kind"),
        cast(title, Text).label("title"),
        cast(language, Text).label("language"),
        cast(ekatte, Text).label("ekatte"),
        cast(null() if latitude is None else latitude, Float).label("latitude"),
        cast(null() if longitude is None else longitude, Float).label("longitude"),
        cast(detail, Text).label("detail"),
        cast(null() if at is None else at, DateTime(timezone=True)).label("at"),
        cast(state, Text).label("state"),
        cast(kept, ARRAY(Text)).label("tags"),
    )
