"""What nobody may forget: drafts that were not sent, terms that end, terms that have passed."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from obshto.modules.eservices.events import DraftForgotten, TermNears, TermPassed
from obshto.modules.eservices.models import Case, Draft
from obshto.modules.eservices.services.states import RUNNING, record
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

UNTOUCHED, NEARS, AT_ONCE = timedelta(days=3), timedelta(days=2), 500


def remind_of_drafts(uow: UnitOfWork) -> None:
    """Job: one letter for a draft that nobody touched for three days."""
    forgotten = select(Draft).where(
        Draft.person_id.is_not(None),
        Draft.entered_by_id.is_(None),
        Draft.reminded_at.is_(None),
        Draft.saved_at < uow.now - UNTOUCHED,
    )
    for draft in uow.session.scalars(forgotten.with_for_update(skip_locked=True).limit(AT_ONCE)):
        draft.reminded_at = uow.now
        uow.emit(DraftForgotten(subject_id=draft.id, service=draft.service))


def watch_terms(uow: UnitOfWork) -> None:
    """Job: who works on a case hears two days before; who oversees the work, once it is late."""
    today = day_of(uow.now)
    running = select(Case).where(Case.state.in_(RUNNING)).with_for_update(skip_locked=True)
    nearing = running.where(Case.due_on.between(today, today + NEARS), _not_yet(Case.warned_for))
    for case in uow.session.scalars(nearing.limit(AT_ONCE)):
        case.warned_for = case.due_on
        record(uow, case, TermNears)
    late = running.where(Case.due_on < today, _not_yet(Case.late_for))
    for case in uow.session.scalars(late.limit(AT_ONCE)):
        case.late_for = case.due_on
        record(uow, case, TermPassed)


def _not_yet(told_of: InstrumentedAttribute[date | None]) -> ColumnElement[bool]:
    """Nobody was told of this term; one that began anew is another."""
    return or_(told_of.is_(None), told_of != Case.due_on)
