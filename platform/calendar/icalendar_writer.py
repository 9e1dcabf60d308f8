"""iCalendar writer (RFC 5545, RFC 7986): a calendar that programs subscribe to, or one event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vDDDLists,
    vRecur,
    vUri,
)

from obshto.platform.calendar.recurrence import Recurrence, rule_of
from obshto.platform.clock import SOFIA

PRODUCT = "-//Obshto//Calendar//BG"
REFRESH = timedelta(hours=6)
ZONE = "Europe/Sofia"
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One time of a recurring event that is otherwise: `was_at` is when it should have begun.

    `title` is that of the entry where it is empty.
    """

    was_at: datetime
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool = False
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One event. `sequence` rises with each change of when and where; `changed_at` with any."""

    uid: UUID
    sequence: int
    changed_at: datetime
    when: Recurrence
    title: str
    text: str = ""
    location: str = ""
    point: tuple[float, float] | None = None
    url: str = ""
    category: str = ""
    is_cancelled: bool = False
    overrides: tuple[Override, ...] = ()
    reminds: tuple[timedelta, ...] = ()  # how long before it the program reminds


def write_calendar(
    name: str, entries: Iterable[CalendarEntry], *, language: str, url: str = ""
) -> bytes:
    """The calendar with its time zone. The same entries give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name, parameters={"language": language})
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    if url:
        calendar.add("source", vUri(url), parameters={"value": "URI"})
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(_event(entry))
        for override in entry.overrides:
            calendar.add_component(_override(entry, override))
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _event(entry: CalendarEntry) -> Event:
    event = _common(entry, entry.when.starts_at, entry.when.ends_at)
    event.add("summary", entry.title)
    if entry.text:
        event.add("description", entry.text)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if rule := rule_of(entry.when):
        event.add("rrule", vRecur.from_ical(f"{rule}{_until(entry.when)}"))
        first = entry.when.starts_at.astimezone(SOFIA)
        for day in sorted(entry.when.exceptions):
            _put_time(event, "exdate", _same_hour(first, day), entry.when.is_all_day)
    return event


def _override(entry: CalendarEntry, override: Override) -> Event:
    event = _common(entry, override.starts_at, override.ends_at)
    _put_time(event, "recurrence-id", override.was_at.astimezone(SOFIA), entry.when.is_all_day)
    event.add("summary", override.title or entry.title)
    if text := "\n\n".join(filter(None, (override.text, entry.text))):
        event.add("description", text)
    is_cancelled = override.is_cancelled or entry.is_cancelled
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event


def _common(entry: CalendarEntry, starts_at: datetime, ends_at: datetime) -> Event:
    event = Event()
    event.add("uid", str(entry.uid))
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    _put_time(event, "dtstart", starts_at.astimezone(SOFIA), entry.when.is_all_day)
    _put_time(event, "dtend", ends_at.astimezone(SOFIA), entry.when.is_all_day)
    if entry.location:
        event.add("location", entry.location)
    if entry.point:
        event.add("geo", entry.point)
    if entry.url:
        event.add("url", vUri(entry.url))
    if entry.category:
        event.add("categories", [entry.category])
    for before in () if entry.is_cancelled else entry.reminds:
        event.add_component(_alarm(entry.title, before))
    return event


def _alarm(title: str, before: timedelta) -> Alarm:
    """A reminder on the screen (RFC 5545, 3.6.6)."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm


def _put_time(event: Event, name: str, moment: datetime, is_all_day: bool) -> None:
    value = moment.date() if is_all_day else moment.replace(tzinfo=SOFIA)
    event.add(name, vDDDLists([value]) if name == "exdate" else value, _parameters(name, value))


def _parameters(name: str, value: date) -> dict[str, str]:
    if name != "exdate":
        return {}
    return {"tzid": ZONE} if isinstance(value, datetime) else {"value": "DATE"}


def _same_hour(first: datetime, day: date) -> datetime:
    return datetime.combine(day, first.timetz())


def _until(when: Recurrence) -> str:
    """The last moment of the last day, in UTC where the event has hours (RFC 5545, 3.3.10)."""
    if when.until is None:
        return ""
    if when.is_all_day:
        return f";UNTIL={when.until:%Y%m%d}"
    last = datetime.combine(when.until, datetime.max.time(), SOFIA).astimezone(UTC)
    return f";UNTIL={last:%Y%m%dT%H%M%SZ}"


def _zone() -> Timezone:
    """The rule since 1997. The library's own from the tz database names onsets an hour late."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    daylight, standard = TimezoneDaylight(), TimezoneStandard()
    daylight.add("dtstart", datetime(1997, 3, 30, 3))
    daylight.add("rrule", vRecur.from_ical("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"))
    standard.add("dtstart", datetime(1997, 10, 26, 4))
    standard.add("rrule", vRecur.from_ical("FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"))
    for part, name, before, after in ((daylight, "EEST", 2, 3), (standard, "EET", 3, 2)):
        part.add("tzname", name)
        part.add("tzoffsetfrom", before * HOUR)
        part.add("tzoffsetto", after * HOUR)
        zone.add_component(part)
    return zone
