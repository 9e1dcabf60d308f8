"""Map layer of events: those to come that have a place."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, and_, case, cast, func, or_
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.orm import aliased

from obshto.modules.events.models import Event
from obshto.modules.events.services.queries import public
from obshto.modules.events.services.subjects import SUBJECTS
from obshto.platform.clock import day_of
from obshto.platform.maps.layers import MapLayer, point_columns
from obshto.platform.unit_of_work import UnitOfWork


def _points(uow: UnitOfWork, language: str) -> Select[Any]:
    """What repeats is told without a moment: its page says when it is next.

    Who set out for what is called off would stand before a locked door: it stays, and says so.
    """
    words = aliased(Event)
    is_own = and_(
        words.translation_of == Event.id, words.language == language, words.deleted_at.is_(None)
    )
    coming = public(uow).where(
        or_(Event.last_at.is_(None), Event.last_at > uow.now),
        or_(Event.settlement != "", Event.latitude.is_not(None)),
    )
    return coming.outerjoin(words, is_own).with_only_columns(
        *point_columns(
            thing=Event.id,
            kind=Event.subject,
            title=func.coalesce(words.title, Event.title),
            language=func.coalesce(words.language, Event.language),
            ekatte=Event.settlement,
            latitude=Event.latitude,
            longitude=Event.longitude,
            detail=Event.address,
            at=case((Event.starts_at > uow.now, Event.starts_at), else_=None),
            state=_state(uow),
        )
    )


def _state(uow: UnitOfWork) -> ColumnElement[Any]:
    """Of all its days, else that some day to come is otherwise."""
    today = func.jsonb_build_object("today", day_of(uow.now).isoformat())
    later = cast("$[*] ? (@.on >= $today)", JSONPATH)
    return case(
        (Event.cancelled_at.is_not(None), "cancelled"),
        (Event.moved_from.is_not(None), "moved"),
        (func.jsonb_path_exists(Event.changes, later, today), "changed"),
        else_="",
    )


MAP_LAYERS = (
    MapLayer(
        word="events",
        title=_("Събития"),
        path="/events/{id}",
        points=_points,
        kinds=SUBJECTS,
        icon="calendar",
    ),
)
