"""Where a poll stands, who may answer, what kinds of questions there are."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.polls.models import Poll


class State(StrEnum):
    """Follows from the row and the clock alone."""

    DRAFT = "draft"
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Who(StrEnum):
    """Who may answer."""

    ANYONE = "anyone"
    SIGNED_IN = "signed-in"


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    SEVERAL = "several"
    SCALE = "scale"
    TEXT = "text"


WHO: dict[Who, LazyString] = {
    Who.ANYONE: _("Всеки, по веднъж от едно устройство"),
    Who.SIGNED_IN: _("Само който влезе в профила си"),
}
KINDS: dict[Kind, LazyString] = {
    Kind.SINGLE: _("Един отговор от списък"),
    Kind.SEVERAL: _("Един или няколко отговора от списък"),
    Kind.SCALE: _("Оценка от 1 до 5"),
    Kind.TEXT: _("Свободен текст"),
}
SCALE = ("1", "2", "3", "4", "5")


def state_of(poll: Poll, now: datetime) -> State:
    """At this moment: a poll is open from its beginning on, closed from its end on."""
    if poll.published_at is None:
        return State.DRAFT
    if now >= poll.closes_at:
        return State.CLOSED
    if poll.opens_at and now < poll.opens_at:
        return State.PLANNED
    return State.OPEN
