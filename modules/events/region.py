"""The calendar of the region: what is on in all municipalities that have events switched on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext

from obshto.modules.events.models import RegionalEvent
from obshto.modules.events.services.calendar_file import entry_of
from obshto.modules.events.services.occurrences import agenda, by_day
from obshto.modules.events.services.regional import regional_events
from obshto.modules.events.services.subjects import SUBJECTS
from obshto.platform.calendar.day_spans import AHEAD, span_asked
from obshto.platform.calendar.icalendar_writer import CalendarEntry, write_calendar
from obshto.platform.calendar.recurrence import midnight
from obshto.platform.clock import day_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import SIZE, Page, page_number
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import municipalities

region = Blueprint("events_region", __name__)
SLUG = "events"
IN_FEED_BEFORE = timedelta(days=31)
Homes = dict[str, tuple[str, str]]


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes = current_uow(), _homes()
    span = span_asked(request.args, day_of(uow.now))
    begin, end = midnight(span.first), midnight(span.last + timedelta(days=1))
    chosen = _chosen(homes)
    found = agenda(regional_events(uow, begin, end, among=homes, **chosen), begin, end)
    number = min(page_number(), max(1, -(-len(found) // SIZE)))
    page = Page(found[(number - 1) * SIZE : number * SIZE], number, len(found))
    shown = {
        "page": page,
        "days": by_day(page.rows, span.first),
        "span": span,
        "today": day_of(uow.now),
        "homes": homes,
        "subjects": SUBJECTS,
    }
    return render_template("events/region.html", **shown, **chosen)


@region.get("/calendar.ics")
@open_to_all
def calendar() -> Response:
    uow, homes, language = current_uow(), _homes(), current_language()
    begin, end = uow.now - IN_FEED_BEFORE, uow.now + AHEAD
    rows = regional_events(uow, begin, end, among=homes, **_chosen(homes))
    prefix = "" if language == SOURCE else f"/{language}"
    entries = [_entry(row, homes[row.municipality], language, prefix) for row in rows]
    name = gettext("Събития в област Видин")
    told = write_calendar(name, entries, language=language, url=request.url)
    return Response(told, content_type="text/calendar; charset=utf-8")


def _entry(row: RegionalEvent, home: tuple[str, str], language: str, prefix: str) -> CalendarEntry:
    words: dict[str, Any] = row.words.get(language) or row.words[SOURCE]
    place = row.place.get(language) or row.place.get(SOURCE, "")
    return entry_of(
        row,
        uid=row.event_id,
        changed_at=row.changed_at,
        title=words["title"],
        text=words["summary"],
        place=", ".join(filter(None, (place, home[0]))),
        url=f"{home[1]}{prefix}{row.path}",
    )


def _chosen(homes: Homes) -> dict[str, str]:
    asked, subject = request.args.get("municipality", ""), request.args.get("subject", "")
    return {
        "municipality": asked if asked in homes else "",
        "subject": subject if subject in SUBJECTS else "",
    }


def _homes() -> Homes:
    """Name and address of each municipality that has events switched on."""
    language, base = current_language(), current_app.config["SERVER_NAME"]
    scheme = current_app.config["PREFERRED_URL_SCHEME"]
    return {
        tenant.slug: (
            tenant.names.get(language) or tenant.names[SOURCE],
            f"{scheme}://{tenant.slug}.{base}",
        )
        for tenant in municipalities()
        if SLUG in tenant.modules
    }
