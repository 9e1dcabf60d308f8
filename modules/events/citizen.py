"""Public pages of events: what is on, one event, files for calendar programs, suggestions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as Redirect

from obshto.modules.events.forms import SuggestForm
from obshto.modules.events.models import Event
from obshto.modules.events.services import queries, schema_org
from obshto.modules.events.services.calendar_file import entry_of
from obshto.modules.events.services.kind import KIND
from obshto.modules.events.services.month_sheet import PAPERS, rows_of, sheet_of
from obshto.modules.events.services.occurrences import agenda, by_day
from obshto.modules.events.services.other_entries import entries_of_others, of_page
from obshto.modules.events.services.page_context import about, page_of, ways_of
from obshto.modules.events.services.reminders import followed
from obshto.modules.events.services.subjects import SUBJECTS
from obshto.modules.events.services.suggestions import suggest_event
from obshto.modules.events.settings import EventsSettings
from obshto.platform.calendar.day_spans import AHEAD, DaySpan, month_of, span_asked
from obshto.platform.calendar.icalendar_writer import CalendarEntry, write_calendar
from obshto.platform.calendar.recurrence import midnight
from obshto.platform.clock import day_of
from obshto.platform.editorial.attachments import file_for, leads_of
from obshto.platform.errors import DomainError
from obshto.platform.followers.pages import follow_page
from obshto.platform.modularity.registry import components_here
from obshto.platform.settings.services import settings_of
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import SIZE, Page, page_number
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

citizen = Blueprint("events_citizen", __name__)
CALENDAR = "text/calendar; charset=utf-8"
IN_FEED_BEFORE = timedelta(days=31)


@citizen.get("/")
@open_to_all
def index() -> str:
    return _listed(span_asked(request.args, day_of(current_uow().now)), "events/index.html")


@citizen.get("/month/<string:month>")
@open_to_all
def month(month: str) -> str:
    span = month_of(month, day_of(current_uow().now)) or abort(404)
    return _listed(span, "events/month.html")


@citizen.get("/month/<string:month>/poster")
@open_to_all
def poster(month: str) -> str:
    uow, names = current_uow(), queries.settlements_here(current_uow())
    span = month_of(month, day_of(uow.now)) or abort(404)
    chosen, asked = _chosen(names), request.args.get("size", "")
    paper = asked if asked in PAPERS else PAPERS[0]
    begin, end = midnight(span.first), midnight(span.last + timedelta(days=1))
    events = queries.events_between(uow, begin, end, **chosen)
    told = about(uow, events, names)
    rows = rows_of(
        agenda(events, begin, end),
        entries_of_others(uow, components_here(), begin, end, **chosen),
        first=span.first,
        text_of=lambda event: told["translated"].get(event.id, event),
        place_of=lambda event: queries.place_of(event.settlement, names, current_language()),
    )
    shown = {"paper": paper, "papers": PAPERS, "span": span, "names": names, **chosen}
    return render_template("events/poster.html", sheet=sheet_of(rows, paper), **shown)


def _listed(span: DaySpan, template: str) -> str:
    uow, names = current_uow(), queries.settlements_here(current_uow())
    chosen = _chosen(names)
    begin, end = midnight(span.first), midnight(span.last + timedelta(days=1))
    events = queries.events_between(uow, begin, end, **chosen)
    found = agenda(events, begin, end)
    page = Page(found, 1, len(found))
    if not span.is_month:
        number = min(page_number(), max(1, -(-len(found) // SIZE)))
        page = Page(found[(number - 1) * SIZE : number * SIZE], number, len(found))
    own = {one.event.id: one.event for one in page.rows}
    days = by_day(page.rows, span.first)
    others = _others(found, page, span, begin, end, chosen)
    shown = {
        "page": page,
        "days": {day: days.get(day, []) for day in sorted({*days, *others})},
        "others": others,
        "span": span,
        "today": day_of(uow.now),
        "leads": {} if span.is_month else leads_of(uow, KIND, list(own)),
        **about(uow, list(own.values()), names),
    }
    return render_template(template, **shown, **chosen)


def _others(
    found: list[Any],
    page: Page,
    span: DaySpan,
    begin: datetime,
    end: datetime,
    chosen: dict[str, str],
) -> Mapping[date, list[CalendarEntry]]:
    """What other components have on the days of this page."""
    before, is_last = (page.number - 1) * SIZE, span.is_month or page.number >= page.pages
    entries = entries_of_others(current_uow(), components_here(), begin, end, **chosen)
    return of_page(
        entries,
        after=day_of(found[before - 1].starts_at) if before else None,
        until=None if is_last else day_of(page.rows[-1].starts_at),
        first=span.first,
    )


@citizen.get("/<uuid:event_id>")
@open_to_all
def show(event_id: UUID) -> str:
    uow = current_uow()
    event = queries.public_event(uow, event_id)
    context = {**page_of(uow, event), **ways_of(uow, event, request.args.get("from", ""))}
    lead, coming, shown = context["lead"], context["coming"], context["shown"]
    linked = None
    if coming:
        linked = schema_org.linked(
            coming[0],
            shown,
            address=request.base_url,
            place=queries.place_of(event.settlement, context["names"], current_language()),
            publisher=uow.scope.title,
            image=f"{uow.scope.address}{lead.path}" if lead else "",
        )
    return render_template("events/show.html", linked=linked, **context)


@citizen.get("/files/<uuid:attachment_id>")
@open_to_all
def file(attachment_id: UUID) -> Response:
    uow = current_uow()
    return send_file(uow, file_for(uow, KIND, attachment_id))


@citizen.get("/calendar.ics")
@open_to_all
def calendar() -> Response:
    """The subscription: of the municipality, of one subject, of one village."""
    uow, names = current_uow(), queries.settlements_here(current_uow())
    chosen = _chosen(names)
    begin, end = uow.now - IN_FEED_BEFORE, uow.now + AHEAD
    events = queries.events_between(uow, begin, end, **chosen)
    title = gettext("Събития – %(name)s", name=uow.scope.title)
    told = [str(SUBJECTS[chosen["subject"]])] if chosen["subject"] else []
    told += [queries.place_of(chosen["place"], names, current_language())] * bool(chosen["place"])
    others = entries_of_others(uow, components_here(), begin, end, **chosen)
    return _file(", ".join([title, *told]), events, names, others)


@citizen.get("/<uuid:event_id>.ics")
@open_to_all
def download(event_id: UUID) -> Response:
    uow = current_uow()
    event = queries.public_event(uow, event_id)
    return _file(event.title, [event], queries.settlements_here(uow), reminds=True)


@citizen.route("/<uuid:event_id>/letters", methods=["GET", "POST"])
@open_to_all
def letters(event_id: UUID) -> Redirect:
    """A letter the day before, and when it is called off or moved."""
    return follow_page(followed(queries.public_event(current_uow(), event_id)))


@citizen.route("/suggest", methods=["GET", "POST"])
@open_to_all
@takes_files
def suggest() -> str | tuple[str, int] | Any:
    g.is_personal = True  # its request_id is for one reader: no cache may give it to another
    uow = current_uow()
    if not settings_of(uow, "events", EventsSettings).takes_suggestions:
        abort(404)
    form = SuggestForm(names=queries.settlements_here(uow))
    if form.validate_on_submit():
        try:
            told = form.suggested(current_language())
            if form.passes():
                once = form.request_id.data
                suggest_event(uow, told, request_id=once, picture=form.stream())
                return see_other(".index", said="events.suggested")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    page = render_template("events/suggest.html", form=form)
    return (page, 422) if form.errors or form.is_asking else page


def _chosen(names: queries.Names) -> dict[str, str]:
    """The filters of the address; what is none of ours is no filter."""
    subject, place = request.args.get("subject", ""), request.args.get("place", "")
    return {
        "subject": subject if subject in SUBJECTS else "",
        "place": place if place in names else "",
    }


def _file(
    name: str,
    events: list[Event],
    names: queries.Names,
    others: Sequence[CalendarEntry] = (),
    *,
    reminds: bool = False,
) -> Response:
    uow, language = current_uow(), current_language()
    translated = queries.translations(uow, events, language)
    prefix = uow.scope.address + ("" if language == SOURCE else f"/{language}")
    entries = [
        _entry(event, translated.get(event.id, event), names, prefix, reminds) for event in events
    ]
    told = write_calendar(name, [*entries, *others], language=language, url=request.url)
    return Response(told, content_type=CALENDAR)


def _entry(
    event: Event, text: Event, names: queries.Names, prefix: str, reminds: bool
) -> CalendarEntry:
    return entry_of(
        event,
        uid=event.id,
        changed_at=max(event.changed_at, text.changed_at),
        title=text.title,
        text=text.summary,
        place=queries.place_of(event.settlement, names, current_language()),
        url=f"{prefix}{event.path}",
        reminds=reminds,
    )
