"""iCalendar files as a strict program reads them."""

from ical.calendar_stream import IcsCalendarStream

MOST = 75  # octets of a line (RFC 5545, 3.1)


def strict_events(data):
    """The events of a file with one calendar; whatever RFC 5545 forbids is an error."""
    assert data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= MOST
    [calendar] = IcsCalendarStream.from_ics(data.decode()).calendars
    names = [(event.uid, event.recurrence_id) for event in calendar.events]
    assert len(names) == len(set(names)), "an event twice"
    for event in calendar.events:
        assert event.dtstamp and event.summary
        assert event.end > event.start, event.uid
    return calendar.events
