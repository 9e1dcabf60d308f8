"""How entries of the log read: what each act is called, why it was, what it was about."""

from __future__ import annotations

from functools import partial
from typing import Any

from obshto.platform.audit.models import AuditEntry, RegionalEntry
from obshto.platform.modularity.registry import current_registry
from obshto.platform.permissions import Role


def words_of_the_log() -> dict[str, Any]:
    """What the templates need of the facts of every part."""
    registry = current_registry()
    facts = registry.facts()
    words: dict[str, Any] = {
        "labels": {fact.name: fact.label for fact in facts},
        "reasons": {fact.name: fact.reasons for fact in facts},
        "titles": {part.slug: part.title for part in registry.modules()},
        "roles": {role.value: role.label for role in Role},
    }
    return {**words, "said": partial(_said, words)}


def _said(words: dict[str, Any], entry: AuditEntry | RegionalEntry) -> tuple[str, bool]:
    """What an act was about; whether it stands as it was written, in Bulgarian."""
    told = entry.detail
    if own := told.get("title") or told.get("reason") or told.get("number") or told.get("said"):
        return str(own), True
    if told.get("role") in words["roles"]:
        return str(words["roles"][told["role"]]), False
    if part := told.get("module") or told.get("part"):
        return str(words["titles"].get(part, "")), False
    return str((words["reasons"].get(entry.act) or {}).get(told.get("why"), "")), False
