"""Retention of initiatives: names go by the term, terms are watched."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from obshto.modules.initiatives.events import InitiativeLate
from obshto.modules.initiatives.models import Initiative, InitiativeMember, InitiativeStep
from obshto.modules.initiatives.services import initiatives, queries
from obshto.modules.initiatives.services.petition import PETITION
from obshto.modules.initiatives.services.states import COLLECTING, OVER
from obshto.modules.initiatives.settings import InitiativesSettings
from obshto.platform.clock import day_of
from obshto.platform.moderation.services import forget_appeals
from obshto.platform.petitions.retention import empty_member, empty_rows, forget_staff
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

# What was handed over on paper on the last day is entered here some days later.
GRACE = timedelta(days=30)
AT_ONCE = 50  # initiatives of one transaction


def watch_terms(uow: UnitOfWork) -> None:
    """Job: of what is past its term those who answer are told, once for each term."""
    late = queries.late(uow).order_by(Initiative.id).limit(AT_ONCE)
    for row in uow.session.scalars(late.with_for_update(skip_locked=True)):
        row.late_for = row.due_on
        uow.emit(InitiativeLate(subject_id=row.id, number=row.number))


def end_unfiled(uow: UnitOfWork) -> None:
    """Job: a petition that nobody handed over ends, and its committee and followers hear of it."""
    left = select(Initiative).where(
        Initiative.state == COLLECTING, Initiative.collects_until < day_of(uow.now) - GRACE
    )
    left = left.order_by(Initiative.id).limit(AT_ONCE)
    for row in uow.session.scalars(left.with_for_update(skip_locked=True)):
        initiatives.lapse(uow, row)


def empty_old_petitions(uow: UnitOfWork) -> None:
    """Job: some time after the end no name stays of who signed, chaired or sat in the committee."""
    kept = timedelta(days=settings_of(uow, "initiatives", InitiativesSettings).keeps_names_days)
    old = select(Initiative).where(
        Initiative.state.in_(OVER),
        Initiative.is_emptied.is_(False),
        Initiative.ended_on < day_of(uow.now) - kept,
    )
    old = old.order_by(Initiative.id).limit(AT_ONCE)
    for row in uow.session.scalars(old.with_for_update(skip_locked=True)):
        if empty_rows(uow, PETITION.kind, row.id):
            continue  # the rest in the next run
        own = InitiativeMember.petition_id == row.id
        for member in uow.session.scalars(select(InitiativeMember).where(own)):
            empty_member(member)
        forget_appeals(uow, queries.PART, [row.id])
        row.meeting_chair, row.is_emptied = None, True


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing says any more that this person proposed, sat in a committee or worked at it."""
    # An objection is of the whole committee, and in words of whoever of it wrote them.
    theirs = uow.session.scalars(queries.committees_of(person_id).with_only_columns(Initiative.id))
    forget_appeals(uow, queries.PART, theirs.all())
    own = InitiativeMember.person_id == person_id
    for member in uow.session.scalars(select(InitiativeMember).where(own)):
        empty_member(member)
    uow.session.flush()
    for model, column, values in (
        (Initiative, Initiative.person_id, {"person_id": None}),
        (Initiative, Initiative.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (InitiativeStep, InitiativeStep.by_id, {"by_id": None, "by_name": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))
    forget_staff(uow, PETITION.kind, person_id)
