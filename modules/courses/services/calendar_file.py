"""Lessons of a group as a file for calendar programs."""

from __future__ import annotations

from obshto.modules.courses.models import Course, Group
from obshto.modules.courses.services.groups import lessons
from obshto.platform.calendar.icalendar_writer import CalendarEntry, write_calendar
from obshto.platform.calendar.recurrence import Recurrence
from obshto.platform.unit_of_work import UnitOfWork


def calendar_of_group(
    uow: UnitOfWork, course: Course, group: Group, *, language: str, url: str
) -> bytes:
    """Each lesson an entry; a cancelled one stays in it as cancelled. One query."""
    name, about, _ = course.told(language)
    village = group.settlement.get(language) or group.settlement.get("bg", "")
    entries = [
        CalendarEntry(
            uid=lesson.id,
            sequence=lesson.version,
            changed_at=group.changed_at,
            when=Recurrence(starts_at=lesson.starts_at, ends_at=lesson.ends_at),
            title=name,
            text="\n\n".join(filter(None, (about, url))),
            location=", ".join(filter(None, (group.address, village))),
            url=url,
            is_cancelled=lesson.cancelled_at is not None,
        )
        for lesson in lessons(uow, group)
    ]
    return write_calendar(name, entries, language=language, url=url)
