"""Retention of mandates: names and journal leave, number, acts and days stay."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.modules.mandates.models import Mandate, MandateAct
from obshto.modules.mandates.services.kinds import ERASED, OPEN
from obshto.modules.mandates.services.lifecycle import AT_ONCE, end_mandate
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=5 * 365)  # ЗЗД, чл. 110: claims about what was done end with five years
DRAFT_KEPT = timedelta(days=30)  # of what was never signed


def empty_old_mandates(uow: UnitOfWork) -> None:
    """Job: five years after its end nobody stands beside a mandate; a month where none signed."""
    done = Mandate.signed_on.is_not(None) & (Mandate.ended_at < uow.now - KEPT)
    dropped = Mandate.signed_on.is_(None) & (Mandate.ended_at < uow.now - DRAFT_KEPT)
    old = select(Mandate).where(done | dropped, Mandate.is_emptied.is_(False))
    old = old.order_by(Mandate.id).limit(AT_ONCE)
    for row in uow.session.scalars(old.with_for_update(skip_locked=True)):
        _empty(uow, row)


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Of who gave a mandate nothing stays that names them; of staff no name."""
    own = select(Mandate).where(Mandate.person_id == person_id).order_by(Mandate.id)
    for row in uow.session.scalars(own.with_for_update()):
        _empty(uow, row)
    theirs = select(Mandate).where(Mandate.assistant_id == person_id, Mandate.state.in_(OPEN))
    for row in uow.session.scalars(theirs.order_by(Mandate.id).with_for_update()):
        end_mandate(uow, row, ERASED)
    uow.session.flush()
    for key, name in (
        (Mandate.assistant_id, Mandate.assistant),
        (Mandate.prepared_by_id, Mandate.prepared_by),
        (Mandate.signed_by_id, Mandate.signed_by),
    ):
        uow.session.execute(update(Mandate).where(key == person_id).values({key: None, name: ""}))


def _empty(uow: UnitOfWork, row: Mandate) -> None:
    if row.state in OPEN:
        end_mandate(uow, row, ERASED)
    row.person_id = row.code_index = row.viewer_index = None
    row.name, row.has_profile, row.sheet = "", False, ""
    row.email = row.phone = row.relative = row.witnesses = row.strokes = None
    row.is_emptied = True
    uow.session.execute(delete(MandateAct).where(MandateAct.mandate_id == row.id))
    uow.session.flush()
