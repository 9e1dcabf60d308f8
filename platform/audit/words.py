"""How entries of the log read: what each act is called, why it was, what it was about."""

from __future__ import annotations

from typing import Any

from obshto.platform.modularity.registry import current_registry
from obshto.platform.permissions import Role


def words_of_the_log() -> dict[str, Any]:
    """What the templates need of the facts of every part."""
    registry = current_registry()
    facts = registry.facts()
    return {
        "labels": {fact.name: fact.label for fact in facts},
        "reasons": {fact.name: fact.reasons for fact in facts},
        "titles": {part.slug: part.title for part in registry.modules()},
        "roles": {role.value: role.label for role in Role},
    }
