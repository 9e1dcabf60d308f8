"""Console pages of what entries of the log are about.

The act „news:item.published“ is about a row of `news_item`, whose page is
„/console/news/<uuid:item_id>“. Where a part keeps to other names, nothing is linked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app, url_for
from sqlalchemy import Select, select, union_all

from obshto.platform.audit.models import AuditEntry, RegionalEntry
from obshto.platform.modularity.manifest import Component
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.permissions import Permission
from obshto.platform.unit_of_work import Principal, UnitOfWork

Noun = tuple[str, str]  # „news“, „item“


def console_pages(
    uow: UnitOfWork, entries: Sequence[AuditEntry | RegionalEntry]
) -> dict[UUID, str]:
    """Addresses by the id of the entry: of rows that stand, for whoever may open them. One query.

    Acts of the region are about no row of this municipality.
    """
    about = {e.id: (_noun(e), e.subject_id) for e in entries if isinstance(e, AuditEntry)}
    ids: dict[Noun, set[UUID]] = {}
    for noun, subject_id in about.values():
        if subject_id:
            ids.setdefault(noun, set()).add(subject_id)
    parts = {part.slug: part for part in components_here()}
    ways = {noun: way for noun in ids if (way := _endpoint(noun, parts, uow.principal))}
    asked = [rows for noun in ways if (rows := _rows(parts[noun[0]], noun, ids[noun])) is not None]
    there = set(uow.session.scalars(union_all(*asked))) if asked else set()
    return {
        entry_id: _address(ways[noun], noun, subject_id)
        for entry_id, (noun, subject_id) in about.items()
        if noun in ways and subject_id in there
    }


def _address(endpoint: str, noun: Noun, subject_id: UUID | None) -> str:
    key: dict[str, Any] = {f"{noun[1]}_id": subject_id}
    return url_for(endpoint, **key)


def _noun(entry: AuditEntry) -> Noun:
    part, _, act = entry.act.partition(":")
    return part, act.partition(".")[0]


def _endpoint(noun: Noun, parts: dict[str, Component], principal: Principal) -> str | None:
    """The view of its page, for whoever holds the permission that it asks for."""
    if noun[0] not in parts:
        return None
    path = f"/console/{noun[0]}/<uuid:{noun[1]}_id>"
    for rule in current_app.url_map.iter_rules():
        if rule.rule == path and "GET" in (rule.methods or ()):
            who = current_registry().entries[rule.endpoint].access.who
            return rule.endpoint if isinstance(who, Permission) and principal.may(who) else None
    return None


def _rows(part: Component, noun: Noun, ids: set[UUID]) -> Select[tuple[UUID]] | None:
    """Which of these stand; what is deleted has no page."""
    table = "_".join(noun)
    model = next((model for model in part.models if model.__tablename__ == table), None)
    if model is None:
        return None
    columns = model.__table__.c
    rows = select(columns.id).where(columns.id.in_(ids))
    return rows.where(columns.deleted_at.is_(None)) if "deleted_at" in columns else rows
