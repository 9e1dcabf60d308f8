"""Names and pages of moderated things for a list of decisions: one query for each part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from obshto.platform.moderation.models import ModerationDecision
from obshto.platform.moderation.port import ModeratedPart, ModeratedThing
from obshto.platform.unit_of_work import UnitOfWork


def page_context(
    uow: UnitOfWork, rows: Sequence[ModerationDecision], parts: Mapping[str, ModeratedPart]
) -> dict[str, Any]:
    """What the templates ask: things by object, rules by part and word."""
    things: dict[UUID, ModeratedThing] = {}
    for slug, part in parts.items():
        ids = [row.object_id for row in rows if row.part == slug]
        things |= part.things(uow, ids) if ids else {}
    return {"things": things, "rules": {slug: part.rules for slug, part in parts.items()}}
