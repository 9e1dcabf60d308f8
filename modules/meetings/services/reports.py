"""Report of a meeting: what was said, what follows, drafted out of the published minutes."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext

from obshto.modules.meetings.errors import NoSuchMinutes, StaleMinutes
from obshto.modules.meetings.events import MeetingReportChanged, MeetingReportPublished
from obshto.modules.meetings.models import Meeting, MeetingReport, MinuteEntry
from obshto.modules.meetings.services.minutes import entries_of, latest_record
from obshto.modules.meetings.services.queries import items_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE, speaking


def report_of(uow: UnitOfWork, meeting: Meeting) -> MeetingReport | None:
    """None where none was published. One query."""
    return uow.session.get(MeetingReport, meeting.id)


def draft_of(uow: UnitOfWork, meeting: Meeting) -> str:
    """Point by point what the minutes say and what follows, in Bulgarian, to be made plain."""
    entries = entries_of(uow, meeting.id)
    with speaking(SOURCE):
        points = [
            "\n".join([f"{item.position}. {item.title}", *_lines(said)])
            for item in items_of(uow, meeting.id)
            if (said := [one for one in entries if one.item_id == item.id])
        ]
    return "\n\n".join(points)


def publish_report(
    uow: UnitOfWork, meeting: Meeting, *, words: str, reply: str, expected_version: int
) -> None:
    """Everybody reads it from now on; 0 is the version of one that is not there yet.

    The meeting is locked. Raises NoSuchMinutes before the minutes, StaleMinutes.
    """
    if latest_record(uow, meeting.id) is None:
        raise NoSuchMinutes
    known = report_of(uow, meeting)
    if known and (known.words, known.reply) == (words, reply):
        return
    if expected_version != (known.version if known else 0):
        raise StaleMinutes(who=known.changed_by if known else "")
    me, fact = uow.principal, MeetingReportChanged if known else MeetingReportPublished
    row = known or MeetingReport(meeting_id=meeting.id, published_at=uow.now)
    row.words, row.reply, row.changed_by, row.changed_by_id = words, reply, me.name, me.person_id
    uow.session.add(row)
    uow.session.flush()
    uow.emit(fact(subject_id=meeting.id, title=meeting.title))


def _lines(entries: Sequence[MinuteEntry]) -> list[str]:
    return [line for entry in entries for line in _said(entry) if line]


def _said(entry: MinuteEntry) -> tuple[str, ...]:
    return (
        entry.text,
        gettext("Решено: %(text)s", text=entry.decision) if entry.decision else "",
        gettext("Следва: %(text)s", text=entry.follows) if entry.follows else "",
        gettext("Отговаря: %(who)s", who=entry.owner) if entry.owner else "",
        gettext("Срок: %(day)s", day=day(entry.due_on)) if entry.due_on else "",
    )
