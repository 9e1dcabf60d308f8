"""Words that every page of mandates needs: states, endings, what acts and events are called."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString

from obshto.modules.mandates.models import Mandate
from obshto.modules.mandates.services.kinds import COLOURS, ENDINGS, STATES
from obshto.platform.modularity.registry import current_registry


def act_labels() -> dict[str, LazyString]:
    """Acts of every part, switched on or not: a journal outlives a switch."""
    parts = current_registry().parts.values()
    return {act.word: act.label for part in parts for act in part.delegable}


def labels_of(row: Mandate) -> list[str]:
    """The acts of a mandate as people say them; one whose part is gone is left out."""
    labels = act_labels()
    return [str(labels[word]) for word in row.acts if word in labels]


def words() -> dict[str, Any]:
    """What every page needs to say things."""
    return {
        "states": STATES,
        "colours": COLOURS,
        "endings": ENDINGS,
        "labels_of": labels_of,
        "act_labels": act_labels(),
        "event_labels": {fact.name: fact.label for fact in current_registry().facts()},
    }
