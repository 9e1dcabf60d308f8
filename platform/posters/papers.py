"""How any published thing reads on paper: as its part says, else as the search has it."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select

from obshto.platform.modularity.manifest import ModuleManifest, Paper
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.search.models import SearchEntry
from obshto.platform.search.services import standing
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.platform.web.language import speaking


def paper_of(uow: UnitOfWork, part: str, object_id: UUID, language: str) -> Paper | None:
    """In that language, else in Bulgarian; None where it does not stand here now."""
    known = {here.slug: here for here in components_here()}
    if part not in known:
        return None
    with speaking(language):
        if own := known[part].paper:
            return own(uow, object_id)
        return _as_found(uow, part, object_id, language)


def title_of(part: str) -> str:
    """„Новини“: what things of a part are called together."""
    found = current_registry().parts[part]
    return str(found.title) if isinstance(found, ModuleManifest) else ""


def _as_found(uow: UnitOfWork, part: str, object_id: UUID, language: str) -> Paper | None:
    entry = entry_of(uow, part, object_id, language)
    if entry is None:
        return None
    facts = [(gettext("Къде"), entry.place)] if entry.place else []
    facts += [(gettext("До кога"), moment(entry.until))] if entry.until else []
    text = entry.text.removeprefix(entry.title).strip()
    return Paper(
        kind=title_of(part),
        title=entry.title,
        facts=tuple(facts),
        text=(text,) if text else (),
        path=entry.path,
        language=entry.language,
    )


def entry_of(uow: UnitOfWork, part: str, object_id: UUID, language: str) -> SearchEntry | None:
    """How the search has it now; what is over may stand there and have no paper any more."""
    if part not in {here.slug for here in components_here()}:
        return None
    rows = standing(SearchEntry, language, uow.now).filter_by(part=part, object_id=object_id)
    return uow.session.scalar(rows)


def languages_of(uow: UnitOfWork, part: str, object_id: UUID) -> set[str]:
    """In which languages the search has it."""
    rows = select(SearchEntry.language).filter_by(part=part, object_id=object_id)
    return set(uow.session.scalars(rows))
