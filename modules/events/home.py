"""Home block and line of today."""

from __future__ import annotations

from datetime import timedelta

from flask import url_for
from flask_babel import gettext

from obshto.modules.events.services import queries
from obshto.modules.events.services.occurrences import State, agenda
from obshto.modules.events.settings import EventsSettings
from obshto.platform.calendar.recurrence import midnight
from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import HomeBlock, Today
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock
from obshto.platform.web.language import SOURCE, current_language

AHEAD, ONE_DAY = timedelta(days=60), timedelta(days=1)


def coming(uow: UnitOfWork) -> HomeBlock | None:
    """Nothing at all where nothing is on. Four queries at most."""
    size = settings_of(uow, "events", EventsSettings).on_home
    events = queries.events_between(uow, uow.now, uow.now + AHEAD)
    found = agenda(events, uow.now, uow.now + AHEAD)[:size]
    if not found:
        return None
    context = {
        "found": found,
        "today": day_of(uow.now),
        "names": queries.settlements_here(uow),
        "translated": queries.translations(uow, [one.event for one in found], current_language()),
    }
    return HomeBlock(template="events/home.html", context=context, weight=15, is_aside=True)


def today(uow: UnitOfWork) -> Today | None:
    """The first of what is on today and not over. One query; one more for a translation."""
    day = day_of(uow.now)
    end = midnight(day + ONE_DAY)
    found = agenda(queries.events_between(uow, uow.now, end), uow.now, end)
    one = next((one for one in found if one.state is not State.CANCELLED), None)
    if one is None:
        return None
    begins = day_of(one.starts_at) == day and not one.event.is_all_day
    when = gettext("Днес в %(time)s", time=clock(one.starts_at)) if begins else gettext("Днес")
    language = current_language()
    translated = queries.translations(uow, [one.event], language).get(one.event.id)
    return Today(
        title=str(when),
        text=translated.title if translated else one.event.title,
        language=language if translated else SOURCE,
        path=url_for("events_citizen.show", event_id=one.event.id),
        weight=30,
    )
