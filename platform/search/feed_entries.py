"""What is published here and worth telling, by whichever part."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import g
from sqlalchemy import Select, select

from obshto.platform.modularity.registry import components_here, current_registry, is_on
from obshto.platform.search.models import SearchEntry
from obshto.platform.search.services import changed_things, standing
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def ask_followers(uow: UnitOfWork) -> None:
    """Closer: who follows what is published hears of it after the commit, once for each thing.

    The job reads how the thing is then, so that one which comes late tells nothing old.
    """
    followers = [
        part.follows
        for part in current_registry().parts.values()
        if part.follows and is_on(part, g.get("modules", ()))
    ]
    if not followers:
        return
    told = _told(current_registry().parts)
    for part, object_id in changed_things(uow):
        for job in followers if part in told else ():
            key = f"{job.name}:{part}:{object_id}"
            uow.defer(job.name, in_turn=key, part=part, object_id=object_id)


def told_entries(uow: UnitOfWork, *, language: str = SOURCE) -> Select[SearchEntry]:
    """What stands here now and is worth telling, the newest first, each thing once."""
    told = _told(part.slug for part in components_here())
    rows = standing(SearchEntry, language, uow.now).where(SearchEntry.part.in_(told))
    return rows.order_by(SearchEntry.published_at.desc(), SearchEntry.object_id.desc())


def entry_here(uow: UnitOfWork, part: str, object_id: UUID) -> SearchEntry | None:
    """One thing in Bulgarian, also what is to come; None where it was taken back or is over."""
    rows = select(SearchEntry).filter_by(part=part, object_id=object_id, language=SOURCE)
    return uow.session.scalar(rows)


def _told(parts: Iterable[str]) -> list[str]:
    known = current_registry().parts
    return [slug for slug in parts if (source := known[slug].search) and source.is_news]
