"""Moderation of rows that are hidden whole: flagged, hidden with a reason, shown again, left.

The part locks the row before each act and says what follows from it. What is hidden keeps its
number, its term and its supporters: the words alone are away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

from obshto.platform.db.base import new_id
from obshto.platform.domain_events import DomainEvent
from obshto.platform.errors import Conflict, StaleRow
from obshto.platform.moderation.flags import close_flags, flags_on, is_flagged, put_flag
from obshto.platform.moderation.models import HideableRow
from obshto.platform.moderation.services import (
    Reason,
    decision_on,
    hide,
    hide_links,
    hide_on_flag,
    lift,
    said_of,
)
from obshto.platform.unit_of_work import UnitOfWork

Row = TypeVar("Row", bound=HideableRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationFacts:
    """Facts of the part: a flag came, it is hidden, shown again, stays hidden, was found right."""

    flagged: type[DomainEvent]
    hidden: type[DomainEvent]
    shown: type[DomainEvent]
    upheld: type[DomainEvent]
    left: type[DomainEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowModeration(Generic[Row]):
    """Whose rows, how the part refuses, and `tell`, which notes what happened and emits the fact.

    `tell` gets the public reason where something was hidden. `words` is all that people wrote in
    it. `is_read` says that staff acted upon these words, so that a flag alone hides nothing.
    """

    part: str
    stale: type[StaleRow]
    hidden_before: type[Conflict]
    facts: ModerationFacts
    tell: Callable[[UnitOfWork, Row, type[DomainEvent], str], None]
    words: Callable[[Row], str]
    is_read: Callable[[Row], bool]

    def hide(self, uow: UnitOfWork, row: Row, reason: Reason, *, expected_version: int) -> None:
        """The public reads rule and reason in its place; the author is told and may appeal.

        What was hidden on a flag gets its real reason so. Sent twice it is once. Raises the
        part's StaleRow, and `hidden_before` where another reason stands already.
        """
        decision = decision_on(uow, self.part, row.id)
        if decision and not decision.is_provisional:
            if (decision.rule, decision.reason) == (reason.rule, reason.words):
                return
            raise self.hidden_before
        self._expect(row, expected_version)
        hide(uow, self.part, row.id, reason, request_id=new_id())
        row.checked_at = uow.now
        close_flags(uow, self.part, row.id)
        self._put_away(uow, row, reason)

    def show(self, uow: UnitOfWork, row: Row, *, expected_version: int) -> None:
        """Staff take it back, until the author appeals. Raises the part's StaleRow, AppealWaits."""
        if not row.hidden_at:
            return
        self._expect(row, expected_version)
        lift(uow, self.part, row.id)
        row.checked_at = uow.now
        close_flags(uow, self.part, row.id)
        self._bring_back(uow, row)

    def flag(self, uow: UnitOfWork, row: Row, rule: str, *, request_id: UUID) -> None:
        """A reader says that it breaks a rule: staff read it. Sent twice it is once.

        Personal data of others are hidden at once, unless staff have read these words.
        """
        if not put_flag(uow, self.part, row.id, rule, request_id=request_id):
            return
        self.tell(uow, row, self.facts.flagged, "")
        if row.checked_at or row.hidden_at or self.is_read(row):
            return
        if reason := hide_on_flag(uow, self.part, row.id, rule, request_id=request_id):
            self._put_away(uow, row, reason)

    def hold_links(self, uow: UnitOfWork, row: Row) -> None:
        """What was written with a link to another site waits for a moderator, hidden."""
        if row.hidden_at:
            return
        if reason := hide_links(uow, self.part, row.id, self.words(row), request_id=new_id()):
            self._put_away(uow, row, reason)

    def leave(self, uow: UnitOfWork, row: Row, *, expected_version: int) -> None:
        """Staff find nothing against it, or leave hidden what its author mended. Twice is once.

        What nobody of the staff has decided to hide stays for a decision. Raises the part's
        StaleRow.
        """
        is_mended = row.hidden_at and not row.checked_at
        if not is_mended and not flags_on(uow, self.part, [row.id]):
            return
        self._expect(row, expected_version)
        decision = decision_on(uow, self.part, row.id)
        if decision and decision.is_provisional:
            return
        close_flags(uow, self.part, row.id)
        row.checked_at = uow.now
        self.tell(uow, row, self.facts.left, "")

    def review(self, uow: UnitOfWork, row: Row, *, is_restored: bool) -> None:
        """Another person decided the appeal of its author."""
        if is_restored:
            self._bring_back(uow, row)
        else:
            self.tell(uow, row, self.facts.upheld, "")

    def _expect(self, row: Row, expected_version: int) -> None:
        if row.version != expected_version:
            raise self.stale

    def _put_away(self, uow: UnitOfWork, row: Row, reason: Reason) -> None:
        row.hidden_at = row.hidden_at or uow.now
        self.tell(uow, row, self.facts.hidden, said_of(reason))

    def _bring_back(self, uow: UnitOfWork, row: Row) -> None:
        row.hidden_at = None
        self.tell(uow, row, self.facts.shown, "")


def awaits_moderator(part: str, model: type[HideableRow]) -> ColumnElement[bool]:
    """Flagged, hidden before staff read it, or mended since: for the condition of a list."""
    unread = and_(model.hidden_at.is_not(None), model.checked_at.is_(None))
    return or_(is_flagged(part, model.id), unread)
