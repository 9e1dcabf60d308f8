"""Recorded looks: written once a sitting, read by the person, kept five years."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from typing import cast as typed
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Select,
    Table,
    Uuid,
    any_,
    bindparam,
    cast,
    exists,
    false,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import aliased

from obshto.platform.db.base import new_id
from obshto.platform.db.driver_statements import DriverStatement
from obshto.platform.db.erasure_log import erased_before, note_erased
from obshto.platform.db.session import UNSEEN
from obshto.platform.domain_events import DomainEvent
from obshto.platform.keys.encryption import encrypt
from obshto.platform.modularity.processing_activities import DataKind
from obshto.platform.modularity.registry import current_registry
from obshto.platform.notify.address import Address, addresses
from obshto.platform.purposes.events import PersonLookedAt
from obshto.platform.purposes.family_names import share_family_name
from obshto.platform.purposes.models import REASON, RecordedLook
from obshto.platform.purposes.offices import offices
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

# One look is one sitting: turning pages and pressing buttons is not looking again.
SITTING = timedelta(minutes=30)
KEPT = timedelta(days=5 * 365)  # as long as the activity log
AT_ONCE = 500  # rows of one transaction
LOOKED = "obshto.looked"  # in `info` of the session: ids of what it opens for a purpose
# Put together once, past mapper and compiler: they stand in the way of every page that shows a
# person.
_LOOKS = typed(Table, RecordedLook.__table__)
_OF_THIS_SITTING = select(_LOOKS.c.object_id).where(
    _LOOKS.c.part == bindparam("part"),
    _LOOKS.c.at > bindparam("since"),
    _LOOKS.c.kinds.contains(bindparam("kinds", type_=_LOOKS.c.kinds.type)),
    _LOOKS.c.object_id == any_(bindparam("ids", type_=ARRAY(Uuid()))),
)
_OWN_OF_THIS_SITTING = DriverStatement(_OF_THIS_SITTING.where(_LOOKS.c.by_id == bindparam("by_id")))
_NOBODYS_OF_THIS_SITTING = DriverStatement(  # of a job
    _OF_THIS_SITTING.where(_LOOKS.c.by_id.is_(None))
)
# A form that was sent twice has one look.
_NEW = insert(_LOOKS).on_conflict_do_nothing(index_elements=["request_id"])
_NEW_LOOK = DriverStatement(_NEW.returning(_LOOKS.c.id), *_LOOKS.c.keys(), is_unseen=True)
_NEW_LOOKS = _NEW.execution_options(**{UNSEEN: True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The thing that is opened, and whose data stand in it; of `others` too, where they do."""

    part: str
    object_id: UUID
    subject: Subject
    others: tuple[Subject, ...] = ()

    def indexes(self) -> list[bytes]:
        """A keyed index for each way in which each of them is known."""
        return [index for one in (self.subject, *self.others) for index in one.indexes()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What for, which kinds of data, on what ground."""

    word: str
    kinds: tuple[DataKind, ...]
    ground: str
    request_id: UUID | None = None
    reason: str = ""  # typed, where none of the words fits: the officer is told
    fact: DomainEvent | None = None  # for the activity log, where the part has one of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerLook:
    """A look that a part recorded in a table of its own, before this one."""

    id: UUID
    opened: Opened
    at: datetime
    by_id: UUID | None
    by_name: str
    purpose: str
    kinds: tuple[DataKind, ...]
    ground: str


def is_looking(
    uow: UnitOfWork, part: str, object_id: UUID, *, kinds: Collection[DataKind] = ()
) -> bool:
    """A purpose was said by this member of staff in this sitting, for all of these `kinds`."""
    return bool(looking_at(uow, part, (object_id,), kinds=kinds))


def looking_at(
    uow: UnitOfWork, part: str, ids: Collection[UUID], *, kinds: Collection[DataKind] = ()
) -> frozenset[UUID]:
    """Those of the things for which a purpose was said in this sitting. One query at most."""
    if not ids:
        return frozenset()
    me = uow.principal.person_id
    asked = {
        "part": part,
        "since": uow.now - SITTING,
        "kinds": [kind.value for kind in kinds],
        "ids": list(ids),
    }
    if me:
        rows = _OWN_OF_THIS_SITTING.run(uow.session, uow.scope.schema, {**asked, "by_id": me})
    else:
        rows = _NOBODYS_OF_THIS_SITTING.run(uow.session, uow.scope.schema, asked)
    found = frozenset(rows.scalars())
    _note(uow, found)
    return found


def look_at_each(uow: UnitOfWork, opened: Sequence[Opened], purpose: Purpose) -> None:
    """Record one act that opens many things of a part; those of this sitting are there already.

    One statement for all rows. The purpose must carry the domain event of the act.
    """
    if not opened:
        return
    ids = [one.object_id for one in opened]
    known = looking_at(uow, opened[0].part, ids, kinds=purpose.kinds)
    new = [one for one in opened if one.object_id not in known]
    if not new:
        return
    people = {one.subject.person_id for one in new if one.subject.person_id}
    known_people = addresses().people(people) if people else ()
    accounts = {one.person_id: one for one in known_people}
    me = uow.principal.person_id
    office = offices().office_of(uow, me) if me else ""
    rows = []
    for one in new:
        subject = _completed(one.subject, accounts.get(one.subject.person_id))
        rows.append(_values(uow, replace(one, subject=subject), purpose, office))
    uow.session.execute(_NEW_LOOKS, rows)
    _note(uow, ids)
    assert purpose.fact
    uow.emit(purpose.fact)


def look(uow: UnitOfWork, opened: Opened, purpose: Purpose) -> bool:
    """Record that somebody opens data of a person; False where this sitting is recorded already.

    Who read the words of a thing and then opens whose they are looks a second time.
    """
    if is_looking(uow, opened.part, opened.object_id, kinds=purpose.kinds):
        return False
    me = uow.principal.person_id
    office = offices().office_of(uow, me) if me else ""
    known = replace(opened, subject=_with_address(opened.subject))
    _note(uow, (opened.object_id,))
    values = _values(uow, known, purpose, office)
    values["reason"] = encrypt(REASON, purpose.reason) if purpose.reason else None
    written = _NEW_LOOK.run(uow.session, uow.scope.schema, values)
    if written.scalar() is None:  # the same form, in the same instant
        return False
    uow.emit(purpose.fact or PersonLookedAt(subject_id=opened.object_id, part=opened.part))
    return True


def has_looked(uow: UnitOfWork) -> bool:
    """Data of a person is opened for a recorded purpose in this unit of work."""
    return bool(looked_objects(uow))


def looked_objects(uow: UnitOfWork) -> Collection[UUID]:
    """What this unit of work opens for a recorded purpose, by id."""
    found: set[UUID] = uow.session.info.get(LOOKED, set())
    return found


def looks_at(uow: UnitOfWork, *subjects: Subject) -> Select[RecordedLook]:
    """Looks at a person over all parts, the newest first; copied or still in a table of a part.

    Several subjects are one person who has several accounts.
    """
    indexes = [index for subject in subjects for index in subject.indexes()]
    former = [
        one.former(subject.person_id)
        for part in current_registry().parts.values()
        for one in part.processing
        for subject in subjects
        if one.former and subject.person_id
    ]
    return _newest([_columns(RecordedLook).where(_is_of(indexes)), *former])


def looks_by_index(indexes: list[bytes]) -> Select[RecordedLook]:
    """Looks at whoever is known by one of these indexes, the newest first."""
    return _newest([_columns(RecordedLook).where(_is_of(indexes))])


def looks_at_objects(
    part: str, ids: Collection[UUID], *former: Select[Any], kinds: Collection[DataKind] = ()
) -> Select[RecordedLook]:
    """Looks at these things, the newest first; `former` those in the part's own table.

    With `kinds` those alone that opened all of these.
    """
    own = RecordedLook.part == part, RecordedLook.object_id.in_(ids), _opened(kinds)
    return _newest([_columns(RecordedLook).where(*own), *former])


def former_columns(
    table: Any, part: str, object_id: Any, *, kinds: Iterable[DataKind], ground: str
) -> Select[Any]:
    """Columns of a look out of a part's own table, without those that were copied already."""
    return select(
        table.id.label("id"),
        literal(None, RecordedLook.request_id.type).label("request_id"),
        literal(part).label("part"),
        object_id.label("object_id"),
        literal([], RecordedLook.subject_index.type).label("subject_index"),
        table.at.label("at"),
        table.by_id.label("by_id"),
        table.by_name.label("by_name"),
        literal("").label("office"),
        literal([kind.value for kind in kinds], RecordedLook.kinds.type).label("kinds"),
        table.purpose.label("purpose"),
        literal(ground).label("ground"),
        literal(None, RecordedLook.reason.type).label("reason"),
        false().label("is_namesake"),
    ).where(not_copied(table))


def last_looks(
    uow: UnitOfWork, people: Collection[UUID], *, since: datetime
) -> Mapping[tuple[UUID, str], datetime]:
    """Last look of each of these people in each part, by person and slug. One query."""
    found = (
        select(RecordedLook.by_id, RecordedLook.part, func.max(RecordedLook.at))
        .where(RecordedLook.by_id.in_(people), RecordedLook.at >= since)
        .group_by(RecordedLook.by_id, RecordedLook.part)
    )
    rows = uow.session.execute(found)
    return {(person, part): at for person, part, at in rows if person}


def not_copied(table: Any) -> Any:
    """The condition that a look of a part's own table is not yet among the recorded ones."""
    return ~exists().where(RecordedLook.id == table.id)


def copy_former(uow: UnitOfWork, rows: Iterable[FormerLook]) -> None:
    """Copy looks of a part's own table, each under its id: twice is once."""
    for row in rows:
        values = {
            "id": row.id,
            "part": row.opened.part,
            "object_id": row.opened.object_id,
            "subject_index": row.opened.indexes(),
            "at": row.at,
            "by_id": row.by_id,
            "by_name": row.by_name,
            "office": "",
            "kinds": [kind.value for kind in row.kinds],
            "purpose": row.purpose,
            "ground": row.ground,
        }
        uow.session.execute(insert(RecordedLook).values(values).on_conflict_do_nothing())


def forget_subject(uow: UnitOfWork, subject: Subject) -> None:
    """No look leads to this person any more; that somebody looked stays."""
    indexes = cast(subject.indexes(), ARRAY(LargeBinary))
    uow.session.execute(select(_in_schema(uow).purposes_forget_person(indexes)))


def forget_official(uow: UnitOfWork, person_id: UUID) -> None:
    """Of who worked here once and had their data erased the office stays, the name goes."""
    uow.session.execute(select(_in_schema(uow).purposes_forget_official(person_id)))


def forget_old_looks(uow: UnitOfWork) -> None:
    """Job: five years after it a look is gone.

    The database deletes none that is younger by its own clock; a dry run ahead of it counts them.
    """
    before = uow.now - KEPT
    counted = [UUID(one) for one in erased_before(uow.session, RecordedLook.__tablename__)]
    old = select(RecordedLook.id).where(RecordedLook.at < before, RecordedLook.id.not_in(counted))
    ids = uow.session.scalars(old.order_by(RecordedLook.at, RecordedLook.id).limit(AT_ONCE)).all()
    note_erased(uow.session, RecordedLook.__tablename__, ids)
    uow.session.execute(select(_in_schema(uow).purposes_forget_old(before, AT_ONCE)))


def _note(uow: UnitOfWork, ids: Iterable[UUID]) -> None:
    uow.session.info.setdefault(LOOKED, set()).update(ids)


def _in_schema(uow: UnitOfWork) -> Any:
    """Functions of the municipality in scope: no search path leads there."""
    return getattr(func, uow.scope.schema)


def _opened(kinds: Collection[DataKind]) -> ColumnElement[bool]:
    return RecordedLook.kinds.contains([kind.value for kind in kinds])


def _values(uow: UnitOfWork, opened: Opened, purpose: Purpose, office: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "request_id": purpose.request_id,
        "part": opened.part,
        "object_id": opened.object_id,
        "subject_index": opened.indexes(),
        "at": uow.now,
        "by_id": uow.principal.person_id,
        "by_name": uow.principal.name,
        "office": office,
        "kinds": [kind.value for kind in purpose.kinds],
        "purpose": purpose.word,
        "ground": purpose.ground,
        "reason": purpose.reason or None,
        "is_namesake": share_family_name(opened.subject.name, uow.principal.name),
    }


def _with_address(subject: Subject) -> Subject:
    """Who has an account is found at the counter too, by the e-mail that the provider checked."""
    if subject.person_id is None or (subject.email and subject.name):
        return subject
    known = addresses().people({subject.person_id})
    return _completed(subject, next(iter(known), None))


def _completed(subject: Subject, account: Address | None) -> Subject:
    if account is None:
        return subject
    return replace(subject, email=subject.email or account.email, name=subject.name or account.name)


def _is_of(indexes: list[bytes]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = RecordedLook.subject_index.overlap(
        cast(indexes, ARRAY(LargeBinary))
    )
    return found


def _columns(table: Any) -> Select[Any]:
    return select(*(getattr(table, column.key) for column in RecordedLook.__table__.columns))


def _newest(selects: list[Select[Any]]) -> Select[RecordedLook]:
    table = union_all(*selects).subquery() if len(selects) > 1 else selects[0].subquery()
    row = aliased(RecordedLook, table)
    return select(row).order_by(row.at.desc(), row.id.desc())
