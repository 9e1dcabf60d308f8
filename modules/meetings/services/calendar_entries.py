"""Meetings as entries of calendars: of the municipality's page, of programs, of one meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext

from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.services.kinds import KINDS
from obshto.modules.meetings.services.queries import (
    Names,
    meetings_between,
    place_of,
    settlements_here,
)
from obshto.platform.calendar.icalendar_writer import CalendarEntry
from obshto.platform.calendar.recurrence import Recurrence
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, current_language, speaking


def marked(meeting: Meeting, title: str) -> str:
    """The title, with what became of the meeting before it."""
    if meeting.cancelled_at:
        with speaking(SOURCE):  # as the title is
            return str(gettext("Отменено: %(title)s", title=title))
    if meeting.moved_from:
        with speaking(SOURCE):
            return str(gettext("Преместено: %(title)s", title=title))
    return title


def entries_between(
    uow: UnitOfWork, begin: datetime, end: datetime, place: str
) -> Sequence[CalendarEntry]:
    """What the calendar of the municipality shows of meetings in a span. Two reads."""
    found = meetings_between(uow, begin, end, place=place)
    names = settlements_here(uow) if found else {}
    return [entry_of(uow, meeting, names) for meeting in found]


def entry_of(uow: UnitOfWork, meeting: Meeting, names: Names) -> CalendarEntry:
    """One meeting; a way in that only guests have is not in it."""
    language = current_language()
    prefix = "" if language == SOURCE else f"/{language}"
    url = f"{uow.scope.address}{prefix}{meeting.path}"
    place = place_of(meeting.settlement, names, language)
    is_changed = meeting.cancelled_at or meeting.moved_from
    return CalendarEntry(
        uid=meeting.id,
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        when=Recurrence(starts_at=meeting.starts_at, ends_at=meeting.ends_at),
        title=marked(meeting, meeting.title),
        text="\n\n".join(filter(None, (meeting.note if is_changed else "", meeting.summary, url))),
        location=", ".join(filter(None, (meeting.address, place))),
        url=url,
        category=KINDS[meeting.kind].title(language),
        is_cancelled=meeting.cancelled_at is not None,
    )
