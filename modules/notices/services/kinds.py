"""Of what kind a notice is, in which state."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.notices.models import Notice


class Kind(StrEnum):
    """What a notice is about; whoever follows a kind hears of every notice of it."""

    WATER = "water"
    POWER = "power"
    ROAD = "road"
    CLOSURE = "closure"
    WASTE = "waste"
    PENALTY = "penalty"
    OTHER = "other"


KINDS: dict[str, LazyString] = {
    Kind.WATER: _("Вода"),
    Kind.POWER: _("Ток"),
    Kind.ROAD: _("Пътища и движение"),
    Kind.CLOSURE: _("Затворено или в друго време"),
    Kind.WASTE: _("Сметосъбиране"),
    Kind.PENALTY: _("Забрани и глоби в сила"),
    Kind.OTHER: _("Друго"),
}


def topic_of(kind: str) -> str:
    """The word by which people follow notices of a kind."""
    return f"notices:{kind}"


class State(StrEnum):
    """Where a notice is on its way."""

    DRAFT = "draft"
    COMING = "coming"
    IN_FORCE = "in force"
    OVER = "over"
    WITHDRAWN = "withdrawn"


def state_of(notice: Notice, now: datetime) -> State:
    """The state at this moment: a notice expires by itself."""
    if notice.published_at is None:
        return State.DRAFT
    if notice.withdrawn_at:
        return State.WITHDRAWN
    if notice.ends_at <= now:
        return State.OVER
    return State.COMING if notice.starts_at > now else State.IN_FORCE
