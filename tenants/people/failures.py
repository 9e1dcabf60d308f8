"""Who tried to sign in and was not let in, as the identity provider told it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.db.session import shared_session
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.models import FailedSignIn
from obshto.tenants.ports import Failure

KEPT = timedelta(days=90)
# What the provider writes down late bears the moment of the try, so it is asked again for a while.
OVERLAP = timedelta(minutes=10)
SHOWN = 10


def ask_failures_from(region: UnitOfWork) -> datetime:
    """From which moment on the provider is to be asked: the last that was told, and some before.

    The rows themselves are the mark, so it moves with what was kept and never without. A provider
    whose clock ran ahead for a while does not make us deaf.
    """
    last = region.session.scalar(select(func.max(FailedSignIn.at)))
    oldest = region.now - KEPT
    return max(min(last, region.now) - OVERLAP, oldest) if last else oldest


def untold(region: UnitOfWork, failures: Collection[Failure]) -> list[Failure]:
    """Those among them that were not told before, in their order."""
    ids = [one.failure_id for one in failures]
    known = select(FailedSignIn.failure_id).where(FailedSignIn.failure_id.in_(ids))
    told = set(region.session.scalars(known))
    return [one for one in failures if one.failure_id not in told]


def take_failure(region: UnitOfWork, failure: Failure, person_id: UUID | None) -> bool:
    """Keep it with what its teller records of it, or neither; False where another was quicker."""
    row = insert(FailedSignIn).values(
        failure_id=failure.failure_id, at=failure.at, why=failure.why.value, person_id=person_id
    )
    taken = row.on_conflict_do_nothing().returning(FailedSignIn.failure_id)
    return region.session.scalar(taken) is not None


def failures_of(person_id: UUID, *, most: int | None = SHOWN) -> list[FailedSignIn]:
    """The last tries upon somebody's account, the newest first; None is all that is kept."""
    theirs = (
        select(FailedSignIn)
        .where(FailedSignIn.person_id == person_id)
        .order_by(FailedSignIn.at.desc())
        .limit(most)
    )
    with shared_session() as shared:
        return list(shared.scalars(theirs))


def failures_since(region: UnitOfWork, moment: datetime) -> int:
    """How many there were in the whole region."""
    later = select(func.count()).where(FailedSignIn.at > moment)
    return region.session.scalar(later) or 0


def forget_whose(person_id: UUID) -> None:
    """The person is erased. The rows stay without them: who is asked again must know them."""
    theirs = update(FailedSignIn).where(FailedSignIn.person_id == person_id)
    with shared_session() as shared:
        shared.execute(theirs.values(person_id=None))
        shared.commit()


def forget_old_failures(region: UnitOfWork) -> None:
    """A day later than the provider is asked for them, so that none comes again."""
    old = region.now - KEPT - timedelta(days=1)
    region.session.execute(delete(FailedSignIn).where(FailedSignIn.at < old))
