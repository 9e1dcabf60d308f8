"""Public lists of meetings, the calendar, the page of one, its minutes and files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask_babel import gettext

from obshto.modules.meetings.models import Meeting, MinuteRecord
from obshto.modules.meetings.services import queries
from obshto.modules.meetings.services.calendar_entries import entry_of
from obshto.modules.meetings.services.guests import guest_of_person
from obshto.modules.meetings.services.kind import KIND
from obshto.modules.meetings.services.kinds import KINDS
from obshto.modules.meetings.services.live_decisions import decisions_so_far
from obshto.modules.meetings.services.minutes import records_of
from obshto.modules.meetings.services.minutes_pdf import pdf_of_minutes
from obshto.modules.meetings.services.page_context import page_of, words_of
from obshto.modules.meetings.services.recordings_port import (
    minutes_by_item,
    minutes_by_number,
    recordings_of,
)
from obshto.modules.meetings.services.video_room import open_way_in
from obshto.platform.calendar.day_spans import AHEAD, month_of
from obshto.platform.calendar.icalendar_writer import write_calendar
from obshto.platform.calendar.recurrence import midnight
from obshto.platform.clock import day_of
from obshto.platform.editorial.attachments import file_for
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.live_page import refreshed
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.request_uow import current_principal, current_uow

CALENDAR = "text/calendar; charset=utf-8"
IN_FEED_BEFORE = timedelta(days=31)


def add_pages(citizen: Blueprint) -> None:
    """Its pages belong to the public pages of meetings."""
    for rule, view in (
        ("/", index),
        ("/past", held),
        ("/month/<string:month>", month),
        ("/calendar.ics", calendar),
        ("/<uuid:meeting_id>", show),
        ("/<uuid:meeting_id>.ics", download),
        ("/<uuid:meeting_id>/live", live_decisions),
        ("/<uuid:meeting_id>/minutes", minutes),
        ("/<uuid:meeting_id>/minutes.json", minutes_data),
        ("/<uuid:meeting_id>/minutes.pdf", minutes_pdf),
        ("/files/<uuid:attachment_id>", file),
    ):
        citizen.add_url_rule(rule, view_func=view)


@open_to_all
def index() -> str:
    """Coming meetings, the next first."""
    return _listed(queries.coming, "meetings/index.html")


@open_to_all
def held() -> str:
    """Meetings that are over, with their minutes."""
    return _listed(queries.past, "meetings/past.html")


def _listed(rows: Any, template: str) -> str:
    uow, names = current_uow(), queries.settlements_here(current_uow())
    chosen = _chosen(names)
    page = paginate(uow.session, rows(uow, **chosen), page_number())
    about = {"page": page, "today": day_of(uow.now), **chosen, **words_of(names)}
    return render_template(template, **about)


@open_to_all
def month(month: str) -> str:
    """The calendar of one month, day by day."""
    uow, names = current_uow(), queries.settlements_here(current_uow())
    span = month_of(month, day_of(uow.now)) or abort(404)
    chosen = _chosen(names)
    begin, end = midnight(span.first), midnight(span.last + timedelta(days=1))
    found = queries.meetings_between(uow, begin, end, **chosen)
    days: dict[Any, list[Meeting]] = {}
    for meeting in found:
        days.setdefault(max(day_of(meeting.starts_at), span.first), []).append(meeting)
    about: dict[str, Any] = {"span": span, "days": days}
    about |= {"today": day_of(uow.now), **chosen, **words_of(names)}
    return render_template("meetings/month.html", **about)


@open_to_all
def show(meeting_id: UUID) -> str:
    """One meeting; before it how to take part, after it what was decided."""
    uow = current_uow()
    meeting = queries.public_meeting(uow, meeting_id)
    mine = guest_of_person(uow, meeting, current_principal().person_id)
    return render_template("meetings/show.html", mine=mine, **page_of(uow, meeting))


@open_to_all
def live_decisions(meeting_id: UUID) -> Response:
    """Decisions so far, alone on a page that is light enough for any telephone."""
    uow = current_uow()
    meeting = queries.public_meeting(uow, meeting_id)
    shown: dict[str, Any] = {"meeting": meeting, "so_far": decisions_so_far(uow, meeting.id)}
    shown |= {"phone": open_way_in(meeting).phone, "records": records_of(uow, meeting.id)}
    words = words_of(queries.settlements_here(uow))
    return refreshed(private_page("meetings/live_decisions.html", **shown, **words))


@open_to_all
def minutes(meeting_id: UUID) -> str:
    """An edition of the minutes, the last one where none is asked for."""
    meeting, record, records = _record(meeting_id)
    words = words_of(queries.settlements_here(current_uow()))
    about: dict[str, Any] = {
        "meeting": meeting,
        "record": record,
        "records": records,
        "told": record.content,
    }
    uow, watched = current_uow(), minutes_by_item(recordings_of(current_uow(), meeting.id))
    items = queries.items_of(uow, meeting.id) if watched else ()
    about |= {"day_from": date.fromisoformat, "watched": minutes_by_number(items, watched)}
    return render_template("meetings/minutes.html", **about, **words)


@open_to_all
def minutes_data(meeting_id: UUID) -> Response:
    """The same for programs."""
    meeting, record, _ = _record(meeting_id)
    about = {
        "id": str(meeting.id),
        "edition": record.edition,
        "published_at": record.published_at.isoformat(),
        "correction": record.why,
    }
    return jsonify(about | record.content)


@open_to_all
def minutes_pdf(meeting_id: UUID) -> Response:
    """The same to be printed and filed."""
    meeting, record, _ = _record(meeting_id)
    made = pdf_of_minutes(current_uow(), meeting, record)
    answer = Response(made, mimetype="application/pdf")
    manner = "inline" if request.args.get("inline") == "1" else "attachment"
    answer.headers.set("Content-Disposition", manner, filename="protokol.pdf")
    return answer


def _record(meeting_id: UUID) -> tuple[Meeting, MinuteRecord, Any]:
    uow = current_uow()
    meeting = queries.public_meeting(uow, meeting_id)
    records = records_of(uow, meeting.id)
    asked = request.args.get("edition", type=int)
    found = [record for record in records if asked in (None, record.edition)]
    return meeting, (found or abort(404))[0], records


@open_to_all
def file(attachment_id: UUID) -> Response:
    """Documents are saved by people, shown to programs that ask for it so."""
    uow, is_shown = current_uow(), request.args.get("inline") == "1"
    return send_file(uow, file_for(uow, KIND, attachment_id), is_shown=is_shown)


@open_to_all
def calendar() -> Response:
    """The subscription of calendar programs: all, of a kind, of a village."""
    uow, names = current_uow(), queries.settlements_here(current_uow())
    chosen = _chosen(names)
    begin, end = uow.now - IN_FEED_BEFORE, uow.now + AHEAD
    found = queries.meetings_between(uow, begin, end, **chosen)
    title = gettext("Заседания и срещи – %(name)s", name=uow.scope.title)
    told = [KINDS[chosen["kind"]].title(current_language())] if chosen["kind"] else []
    return _file(", ".join([title, *told]), found, names)


@open_to_all
def download(meeting_id: UUID) -> Response:
    uow = current_uow()
    meeting = queries.public_meeting(uow, meeting_id)
    return _file(meeting.title, [meeting], queries.settlements_here(uow))


def _file(name: str, found: Any, names: queries.Names) -> Response:
    uow = current_uow()
    entries = [entry_of(uow, meeting, names) for meeting in found]
    told = write_calendar(name, entries, language=current_language(), url=request.url)
    return Response(told, content_type=CALENDAR)


def _chosen(names: queries.Names) -> dict[str, str]:
    """The filters of the address; what is none of ours is no filter."""
    kind, place = request.args.get("kind", ""), request.args.get("place", "")
    return {"kind": kind if kind in KINDS else "", "place": place if place in names else ""}
