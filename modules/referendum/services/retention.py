"""Retention of referenda: names of signatories go by the term, terms are watched."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from obshto.modules.referendum.events import ReferendumLate
from obshto.modules.referendum.models import (
    CampaignParty,
    HallRequest,
    Member,
    ProposalStep,
    Referendum,
)
from obshto.modules.referendum.services.petition import PETITION
from obshto.modules.referendum.services.states import ENDED
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.clock import day_of
from obshto.platform.petitions.retention import empty_member, empty_rows, forget_staff
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 50  # proposals of one transaction


def watch_terms(uow: UnitOfWork) -> None:
    """Job: of what is past its term those who lead it are told, once for each term."""
    late = select(Referendum).where(
        Referendum.due_on < day_of(uow.now), Referendum.state.not_in(ENDED)
    )
    late = late.where(Referendum.late_for.is_distinct_from(Referendum.due_on)).order_by(
        Referendum.id
    )
    for row in uow.session.scalars(late.limit(AT_ONCE).with_for_update(skip_locked=True)):
        row.late_for = row.due_on
        uow.emit(ReferendumLate(subject_id=row.id, number=row.number))


def empty_old_petitions(uow: UnitOfWork) -> None:
    """Job: some time after the end no name stays of who signed or sat in the committee."""
    kept = timedelta(days=settings_of(uow, "referendum", ReferendumSettings).keeps_names_days)
    old = select(Referendum).where(
        Referendum.state.in_(ENDED),
        Referendum.is_emptied.is_(False),
        Referendum.ended_on < day_of(uow.now) - kept,
    )
    for row in uow.session.scalars(
        old.order_by(Referendum.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    ):
        if empty_rows(uow, PETITION.kind, row.id):
            continue  # the rest in the next run
        for member in uow.session.scalars(select(Member).where(Member.petition_id == row.id)):
            empty_member(member)
        row.is_emptied = True


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing says any more that this person proposed, sat in a committee or worked at it."""
    for member in uow.session.scalars(select(Member).where(Member.person_id == person_id)):
        empty_member(member)
    uow.session.flush()
    for model, column, values in (
        (Referendum, Referendum.person_id, {"person_id": None}),
        (
            Referendum,
            Referendum.entered_by_id,
            {"entered_by_id": None, "entered_by": ""},
        ),
        (ProposalStep, ProposalStep.by_id, {"by_id": None, "by_name": ""}),
        (CampaignParty, CampaignParty.registered_by_id, {"registered_by_id": None}),
        (HallRequest, HallRequest.decided_by_id, {"decided_by_id": None}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))
    forget_staff(uow, PETITION.kind, person_id)
