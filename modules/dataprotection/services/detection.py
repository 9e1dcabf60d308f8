"""Detection of unusual looks: a job that examines each recorded look once.

The cursor is the moment of the newest look that was examined. A look carries the moment at which
its transaction began and may be committed after newer ones, so each run goes back `LATE` before the
cursor and takes what `ExaminedLook` does not hold. It never waits for a look and never skips one.
Looks that are copied from an older table with an older moment are history and are not examined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.dataprotection.events import FindingRaised
from obshto.modules.dataprotection.models import (
    DetectionCursor,
    ExaminedLook,
    LookFinding,
    StaffLeave,
)
from obshto.modules.dataprotection.services.acquaintances import acquaintances_of
from obshto.modules.dataprotection.services.finding_kinds import (
    COLLEAGUE,
    GONE,
    KNOWN,
    LEAVE,
    MANY,
    NAMESAKE,
    NIGHT,
    UNSAID,
    URGENT,
)
from obshto.modules.dataprotection.services.leave_days import Days, leaves_between
from obshto.modules.dataprotection.settings import DataProtectionSettings
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.modularity.registry import current_registry
from obshto.platform.permissions import Role
from obshto.platform.purposes.guard import UNSAID as NOT_ASKED
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.subjects import Subject
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import holders_of_roles, people_of, people_of_region

PART, EXAMINE = "dataprotection", "dataprotection:examine-looks"
LATE = timedelta(days=2)  # no transaction lives as long
BEGINS = timedelta(days=30)  # how far back the first run goes
AT_ONCE = 1_000  # looks of one transaction
NIGHT_BEGINS, NIGHT_ENDS = 22, 6  # hours in Sofia
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What is unusual about a look; signals of one key are one finding."""

    kind: str
    key: str
    look: RecordedLook
    number: int = 1


def examine_looks(uow: UnitOfWork) -> None:
    """Job: raise findings out of the looks that are new; ask for another run where more wait."""
    cursor = _locked_cursor(uow)
    looks = _unexamined(uow, cursor)
    if not looks:
        return
    _raise(uow, list(_signals(uow, looks)))
    rows = [{"look_id": look.id, "at": look.at} for look in looks]
    uow.session.execute(insert(ExaminedLook).values(rows).on_conflict_do_nothing())
    cursor.reached_at = max(cursor.reached_at, looks[-1].at)
    passed = delete(ExaminedLook).where(ExaminedLook.at < cursor.reached_at - LATE)
    uow.session.execute(passed)
    if len(looks) == AT_ONCE:
        uow.defer(EXAMINE, once=EXAMINE)


def examine_leave(uow: UnitOfWork, row: StaffLeave) -> None:
    """Raise findings out of looks of a leave that was entered late: they were examined before."""
    first = datetime.combine(row.starts_on, time(), SOFIA)
    last = datetime.combine(row.ends_on + timedelta(days=1), time(), SOFIA)
    looks = (
        select(RecordedLook)
        .where(RecordedLook.by_id == row.person_id)
        .where(RecordedLook.at >= first, RecordedLook.at < min(last, uow.now))
        .order_by(RecordedLook.at, RecordedLook.id)
        .limit(AT_ONCE)
    )
    days = ((row.starts_on, row.ends_on),)
    found = [one for look in uow.session.scalars(looks) for one in _of_leaves(look, days)]
    _raise(uow, found)


def _locked_cursor(uow: UnitOfWork) -> DetectionCursor:
    """Where the last run stopped; another run waits until this one is committed."""
    first = {"name": EXAMINE, "reached_at": _beginning(uow)}
    uow.session.execute(insert(DetectionCursor).values(first).on_conflict_do_nothing())
    row = select(DetectionCursor).where(DetectionCursor.name == EXAMINE)
    return uow.session.scalars(row.with_for_update()).one()


def _beginning(uow: UnitOfWork) -> datetime:
    """Looks outlive a reset of the practice municipality: those of before are not examined."""
    is_practice = uow.scope is not None and uow.scope.is_practice
    return uow.now + LATE if is_practice else uow.now - BEGINS


def _unexamined(uow: UnitOfWork, cursor: DetectionCursor) -> Sequence[RecordedLook]:
    known = exists().where(ExaminedLook.look_id == RecordedLook.id)
    rows = select(RecordedLook).where(RecordedLook.at >= cursor.reached_at - LATE, ~known)
    rows = rows.order_by(RecordedLook.at, RecordedLook.id).limit(AT_ONCE)
    return uow.session.scalars(rows).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What a batch of looks is compared with."""

    typed: Collection[UUID]
    hours: Mapping[tuple[UUID | None, datetime], int]
    most: int
    colleagues: Mapping[bytes, UUID]
    of_staff: Collection[tuple[str, str]]
    of_region: Collection[UUID]
    known: Mapping[UUID, Collection[bytes]]
    leaves: Mapping[UUID, Sequence[Days]]


def _background(uow: UnitOfWork, looks: Sequence[RecordedLook]) -> Background:
    officials = {look.by_id for look in looks if look.by_id}
    has_region = any(look.office == Role.OPERATOR for look in looks)
    return Background(
        typed=_with_typed_reason(uow, [look.id for look in looks]),
        hours=_acts_by_hour(uow, looks),
        most=_most_an_hour(uow),
        colleagues=_indexes_of_staff(uow),
        of_staff=_words_of_staff(),
        of_region=people_of_region(Role.OPERATOR) if has_region else (),
        known=acquaintances_of(uow, officials),
        leaves=_leaves(uow, looks),
    )


def _signals(uow: UnitOfWork, looks: Sequence[RecordedLook]) -> Iterator[Signal]:
    by_people = [look for look in looks if look.by_id]
    told = _background(uow, by_people)
    for look in by_people:
        yield from _of_the_act(look, told)
        yield from _of_the_people(look, told)


def _of_the_act(look: RecordedLook, told: Background) -> Iterator[Signal]:
    """A typed reason, a page that asked for none, night, leave, one of many in an hour."""
    leaves = told.leaves.get(look.by_id, ()) if look.by_id else ()
    yield from _of_leaves(look, leaves)
    if look.id in told.typed:
        act = f"{look.by_id}:{look.at.isoformat()}"  # a list that is opened is one act
        yield Signal(kind=URGENT, key=act, look=look)
    if look.purpose == NOT_ASKED:
        yield Signal(kind=UNSAID, key=f"{look.by_id}:{look.object_id}:{day_of(look.at)}", look=look)
    if is_at_night(look.at):
        night = (look.at.astimezone(SOFIA) - timedelta(hours=NIGHT_ENDS)).date()
        yield Signal(kind=NIGHT, key=f"{look.by_id}:{night}", look=look)
    acts = told.hours.get((look.by_id, _hour(look.at)), 0)
    if acts > told.most:
        hour = _hour(look.at).isoformat()
        yield Signal(kind=MANY, key=f"{look.by_id}:{hour}", look=look, number=acts)


def _of_leaves(look: RecordedLook, leaves: Sequence[Days]) -> Iterator[Signal]:
    """Under the name of somebody who is away: one finding a day."""
    day = day_of(look.at)
    if any(first <= day <= last for first, last in leaves):
        yield Signal(kind=LEAVE, key=f"{look.by_id}:{day}", look=look)


def _of_the_people(look: RecordedLook, told: Background) -> Iterator[Signal]:
    """Who looks holds no role any more; who is looked at is near to them."""
    day = look.at.astimezone(SOFIA).date()
    if look.office == Role.OPERATOR and look.by_id not in told.of_region:
        yield Signal(kind=GONE, key=f"{look.by_id}:{day}", look=look)
    if look.by_id is None or (look.part, look.purpose) in told.of_staff:
        return
    if nearness := _nearness(look, told.colleagues, told.known.get(look.by_id, ())):
        yield Signal(kind=nearness, key=f"{look.by_id}:{look.object_id}:{day}", look=look)


def _nearness(
    look: RecordedLook, colleagues: Mapping[bytes, UUID], known: Collection[bytes]
) -> str | None:
    """How the person is near to who looks, the surest first: a colleague, known, a namesake."""
    indexes = [bytes(index) for index in look.subject_index]
    if {colleagues.get(index, look.by_id) for index in indexes} - {look.by_id}:
        return COLLEAGUE
    if not set(known).isdisjoint(indexes):
        return KNOWN
    return NAMESAKE if look.is_namesake else None


def is_at_night(at: datetime) -> bool:
    """From ten in the evening to six in the morning, as clocks in Bulgaria show it."""
    return not NIGHT_ENDS <= at.astimezone(SOFIA).hour < NIGHT_BEGINS


def _most_an_hour(uow: UnitOfWork) -> int:
    return settings_of(uow, PART, DataProtectionSettings).most_an_hour


def _hour(at: datetime) -> datetime:
    return at.astimezone(SOFIA).replace(minute=0, second=0, microsecond=0)


def _with_typed_reason(uow: UnitOfWork, ids: Collection[UUID]) -> frozenset[UUID]:
    rows = select(RecordedLook.id).where(RecordedLook.id.in_(ids), RecordedLook.reason.is_not(None))
    return frozenset(uow.session.scalars(rows))


def _acts_by_hour(
    uow: UnitOfWork, looks: Sequence[RecordedLook]
) -> Mapping[tuple[UUID | None, datetime], int]:
    """Acts of looking of these people in each hour of the clock: a list that is opened is one."""
    if not looks:
        return {}
    first, last = _hour(looks[0].at), _hour(looks[-1].at) + HOUR
    moments = (
        select(RecordedLook.by_id, RecordedLook.at)
        .where(RecordedLook.by_id.in_({look.by_id for look in looks}))
        .where(RecordedLook.at >= first, RecordedLook.at < last)
        .distinct()
        .subquery()
    )
    hour = func.date_trunc("hour", moments.c.at)
    counted = select(moments.c.by_id, hour, func.count()).group_by(moments.c.by_id, hour)
    return {(by, _hour(at)): number for by, at, number in uow.session.execute(counted)}


def _indexes_of_staff(uow: UnitOfWork) -> Mapping[bytes, UUID]:
    """Keyed indexes by which those who work here would be known as citizens."""
    found: dict[bytes, UUID] = {}
    for person in people_of(set(holders_of_roles(uow))).values():
        subject = Subject(person_id=person.id, email=person.email or "")
        found |= dict.fromkeys(subject.indexes(), person.id)
    return found


def _leaves(uow: UnitOfWork, looks: Sequence[RecordedLook]) -> Mapping[UUID, Sequence[Days]]:
    officials = {look.by_id for look in looks if look.by_id}
    if not officials:
        return {}
    return leaves_between(uow, officials, day_of(looks[0].at), day_of(looks[-1].at))


def _words_of_staff() -> frozenset[tuple[str, str]]:
    """Purposes that are about colleagues as such: part and word."""
    parts = current_registry().parts.values()
    staff = ((part.slug, one) for part in parts for one in part.processing if one.is_of_staff)
    return frozenset((slug, word) for slug, one in staff for word in one.looks)


def _raise(uow: UnitOfWork, signals: Sequence[Signal]) -> None:
    """One finding for a key; of an hour that goes on the number grows until it is decided."""
    of_key: dict[str, list[Signal]] = defaultdict(list)
    for signal in signals:
        of_key[f"{signal.kind}:{signal.key}"].append(signal)
    known = select(LookFinding).where(LookFinding.key.in_(of_key)).order_by(LookFinding.id)
    rows = {row.key: row for row in uow.session.scalars(known.with_for_update())}
    for key, found in of_key.items():
        number = max(len(found), *(signal.number for signal in found))
        if row := rows.get(key):
            if not row.outcome and number > row.number:
                row.number = number
            continue
        row = LookFinding(key=key, number=number, raised_at=uow.now, **_of_look(found[0]))
        uow.session.add(row)
        uow.session.flush()
        uow.emit(FindingRaised(subject_id=row.id))


def _of_look(signal: Signal) -> dict[str, Any]:
    look = signal.look
    return {
        "kind": signal.kind,
        "look_id": look.id,
        "part": look.part,
        "by_id": look.by_id,
        "by_name": look.by_name,
        "office": look.office,
        "first_at": look.at,
    }
