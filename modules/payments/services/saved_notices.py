"""Notices in the profile of somebody who signs in: their own, a parent's, a neighbour's."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.payments.models import Kept, Obligation, Payer
from obshto.platform.unit_of_work import UnitOfWork

MOST = 50  # shown in a profile


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNotice:
    """The code, and what is left to pay under it, without interest and discount."""

    code: str
    cents: int


def keep(uow: UnitOfWork, payer: Payer, person_id: UUID) -> None:
    """Once, however often."""
    row = {"person_id": person_id, "payer_id": payer.id, "kept_at": uow.now}
    uow.session.execute(insert(Kept).values(row).on_conflict_do_nothing())


def keep_no_more(uow: UnitOfWork, payer: Payer, person_id: UUID) -> None:
    """The notice itself stays as it is."""
    own = delete(Kept).where(Kept.person_id == person_id, Kept.payer_id == payer.id)
    uow.session.execute(own)


def is_kept(uow: UnitOfWork, payer: Payer, person_id: UUID | None) -> bool:
    """Whether it stands in the profile."""
    return person_id is not None and uow.session.get(Kept, (person_id, payer.id)) is not None


def kept_by(uow: UnitOfWork, person_id: UUID, *, most: int | None = MOST) -> list[KeptNotice]:
    """In the order in which they were kept; None is all of them. One query."""
    left = Obligation.cents - Obligation.paid_cents - Obligation.forgiven_cents
    is_open = and_(Obligation.payer_id == Payer.id, left > 0)
    rows = (
        select(Payer.code, func.coalesce(func.sum(left), 0))
        .join(Kept, Kept.payer_id == Payer.id)
        .outerjoin(Obligation, is_open)
        .where(Kept.person_id == person_id)
        .group_by(Payer.id, Kept.kept_at)
        .order_by(Kept.kept_at)
        .limit(most)
    )
    return [KeptNotice(code=code, cents=int(cents)) for code, cents in uow.session.execute(rows)]
