"""States of a consultation: they follow from its row and the clock alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.consultations.models import Consultation


class ConsultationState(StrEnum):
    """Where a consultation stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"


STATES: Mapping[str, LazyString] = {
    ConsultationState.DRAFT: _("Чернова"),
    ConsultationState.OPEN: _("Отворена"),
    ConsultationState.CLOSED: _("Приключила, чака отговори"),
    ConsultationState.DECIDED: _("С публикуван резултат"),
}
COLOURS = {
    ConsultationState.DRAFT: "grey",
    ConsultationState.OPEN: "green",
    ConsultationState.CLOSED: "yellow",
    ConsultationState.DECIDED: "blue",
}
SUPPORT, CHANGE, REFUSE = "support", "change", "refuse"
STANCES: Mapping[str, LazyString] = {
    SUPPORT: _("Така е добре"),
    CHANGE: _("Да се промени"),
    REFUSE: _("Да отпадне"),
}
CHANGED, MOVED, MERGED = "changed", "moved", "merged"
SPLIT, NEW, DROPPED = "split", "new", "dropped"
CHANGES: Mapping[str, LazyString] = {
    CHANGED: _("Променен"),
    MOVED: _("Преместен"),
    MERGED: _("Слят"),
    SPLIT: _("Отделен"),
    NEW: _("Нов"),
    DROPPED: _("Отпада"),
}
ACCEPTED, PARTLY, REFUSED = "accepted", "partly", "refused"
OUTCOMES: Mapping[str, LazyString] = {
    ACCEPTED: _("Приема се"),
    PARTLY: _("Приема се отчасти"),
    REFUSED: _("Не се приема"),
}
OUTCOME_COLOURS = {ACCEPTED: "green", PARTLY: "yellow", REFUSED: "grey"}


def state_of(consultation: Consultation, now: datetime) -> ConsultationState:
    """At this moment."""
    if consultation.published_at is None or consultation.closes_at is None:
        return ConsultationState.DRAFT
    if consultation.outcome_at:
        return ConsultationState.DECIDED
    return ConsultationState.OPEN if now < consultation.closes_at else ConsultationState.CLOSED
