"""Home block and line of today."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext

from obshto.modules.events.models import Event
from obshto.modules.events.services import queries
from obshto.modules.events.services.event_text import marked_as
from obshto.modules.events.services.occurrences import Occurrence, State, agenda
from obshto.modules.events.services.regional import regional_events
from obshto.modules.events.settings import EventsSettings
from obshto.platform.calendar.recurrence import midnight
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.modularity.manifest import HomeBlock, Today
from obshto.platform.modularity.shared_blocks import shared_block
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.request_uow import read_once
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import homes_with

AHEAD, ONE_DAY = timedelta(days=60), timedelta(days=1)
MOST = 4  # of the list of the region


@shared_block
def coming(uow: UnitOfWork) -> HomeBlock | None:
    """Nothing at all where nothing is on. Four queries at most."""
    size = settings_of(uow, "events", EventsSettings).on_home
    found = _agenda(uow, uow.now + AHEAD)[:size]
    if not found:
        return None
    context = {
        "found": found,
        "today": day_of(uow.now),
        "names": queries.settlements_here(uow),
        "translated": queries.translations(uow, [one.event for one in found], current_language()),
    }
    return HomeBlock(template="events/home.html", context=context, weight=15, is_aside=True)


def coming_in_region(uow: UnitOfWork) -> HomeBlock | None:
    """What is on next, of all municipalities. Two queries."""
    homes, end = homes_with("events"), uow.now + AHEAD
    found = agenda(regional_events(uow, uow.now, end, among=homes), uow.now, end)[:MOST]
    if not found:
        return None
    context = {"found": found, "homes": homes}
    return HomeBlock(template="events/region_home.html", context=context, weight=20)


def today(uow: UnitOfWork) -> Today | None:
    """The first of what is on today and not over. One query, or none; one for a translation."""
    day = day_of(uow.now)
    end = midnight(day + ONE_DAY)
    found = _agenda(uow, end)
    one = next((one for one in found if one.state is not State.CANCELLED), None)
    if one is None:
        return None
    begins = day_of(one.starts_at) == day and not one.event.is_all_day
    when = gettext("Днес в %(time)s", time=clock(one.starts_at)) if begins else gettext("Днес")
    language = current_language()
    translated = queries.translations(uow, [one.event], language).get(one.event.id)
    return Today(
        title=str(when),
        text=marked_as(one.state, translated.title if translated else one.event.title),
        language=language if translated else SOURCE,
        path=url_for("events_citizen.show", event_id=one.event.id),
        weight=30,
    )


def _agenda(uow: UnitOfWork, end: datetime) -> list[Occurrence[Event]]:
    """What is on until then. It holds until one of it is over, an event is shown or hidden by the
    clock, or the day ends: whichever is first.
    """
    events, turn = read_once("events.on_home", lambda: _on_home(uow))
    found = agenda(events, uow.now, end)
    keep_until(turn)
    keep_until(next_midnight(uow.now))
    keep_until(min((one.ends_at for one in found if one.ends_at > uow.now), default=None))
    return found


def _on_home(uow: UnitOfWork) -> tuple[list[Event], datetime | None]:
    ahead = uow.now + AHEAD
    return queries.events_between(uow, uow.now, ahead), queries.next_turn(uow)
