"""Template context of the pages of events."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from obshto.modules.events.models import Event
from obshto.modules.events.services import queries
from obshto.modules.events.services.kind import KIND
from obshto.modules.events.services.occurrences import Occurrence, State, next_of
from obshto.modules.events.services.subjects import REPEATS, SUBJECTS
from obshto.modules.events.settings import EventsSettings
from obshto.platform.bus_trips import Visit, bus_trips
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.content.wheelchair import ACCESS
from obshto.platform.editorial.attachments import files_on, leads_of
from obshto.platform.maps.chart import MapOfAll
from obshto.platform.modularity.ports import port_here
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language

WHOLE = timedelta(hours=2)  # of an event of several days


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


def ways_of(uow: UnitOfWork, event: Event, origin: str) -> dict[str, Any]:
    """How one comes to its next time: the buses there and back, the map of everything."""
    coming = [one for one in next_of(event, uow.now, 1) if one.starts_at > uow.now]
    visits = [] if event.cancelled_at else [visit_of(one) for one in coming]
    chart = port_here(MapOfAll)
    point = None
    if event.latitude is not None and event.longitude is not None:
        point = (event.latitude, event.longitude)
    told: dict[str, Any] = {"language": current_language(), "point": point}
    return {
        "buses": bus_trips(uow, event.settlement, visits, origin, **told),
        "on_map": chart.path(layer="events", ekatte=event.settlement, point=point)
        if chart and coming and (point or event.settlement) and not event.cancelled_at
        else "",
    }


def visit_of(one: Occurrence[Event]) -> Visit:
    """When a visitor is there: all of an evening; of a whole day an hour at noon, of several days
    the first two hours.
    """
    if one.event.is_all_day and one.state != State.MOVED:
        noon = datetime.combine(day_of(one.starts_at), time(12), SOFIA)
        return noon, noon + timedelta(hours=1)
    return one.starts_at, min(one.ends_at, one.starts_at + WHOLE) if one.is_of_days else one.ends_at
