"""Events as iCalendar: of a municipality, a subject, a village, the region, or one of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from obshto.modules.events.models import Timed
from obshto.modules.events.services.event_text import marked, marked_as
from obshto.modules.events.services.occurrences import State, occurrence_on
from obshto.modules.events.services.subjects import SUBJECTS
from obshto.platform.calendar.icalendar_writer import CalendarEntry, Override


def entry_of(
    event: Timed,
    *,
    uid: UUID,
    changed_at: datetime,
    title: str,
    text: str,
    place: str,
    url: str,
    reminds: bool = False,
) -> CalendarEntry:
    """One event with all its times; the title says first what became of it."""
    point = None
    if event.latitude is not None and event.longitude is not None:
        point = (event.latitude, event.longitude)
    note = event.note if event.cancelled_at or event.moved_from else ""
    return CalendarEntry(
        uid=uid,
        sequence=event.sequence,
        changed_at=changed_at,
        when=event.when,
        title=marked(event, title),
        text="\n\n".join(filter(None, (note, text, url))),
        location=", ".join(filter(None, (event.address, place))),
        point=point,
        url=url,
        category=str(SUBJECTS.get(event.subject, "")),
        is_cancelled=event.cancelled_at is not None,
        overrides=tuple(_overrides(event, title)),
        reminds=_reminders(event) if reminds else (),
    )


def _reminders(event: Timed) -> tuple[timedelta, ...]:
    """The day before and two hours before; of a whole day at nine in the morning before it."""
    return (timedelta(hours=15),) if event.is_all_day else (timedelta(days=1), timedelta(hours=2))


def _overrides(event: Timed, title: str) -> Iterable[Override]:
    for change in event.changes if event.repeats else ():
        found = occurrence_on(event, date.fromisoformat(change["on"]))
        if found is None:  # the rule was changed since
            continue
        was_at = found.moved_from or found.starts_at
        yield Override(
            was_at=was_at,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            is_cancelled=found.state is State.CANCELLED,
            title=marked_as(found.state, title),
            text=str(change["note"]),
        )
