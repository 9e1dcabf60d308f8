"""Order something of the keeper, look how far it is, take it back before it begins."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from obshto.ops.backup_requests.errors import BesideAlready, Busy, NotThere, UnderWay
from obshto.ops.backup_requests.events import ORDERED, OrderWithdrawn, RestoreOrdered
from obshto.ops.backup_requests.models import WITHDRAWN, BackupOrder, What
from obshto.ops.models import OPEN, BackupRun, Beside, Restoration, Run
from obshto.platform.errors import NotFound
from obshto.platform.jobs.worker import PROVISION
from obshto.platform.unit_of_work import UnitOfWork

FULFIL = "orders:fulfil"
SHOWN = 10
# Held by the keeper for as long as it works on an order, whatever becomes of its process.
HOLD = "hashtextextended('backup_order:' || CAST(:id AS text), 0)"
# In which state what was looked at must be for each thing that is done with it.
FROM: dict[What, tuple[Beside, ...]] = {
    What.SWAP: (Beside.READY,),
    What.DISCARD: OPEN,
    What.UNDO: (Beside.LIVING,),
}


def order_backup(region: UnitOfWork, slug: str, *, reason: str, request_id: UUID) -> BackupOrder:
    """A backup of this moment, once for each form. Raises Busy."""
    return _made(region, slug, What.TAKE, reason=reason, request_id=request_id)


def order_restore(
    region: UnitOfWork, run: BackupRun, *, reason: str, request_id: UUID
) -> BackupOrder:
    """The municipality as it was in that backup, beside the living one.

    Raises BesideAlready, Busy.
    """
    if (same := _same(region, request_id)) is not None:
        return same
    slug, moment = run.municipality, run.taken_at
    if beside(region, slug) is not None:
        raise BesideAlready
    return _made(region, slug, What.RESTORE, reason=reason, request_id=request_id, moment=moment)


def order_upon(
    region: UnitOfWork, restored: Restoration, what: What, *, reason: str, request_id: UUID
) -> BackupOrder:
    """Swap in, put back or throw away what was looked at. Raises NotThere, Busy."""
    if (same := _same(region, request_id)) is not None:
        return same
    if not may_be(restored, what, region.now):
        raise NotThere
    return _made(
        region,
        restored.municipality,
        what,
        reason=reason,
        request_id=request_id,
        restoration_id=restored.id,
    )


def may_be(restored: Restoration, what: What, now: datetime) -> bool:
    """Whether that can be done with it as it is."""
    if restored.state not in FROM[what]:
        return False
    return what != What.UNDO or (restored.kept is not None and (restored.keep_until or now) > now)


def withdraw(region: UnitOfWork, order: BackupOrder) -> None:
    """It will not be done; a second press finds it so. Raises UnderWay."""
    held = text(f"SELECT pg_try_advisory_xact_lock({HOLD})")
    if order.is_open and not region.session.scalar(held, {"id": order.id}):
        raise UnderWay
    region.session.refresh(order)  # the keeper may have ended it before it let go
    if not order.is_open:
        return
    order.done_at, order.trouble = region.now, WITHDRAWN
    region.emit(OrderWithdrawn(municipality=order.municipality, what=order.what))


def order_of(region: UnitOfWork, slug: str, order_id: UUID) -> BackupOrder:
    """Raises NotFound."""
    found = region.session.get(BackupOrder, order_id)
    if found is None or found.municipality != slug:
        raise NotFound
    return found


def orders_of(region: UnitOfWork, slug: str) -> list[BackupOrder]:
    """The newest of a municipality; one that is open stands first."""
    asked = select(BackupOrder).where(BackupOrder.municipality == slug)
    newest = asked.order_by(BackupOrder.asked_at.desc()).limit(SHOWN)
    return list(region.session.scalars(newest))


def restoration_of(region: UnitOfWork, slug: str, restoration_id: UUID) -> Restoration:
    """Raises NotFound."""
    found = region.session.get(Restoration, restoration_id)
    if found is None or found.municipality != slug:
        raise NotFound
    return found


def beside(region: UnitOfWork, slug: str) -> Restoration | None:
    """What waits beside a municipality."""
    return region.session.scalar(select(Restoration).where(Restoration.beside(slug)))


def last_swap(region: UnitOfWork, slug: str) -> Restoration | None:
    """The last that was swapped in, while what it replaced is still kept."""
    kept = Restoration.keep_until > region.now
    asked = select(Restoration).where(Restoration.swapped_into(slug), kept)
    return region.session.scalars(asked.order_by(Restoration.swapped_at.desc()).limit(1)).first()


def moment_of(region: UnitOfWork, slug: str, run_id: UUID) -> BackupRun:
    """A good backup of the municipality. Raises NotFound."""
    found = region.session.get(BackupRun, run_id)
    if found is None or (found.municipality, found.kind, found.is_good) != (slug, Run.TAKEN, True):
        raise NotFound
    return found


def _same(region: UnitOfWork, request_id: UUID) -> BackupOrder | None:
    asked = select(BackupOrder).where(BackupOrder.request_id == request_id)
    return region.session.scalars(asked).one_or_none()


def _made(
    region: UnitOfWork,
    slug: str,
    what: What,
    *,
    reason: str,
    request_id: UUID,
    moment: datetime | None = None,
    restoration_id: UUID | None = None,
) -> BackupOrder:
    """A row that is there once for each form, and alone while it is open. Raises Busy."""
    if (same := _same(region, request_id)) is not None:
        return same
    order = BackupOrder(
        request_id=request_id,
        municipality=slug,
        what=what,
        moment=moment,
        restoration_id=restoration_id,
        reason=reason,
        asked_at=region.now,
        asked_by=region.principal.name,
        progress={},
        trouble="",
        said="",
    )
    try:
        with region.session.begin_nested():
            region.session.add(order)
    except IntegrityError as twin:
        if (same := _same(region, request_id)) is not None:
            return same
        raise Busy from twin
    _tell(region, order)
    return order


def _tell(region: UnitOfWork, order: BackupOrder) -> None:
    slug, reason = order.municipality, order.reason
    if order.moment is not None:
        moment = order.moment.isoformat()
        region.emit(RestoreOrdered(municipality=slug, reason=reason, moment=moment))
    else:
        region.emit(ORDERED[What(order.what)](municipality=slug, reason=reason))
    region.defer(FULFIL, queue=PROVISION, order_id=order.id)
