"""Suggestions of citizens: sent, taken as a draft, declined with a reason, forgotten in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from obshto.modules.events.errors import DecidedAlready, NoSuchSuggestion
from obshto.modules.events.events import SuggestionAccepted, SuggestionDeclined, SuggestionSent
from obshto.modules.events.models import Event, Suggestion
from obshto.modules.events.services.edits import PICTURE, Details, Text, checked, write_event
from obshto.modules.events.services.kind import KIND
from obshto.platform.editorial.attachments import add_file
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.models import StoredFile
from obshto.platform.storage.services import file_of, forget_files, keep_photo, pieces_of
from obshto.platform.unit_of_work import UnitOfWork

KEPT_WAITING, KEPT_DECIDED = timedelta(days=365), timedelta(days=180)
SUMMARY = 300
UNSHOWN = defer(Suggestion.email)  # what no list shows is not decrypted for one


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """Fields of a suggestion. `email` may be empty, and is for the answer alone."""

    title: str
    text: str
    starts_at: datetime
    ends_at: datetime
    settlement: str = ""
    address: str = ""
    organizer: str = ""
    email: str = ""
    language: str = "bg"


def suggest_event(
    uow: UnitOfWork, told: Suggested, *, request_id: UUID, picture: BinaryIO | None = None
) -> None:
    """Keep it for an editor. The same `request_id` again does nothing.

    Raises EndsBeforeStart, LastsTooLong, FileRefused.
    """
    checked(Details(starts_at=told.starts_at, ends_at=told.ends_at))
    words = {name: getattr(told, name) for name in Suggested.__slots__}
    row = Suggestion(
        request_id=request_id,
        sent_at=uow.now,
        sent_by_id=uow.principal.person_id,
        reason="",
        **words,
    )
    try:
        with uow.session.begin_nested():
            if picture:
                row.picture_id = keep_photo(uow, picture, name=PICTURE).id
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:  # sent twice
        return
    uow.emit(SuggestionSent(subject_id=row.id))


def waiting() -> Select[Suggestion]:
    """Queue of suggestions without an answer, the oldest first."""
    rows = select(Suggestion).options(UNSHOWN).where(Suggestion.decided_at.is_(None))
    return rows.order_by(Suggestion.sent_at, Suggestion.id)


def decided() -> Select[Suggestion]:
    """Answered suggestions, the latest first."""
    rows = select(Suggestion).options(UNSHOWN).where(Suggestion.decided_at.is_not(None))
    return rows.order_by(Suggestion.decided_at.desc(), Suggestion.id)


def suggestion_of(uow: UnitOfWork, suggestion_id: UUID, *, to_change: bool = False) -> Suggestion:
    """For staff. Raises NoSuchSuggestion."""
    found = uow.session.get(Suggestion, suggestion_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchSuggestion
    return found


def picture_of(uow: UnitOfWork, row: Suggestion) -> StoredFile:
    """For staff, while nothing is decided. Raises NoSuchFile."""
    if row.picture_id is None:
        raise NoSuchFile
    return file_of(uow, row.picture_id)


def accept_suggestion(uow: UnitOfWork, row: Suggestion, *, expected_version: int) -> UUID:
    """The draft that was made of it, with its picture; who sent it is told when it is published.

    Raises DecidedAlready.
    """
    if row.event_id:
        return row.event_id
    _check(row, expected_version)
    # Nobody's marks: what a stranger typed is shown as it was typed.
    text = Text(title=row.title, summary=row.text[:SUMMARY], markdown=row.text)
    details = Details(
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        settlement=row.settlement,
        address=row.address,
        organizer=row.organizer,
    )
    event: Event = write_event(uow, text, details, request_id=row.request_id)
    if row.picture_id:
        _attach_picture(uow, row, event)
    _decide(uow, row)
    row.event_id = event.id
    uow.emit(SuggestionAccepted(subject_id=row.id))
    return event.id


def decline_suggestion(
    uow: UnitOfWork, row: Suggestion, *, reason: str, expected_version: int
) -> None:
    """It does not come into the calendar; who sent it is told why. Raises DecidedAlready."""
    if row.decided_at and row.reason == reason and row.event_id is None:
        return
    _check(row, expected_version)
    _decide(uow, row)
    row.reason = reason
    uow.emit(SuggestionDeclined(subject_id=row.id))


def forget_old(uow: UnitOfWork) -> None:
    """Job: half a year after the answer, a year where none came."""
    over = Suggestion.decided_at < uow.now - KEPT_DECIDED
    stale = Suggestion.sent_at < uow.now - KEPT_WAITING
    _forget(uow, over | stale)


def forget_sender(uow: UnitOfWork, person_id: UUID) -> None:
    """What the person sent and nobody took is gone; beside the rest nobody stands any more."""
    own = Suggestion.sent_by_id == person_id
    _forget(uow, own & Suggestion.event_id.is_(None))
    for row in uow.session.scalars(select(Suggestion).where(own)):
        row.sent_by_id, row.email, row.organizer = None, "", ""
    uow.session.flush()


def _decide(uow: UnitOfWork, row: Suggestion) -> None:
    """The draft has a picture of its own by now; what was declined keeps none."""
    row.decided_at = uow.now
    picture, row.picture_id = row.picture_id, None
    uow.session.flush()
    forget_files(uow, [picture] if picture else [])


def _attach_picture(uow: UnitOfWork, row: Suggestion, event: Event) -> None:
    """Drawn anew once more, in the widths of the portal; the editor says what is seen on it."""
    content = BytesIO(b"".join(pieces_of(uow, picture_of(uow, row))))
    add_file(
        uow,
        KIND,
        event,
        content,
        name=PICTURE,
        title=row.title,
        as_picture=True,
        request_id=row.request_id,
    )


def _forget(uow: UnitOfWork, which: ColumnElement[bool]) -> None:
    gone = delete(Suggestion).where(which).returning(Suggestion.picture_id)
    forget_files(uow, [picture for picture in uow.session.scalars(gone) if picture])


def _check(row: Suggestion, expected_version: int) -> None:
    if row.decided_at or row.version != expected_version:
        raise DecidedAlready
