"""States of a consultation: they follow from its row and the clock alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.consultations.models import Consultation


class State(StrEnum):
    """Where a consultation stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"


STATES: Mapping[str, LazyString] = {
    State.DRAFT: _("Чернова"),
    State.OPEN: _("Отворена"),
    State.CLOSED: _("Приключила, чака отговори"),
    State.DECIDED: _("С публикуван резултат"),
}
COLOURS = {State.DRAFT: "grey", State.OPEN: "green", State.CLOSED: "yellow", State.DECIDED: "blue"}
ACCEPTED, PARTLY, REFUSED = "accepted", "partly", "refused"
OUTCOMES: Mapping[str, LazyString] = {
    ACCEPTED: _("Приема се"),
    PARTLY: _("Приема се отчасти"),
    REFUSED: _("Не се приема"),
}
OUTCOME_COLOURS = {ACCEPTED: "green", PARTLY: "yellow", REFUSED: "grey"}


def state_of(consultation: Consultation, now: datetime) -> State:
    """At this moment."""
    if consultation.published_at is None or consultation.closes_at is None:
        return State.DRAFT
    if consultation.outcome_at:
        return State.DECIDED
    return State.OPEN if now < consultation.closes_at else State.CLOSED
