"""Write events and change them; every text that stood before is kept.

Each act says how the event shall be, and which version its author saw. Where the event is so
already, nothing is done: that was the same form, sent twice. Else it must be as it was seen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.events.errors import (
    ChangedWhileWriting,
    EndsBeforeStart,
    LastsTooLong,
    OverlapsItself,
    RepeatsTooShortly,
)
from obshto.modules.events.events import EventCorrected, EventEdited, EventTranslated, EventWritten
from obshto.modules.events.models import Event
from obshto.modules.events.services.kind import KIND
from obshto.modules.events.services.subjects import Subject
from obshto.platform.calendar.recurrence import last_moment, midnight, overlaps_itself
from obshto.platform.clock import day_of
from obshto.platform.content.wheelchair import WheelchairAccess
from obshto.platform.db.base import new_id
from obshto.platform.editorial.attachments import add_file
from obshto.platform.editorial.revisions import keep_version, sign
from obshto.platform.editorial.translation import put_words, translate_text
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

LONGEST = timedelta(days=366)
PICTURE = "snimka"  # the name that somebody gave the file may say who they are
MOMENT, ONE_DAY = timedelta(microseconds=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The words of an event, which are translated."""

    title: str
    summary: str = ""
    markdown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Time, place, price and contact of an event. `exceptions` are days in ISO form.

    Of an all-day event the hours of `starts_at` and `ends_at` do not count.
    """

    starts_at: datetime
    ends_at: datetime
    is_all_day: bool = False
    repeats: str = ""
    repeats_until: date | None = None
    exceptions: tuple[str, ...] = ()
    subject: str = Subject.OTHER
    settlement: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_free: bool = False
    price: str = ""
    access: str = WheelchairAccess.UNKNOWN
    organizer: str = ""
    contact: str = ""
    website: str = ""


# A change of one of these is news to calendar programs.
OF_CALENDARS = (
    "starts_at",
    "ends_at",
    "is_all_day",
    "repeats",
    "repeats_until",
    "exceptions",
    "settlement",
    "address",
)
NAMES = tuple(field.name for field in fields(Details))


def details_of(event: Event) -> Details:
    """Details of an event as they are stored."""
    told: dict[str, Any] = {name: getattr(event, name) for name in NAMES}
    return Details(**{**told, "exceptions": tuple(event.exceptions)})


def reads(event: Event, text: Text) -> bool:
    """Comparison of the words: is it so already."""
    return Text(title=event.title, summary=event.summary, markdown=event.markdown) == text


def checked(details: Details) -> Details:
    """As it is kept: whole days from midnight to midnight, nothing of a repetition that is none.

    Raises EndsBeforeStart, LastsTooLong, OverlapsItself, RepeatsTooShortly.
    """
    changed: dict[str, Any] = {name: getattr(details, name) for name in NAMES}
    if details.is_all_day:
        changed["starts_at"] = midnight(day_of(details.starts_at))
        changed["ends_at"] = midnight(day_of(details.ends_at - MOMENT) + ONE_DAY)
    if not details.repeats:
        changed |= {"repeats_until": None, "exceptions": ()}
    changed["exceptions"] = tuple(sorted(set(changed["exceptions"])))
    kept = Details(**changed)
    if details.ends_at <= details.starts_at or kept.ends_at <= kept.starts_at:
        raise EndsBeforeStart
    if kept.ends_at - kept.starts_at > LONGEST:
        raise LastsTooLong
    if kept.repeats_until and kept.repeats_until < day_of(kept.starts_at):
        raise RepeatsTooShortly
    return kept


def write_event(uow: UnitOfWork, text: Text, details: Details, *, request_id: UUID) -> Event:
    """A new draft. The same `request_id` again answers the first one.

    Raises what `checked` does, TextTooLong.
    """
    kept = checked(details)
    try:
        with uow.session.begin_nested():
            event = _new(uow, text, kept, request_id=request_id, language=SOURCE)
    except IntegrityError:  # a second click, perhaps in the same instant
        return uow.session.scalars(select(Event).where(Event.request_id == request_id)).one()
    uow.emit(EventWritten(subject_id=event.id, title=event.title))
    return event


def write_with_picture(
    uow: UnitOfWork,
    text: Text,
    details: Details,
    *,
    request_id: UUID,
    picture: BinaryIO | None = None,
    alt: str = "",
) -> Event:
    """A new draft that has its picture from the first; sent again, it has one still.

    Raises what `write_event` does, FileRefused.
    """
    event = write_event(uow, text, details, request_id=request_id)
    if picture:
        once = {"request_id": request_id}
        add_file(uow, KIND, event, picture, name=PICTURE, title=alt, as_picture=True, **once)
    return event


def edit_event(
    uow: UnitOfWork, event: Event, text: Text, details: Details, *, expected_version: int
) -> None:
    """Save it; the old words become a version.

    Raises ChangedWhileWriting, TextTooLong, what `checked` does.
    """
    kept = checked(details)
    if reads(event, text) and details_of(event) == kept:
        return
    expect_version(event, expected_version, ChangedWhileWriting, who=event.changed_by)
    if not reads(event, text):
        keep_version(uow, KIND, event)
        put_words(uow, KIND, event, asdict(text))
    put_details(event, kept)
    sign(uow, event)
    fact = EventCorrected if event.is_published else EventEdited
    uow.emit(fact(subject_id=event.id, title=event.title))


def translate_event(
    uow: UnitOfWork, event: Event, text: Text, *, language: str, expected_version: int
) -> Event:
    """Its words in another language; `expected_version` is the translation's, else UNWRITTEN.

    Raises ChangedWhileWriting, TextTooLong.
    """

    def new() -> Event:
        return _new(
            uow,
            text,
            details_of(event),
            request_id=new_id(),
            language=language,
            translation_of=event.id,
        )

    translated, is_changed = translate_text(
        uow,
        KIND,
        event,
        asdict(text),
        language=language,
        expected_version=expected_version,
        new=new,
        late=ChangedWhileWriting,
    )
    if is_changed:
        uow.emit(EventTranslated(subject_id=event.id, title=event.title))
    return translated


def put_details(event: Event, kept: Details) -> None:
    """Take over what `checked` gave; what calendars show counts as a change to them."""
    before = details_of(event) if event.sequence is not None else None
    for name in NAMES:
        value = getattr(kept, name)
        setattr(event, name, list(value) if name == "exceptions" else value)
    if overlaps_itself(event.when):
        raise OverlapsItself
    if before and any(getattr(before, name) != getattr(kept, name) for name in OF_CALENDARS):
        event.sequence += 1
        event.changes = [] if not kept.repeats else event.changes
    put_last_moment(event)


def put_last_moment(event: Event) -> None:
    """After a change of when it takes place."""
    last = last_moment(event.when)
    moved = [datetime.fromisoformat(one["ends_at"]) for one in event.changes if one["ends_at"]]
    event.last_at = max([last, *moved]) if last else None


def _new(
    uow: UnitOfWork,
    text: Text,
    kept: Details,
    *,
    request_id: UUID,
    language: str,
    translation_of: UUID | None = None,
) -> Event:
    event = Event(
        id=new_id(),
        request_id=request_id,
        language=language,
        translation_of=translation_of,
        written_at=uow.now,
        author_id=uow.principal.person_id,
        changes=[],
        note="",
    )
    put_details(event, kept)
    event.sequence = 0
    put_words(uow, KIND, event, asdict(text))
    sign(uow, event)
    uow.session.add(event)
    uow.session.flush()
    return event
