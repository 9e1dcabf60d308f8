"""Show events and hide them, at once or at an hour; delete them, bring them back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from obshto.modules.events.errors import StaleVersion
from obshto.modules.events.events import (
    EventDeleted,
    EventHidden,
    EventPublished,
    EventRestored,
    EventScheduled,
    SuggestionPublished,
)
from obshto.modules.events.models import Event, Suggestion
from obshto.modules.events.services.kind import KIND
from obshto.modules.events.services.queries import public
from obshto.platform.editorial.retention import erase_texts, outlived
from obshto.platform.editorial.revisions import sign
from obshto.platform.entity import expect_version
from obshto.platform.publication_window import beginning
from obshto.platform.soft_delete import turn
from obshto.platform.unit_of_work import UnitOfWork


def publish_event(
    uow: UnitOfWork,
    event: Event,
    *,
    expected_version: int,
    at: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Everybody sees it from `at` (else from now on) to `until` (else for good).

    Those who follow events are told when it shows. Raises StaleVersion, OverBeforeBegun.
    """
    begins = beginning(event, at=at, until=until, now=uow.now)
    if event.is_published and (event.published_at, event.until) == (begins, until):
        return
    expect_version(event, expected_version, StaleVersion, who=event.changed_by)
    event.published_at, event.until = begins, until
    sign(uow, event)
    if begins > uow.now or event.announced_at:
        uow.emit(EventScheduled(subject_id=event.id, title=event.title))
    else:
        _announce(uow, event)


def announce_waiting(uow: UnitOfWork) -> None:
    """Job: tell of what shows by now. It shows without this: nobody waits for a job."""
    waiting = public(uow).where(Event.announced_at.is_(None)).with_for_update(skip_locked=True)
    for event in uow.session.scalars(waiting).all():
        _announce(uow, event)


def _announce(uow: UnitOfWork, event: Event) -> None:
    event.announced_at = uow.now
    uow.emit(EventPublished(subject_id=event.id, title=event.title))
    suggested = select(Suggestion.id).where(Suggestion.event_id == event.id)
    if suggestion_id := uow.session.scalar(suggested):
        uow.emit(SuggestionPublished(subject_id=suggestion_id))


def hide_event(uow: UnitOfWork, event: Event, *, expected_version: int) -> None:
    """Back to the drafts. Raises StaleVersion."""
    if _turn(uow, event, "published_at", None, expected_version):
        event.until = None
        uow.emit(EventHidden(subject_id=event.id, title=event.title))


def delete_event(uow: UnitOfWork, event: Event, *, expected_version: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises StaleVersion."""
    if _turn(uow, event, "deleted_at", uow.now, expected_version):
        uow.emit(EventDeleted(subject_id=event.id, title=event.title))


def restore_event(uow: UnitOfWork, event: Event, *, expected_version: int) -> None:
    """Undo a deletion. Raises StaleVersion."""
    if _turn(uow, event, "deleted_at", None, expected_version):
        uow.emit(EventRestored(subject_id=event.id, title=event.title))


def erase_deleted(uow: UnitOfWork) -> None:
    """Job: what was deleted 30 days ago is gone for good, versions after three years."""
    erase_texts(uow, KIND, outlived(uow, KIND))


def _turn(
    uow: UnitOfWork, event: Event, mark: str, to: datetime | None, expected_version: int
) -> bool:
    refusal = StaleVersion(who=event.changed_by)
    if not turn(uow, event, mark, to, expected_version=expected_version, refusal=refusal):
        return False
    sign(uow, event)
    return True
