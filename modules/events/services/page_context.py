"""Template context of the pages of events."""

from __future__ import annotations

from typing import Any

from obshto.modules.events.models import Event
from obshto.modules.events.services import queries
from obshto.modules.events.services.kind import KIND
from obshto.modules.events.services.occurrences import next_of
from obshto.modules.events.services.subjects import REPEATS, SUBJECTS
from obshto.modules.events.settings import EventsSettings
from obshto.platform.clock import day_of
from obshto.platform.content.wheelchair import ACCESS
from obshto.platform.editorial.attachments import files_on, leads_of
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language


def about(uow: UnitOfWork, events: list[Event], names: queries.Names) -> dict[str, Any]:
    """Translations into the page's language, words, names of settlements."""
    return {
        "translated": queries.translations(uow, events, current_language()),
        "names": names,
        "subjects": SUBJECTS,
        "accesses": ACCESS,
        "repetitions": REPEATS,
        "suggests": settings_of(uow, "events", EventsSettings).takes_suggestions,
    }


def page_of(uow: UnitOfWork, event: Event) -> dict[str, Any]:
    """Everything that the page of one event shows, to citizens and in a preview."""
    told = about(uow, [event], queries.settlements_here(uow))
    return {
        "event": event,
        "shown": told["translated"].get(event.id, event),
        "coming": next_of(event, uow.now),
        "kind": KIND,
        "lead": leads_of(uow, KIND, [event.id]).get(event.id),
        "files": files_on(uow, KIND, event),
        "today": day_of(uow.now),
        **told,
    }
