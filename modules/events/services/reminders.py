"""Reminders of events: a letter the day before to who follows one, forgotten when it is over."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from obshto.modules.events.events import EventDue
from obshto.modules.events.models import Event
from obshto.modules.events.services.occurrences import State, occurrences_of
from obshto.modules.events.services.queries import public, touching
from obshto.platform.followers.services import Followed, followed_among, forget_followers
from obshto.platform.unit_of_work import UnitOfWork

PART = "events"
BEFORE = timedelta(hours=24)
KEPT = timedelta(days=2)  # after it is over: it may be said to go on
SWEPT = timedelta(days=60)


def followed(event: Event) -> Followed:
    """Whose it is, what it is called, where it is read."""
    return Followed(part=PART, object_id=event.id, title=event.title, path=event.path)


def remind(uow: UnitOfWork) -> None:
    """Job: for each time that begins within a day, once."""
    end = uow.now + BEFORE
    rows = public(uow).where(touching(Event, uow.now, end), Event.cancelled_at.is_(None))
    events = uow.session.scalars(rows.with_for_update(skip_locked=True)).all()
    wanted = followed_among(uow, PART, [event.id for event in events])
    for event in events:
        due = [
            one
            for one in occurrences_of(event, uow.now, end)
            if one.starts_at > uow.now and one.state is not State.CANCELLED
        ]
        if event.id not in wanted or not due or event.reminded_of == due[0].starts_at:
            continue
        # Past the row as editors know it: its version stays, nobody has to look again.
        mark = update(Event).where(Event.id == event.id).values(reminded_of=due[0].starts_at)
        uow.session.execute(mark)
        uow.emit(EventDue(subject_id=event.id))


def forget_over(uow: UnitOfWork) -> None:
    """Job: who followed what is over is forgotten."""
    over = Event.last_at.between(uow.now - SWEPT, uow.now - KEPT)
    gone = Event.deleted_at.is_not(None)
    ids = uow.session.scalars(select(Event.id).where(over | gone)).all()
    forget_followers(uow, PART, ids)
