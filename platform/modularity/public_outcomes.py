"""Outcomes of what people said, as a component declares them for the one page of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import Boolean, DateTime, Select, Uuid, cast, false, func, select

from obshto.platform.modularity.navigation import Door, NavEntry

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork

TOLD = 600  # characters of the municipality's words that the page shows
#: Every part with outcomes has it in its menu; it stands there once.
OUTCOMES_LINE = NavEntry(
    label=_("Вие казахте, ние направихме"),
    endpoint="tenants_portal.outcomes",
    door=Door.PARTICIPATION,
    hint=_("Какво излезе от предложения, обсъждания, анкети и срещи"),
    weight=31,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicOutcomes:
    """Outcomes of one kind; `rows` is made by `outcome_rows`, and each is read at `endpoint`.

    `word` names the kind in addresses, `argument` is what the endpoint calls the id, `picture` the
    endpoint of a photo of what was done, with the same argument. Everybody reads every row.
    """

    word: str
    label: LazyString
    endpoint: str
    argument: str
    rows: Callable[[UnitOfWork], Select[Any]]
    picture: str = ""


def outcome_rows(
    *,
    id: Any,
    title: Any,
    told: Any,
    place: Any,
    at: Any,
    is_done: Any = None,
    pictured: Any = None,
) -> Select[Any]:
    """The columns that the kinds have in common.

    `title` is what people said, `told` what the municipality says of it, `place` an EKATTE code,
    empty for the whole municipality, `at` when it was told. `is_done` is true where it was carried
    out, not only decided or promised; `pictured` where there is a photo of it.
    """
    return select(
        cast(id, Uuid).label("id"),
        title.label("title"),
        func.left(told, TOLD).label("told"),
        place.label("place"),
        cast(at, DateTime(timezone=True)).label("at"),
        cast(false() if is_done is None else is_done, Boolean).label("is_done"),
        cast(false() if pictured is None else pictured, Boolean).label("pictured"),
    )
