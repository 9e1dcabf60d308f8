"""The practice municipality: enter it, look at what was done there, set it back.

It is the municipality called `PRACTICE`. Its people and papers are invented, so that a part may
read it from another municipality; nobody outside learns of it (`platform.practice_exits`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import lazy_gettext
from sqlalchemy import Table, and_, delete, func, or_, select, text

from obshto.platform.audit.models import AuditEntry
from obshto.platform.clock import SOFIA
from obshto.platform.db.base import TenantModel
from obshto.platform.errors import NotFound
from obshto.platform.modularity.registry import current_registry
from obshto.platform.scope import PRACTICE
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.platform.web.language import SOURCE
from obshto.tenants.municipalities.lookup import Municipality, find_municipality
from obshto.tenants.municipalities.models import Emblem
from obshto.tenants.municipalities.row_lock import lock_municipality
from obshto.tenants.people.roles import ROLES, appoint, roles_of
from obshto.tenants.practice.municipality import practice_municipality

RESET = "training:reset-practice"  # the job
PRACTICE_RESET = "training:practice.reset"  # its event, a mark in the activity log
RESET_AT, TOLD_BEFORE = 3, timedelta(hours=1)  # o'clock in Sofia
BUSY = timedelta(minutes=30)  # who did something so lately is still at it
SEEDER = "Учебна община"
# Who practises keeps the way in; the log is what missions are checked by; no module brings back
# what money is for, and without it nothing can be charged.
KEPT = frozenset(("tenants_appointment", "tenants_colleague", "audit_entry", "billing_kind"))
MAY_DELETE = text(
    "SELECT tablename FROM pg_tables WHERE schemaname = :schema"
    " AND has_table_privilege(format('%I.%I', schemaname, tablename), 'DELETE')"
)


class NoPractice(NotFound):
    """The region has no practice municipality."""

    sentence = lazy_gettext("Областта още няма учебна община. Поискайте я от ИТ екипа.")


def find_practice() -> Municipality | None:
    """The practice municipality, where the region has one."""
    return find_municipality(PRACTICE)


@contextmanager
def open_practice(reason: str) -> Iterator[UnitOfWork]:
    """Unit of work in the practice municipality, beside that of the caller. Raises NoPractice.

    It takes a second connection: for an act or a page of staff.
    """
    here = find_practice()
    if here is None:
        raise NoPractice
    with open_uow(here.scope(), Principal.system(reason)) as practice:
        yield practice


def enter_practice(uow: UnitOfWork) -> None:
    """Give who acts the same ready-made roles in practice.

    Entering twice changes nothing. Raises NoPractice.
    """
    person_id = uow.principal.person_id
    assert person_id
    held = roles_of(uow, person_id)
    with open_practice(SEEDER) as practice:
        for role in sorted(held & ROLES.keys()):
            appoint(practice, person_id, role)


def acts_in_practice(
    practice: UnitOfWork, person_id: UUID, acts: Collection[str], since: datetime
) -> list[AuditEntry]:
    """Acts of one person from a moment on, the oldest first: rows of the activity log.

    With them come the resets, which are nobody's.
    """
    theirs = and_(AuditEntry.person_id == person_id, AuditEntry.act.in_(acts))
    rows = select(AuditEntry).where(
        AuditEntry.at >= since, or_(theirs, AuditEntry.act == PRACTICE_RESET)
    )
    return list(practice.session.scalars(rows.order_by(AuditEntry.seq)))


def number_practising(practice: UnitOfWork, *, but: UUID | None) -> int:
    """Number of others who did something there within the last half an hour."""
    lately = select(func.count(AuditEntry.person_id.distinct())).where(
        AuditEntry.at >= practice.now - BUSY, AuditEntry.person_id.is_distinct_from(but)
    )
    return practice.session.scalar(lately) or 0


def next_reset(moment: datetime) -> datetime:
    """Moment of the next nightly reset."""
    local = moment.astimezone(SOFIA)
    night = local.replace(hour=RESET_AT, minute=0, second=0, microsecond=0)
    return night if local < night else night + timedelta(days=1)


def is_hour_of_reset(moment: datetime) -> bool:
    """Clock check for a job whose cron line is in UTC."""
    return moment.astimezone(SOFIA).hour == RESET_AT


def reset_practice(uow: UnitOfWork) -> bool:
    """Set the practice municipality back: rows go, demonstration content comes, in one commit.

    Until then everybody reads what was there before. False in any other municipality, where it
    does nothing.
    """
    if uow.within is None or not uow.scope.is_practice:
        return False
    modules = {part.slug for part in current_registry().modules()}
    for table in _emptied(uow):
        uow.session.execute(delete(table))
    uow.session.expire_all()
    for part in current_registry().switched_on(modules):
        if part.seeds and part.slug in modules:  # what a layer seeds may be the region's
            part.seeds(uow)
    _set_row_back(modules)
    return True


def _emptied(uow: UnitOfWork) -> list[Table]:
    """Tables to be emptied, those that refer to others first.

    Kept are those that the municipality's own role may not delete from, and what they refer to.
    """
    tables = list(reversed(TenantModel.metadata.sorted_tables))
    deletable = set(uow.session.scalars(MAY_DELETE, {"schema": uow.scope.schema})) - KEPT
    kept = {table for table in tables if table.name not in deletable}
    for table in tables:  # referring ones come first, so that one pass is enough
        if table in kept:
            kept |= {key.column.table for key in table.foreign_keys}
    return [table for table in tables if table not in kept]


def _set_row_back(modules: Collection[str]) -> None:
    """Undo what an administrator changed while practising: modules, notice, order, appearance."""
    first = practice_municipality(tuple(sorted(modules)))
    with open_uow(None, Principal.system(SEEDER)) as region:
        row = lock_municipality(region, PRACTICE)
        row.modules, row.notice, row.home_order = list(first.modules), None, []
        row.titles, row.names = dict(first.titles), dict(first.names)
        row.sort_key = first.names[SOURCE].casefold()
        row.languages, row.colour = list(first.languages), first.colour
        row.contact, row.emblem, row.emblem_before = dict(first.contact), None, None
        row.switches, row.edits, row.version = row.switches + 1, row.edits + 1, row.version + 1
        region.session.execute(delete(Emblem).where(Emblem.municipality == PRACTICE))
