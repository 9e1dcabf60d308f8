"""Restriction of processing (Regulation (EU) 2016/679, art. 18): accepted, it binds acts of staff.

A service of a part asks before staff act upon something of a person. Bound is what was there when
the restriction began; what the person hands in later comes with their consent (art. 18(2)). Before
it ends the person is told, so it ends a day after somebody lifted it (art. 18(3)).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, LargeBinary, Select, cast, delete, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import IntegrityError

from obshto.platform.entity import expect_version
from obshto.platform.keys.decryption_log import uncounted
from obshto.platform.privacy.errors import DataRestricted, NoSuchRestriction, StaleRestriction
from obshto.platform.privacy.events import RestrictionLifted, RestrictionPlaced
from obshto.platform.privacy.models import ProcessingRestriction as Row
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

NOTICE = timedelta(days=1)
KEPT = timedelta(days=5 * 365)  # after its end, as long as the request that asked for it
NEWEST = (Row.placed_at.desc(), Row.id)


def restriction_refusal(
    uow: UnitOfWork, subject: Callable[[], Subject], *, since: datetime
) -> DataRestricted | None:
    """Why staff may not use what was there since then; None where nothing binds. One query.

    `subject` is asked only where somebody's restriction is younger, and shown to nobody.
    """
    rows = restrictions_in_force(uow).where(Row.placed_at > since)
    younger = uow.session.scalars(rows).all()
    if not younger:
        return None
    with uncounted():
        indexes = set(subject().indexes())
    found = next((row for row in younger if indexes.intersection(row.subject_index)), None)
    return DataRestricted(day=day(found.placed_at), number=found.number) if found else None


def restriction_refusals(
    uow: UnitOfWork, subjects: Callable[[], Mapping[UUID, Subject]], since: Mapping[UUID, datetime]
) -> Mapping[UUID, DataRestricted]:
    """The same for many things, by id of those that are bound. One query, and `subjects` once."""
    if not since:
        return {}
    rows = restrictions_in_force(uow).where(Row.placed_at > min(since.values()))
    younger = uow.session.scalars(rows).all()
    if not younger:
        return {}
    with uncounted():
        indexes = {key: set(subject.indexes()) for key, subject in subjects().items()}
    bound = {
        key: row
        for row in reversed(younger)
        for key, moment in since.items()
        if row.placed_at > moment and indexes[key].intersection(row.subject_index)
    }
    return {
        key: DataRestricted(day=day(row.placed_at), number=row.number) for key, row in bound.items()
    }


def restrictions_on(uow: UnitOfWork, subject: Subject) -> Sequence[Row]:
    """Those in force for a person."""
    return uow.session.scalars(_about(subject).where(_in_force(uow)).order_by(*NEWEST)).all()


def restrictions_in_force(uow: UnitOfWork) -> Select[Row]:
    """Those of everybody, the oldest first."""
    return select(Row).where(_in_force(uow)).order_by(Row.placed_at, Row.id)


def restriction_by(uow: UnitOfWork, case_id: UUID, *, to_change: bool = False) -> Row:
    """The one that a request asked for. Raises NoSuchRestriction."""
    found = restriction_asked_by(uow, case_id, to_change=to_change)
    if found is None:
        raise NoSuchRestriction
    return found


def restriction_asked_by(uow: UnitOfWork, case_id: UUID, *, to_change: bool = False) -> Row | None:
    """The same, or None where the request asked for none."""
    row = select(Row).where(Row.case_id == case_id)
    row = row.with_for_update() if to_change else row
    return uow.session.scalar(row.execution_options(populate_existing=True))


def place_restriction(uow: UnitOfWork, subject: Subject, *, case_id: UUID, number: str) -> Row:
    """Bind from now on; once for a request. Raises NoMunicipality, NoDataKey."""
    row = Row(
        case_id=case_id,
        number=number,
        subject_index=subject.indexes(),
        placed_at=uow.now,
        placed_by_id=uow.principal.person_id,
        placed_by=uow.principal.name,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:
        return restriction_by(uow, case_id)
    uow.emit(RestrictionPlaced(subject_id=row.id))
    return row


def lift_restriction(uow: UnitOfWork, row: Row, why: str, *, expected_version: int) -> None:
    """It ends in a day: the person is told before that. Raises StaleRestriction."""
    if row.ends_at:
        return
    expect_version(row, expected_version, StaleRestriction)
    row.ends_at, row.lifted_why = uow.now + NOTICE, why
    row.lifted_by_id, row.lifted_by = uow.principal.person_id, uow.principal.name
    uow.emit(RestrictionLifted(subject_id=row.id))


def forget_restrictions(uow: UnitOfWork) -> None:
    """Job: five years after its end nothing of it stays."""
    uow.session.execute(delete(Row).where(Row.ends_at < uow.now - KEPT))


def forget_restricted(uow: UnitOfWork, subject: Subject, staff_id: UUID) -> None:
    """Whoever is erased has nothing left to restrict; of staff no name stays."""
    gone = delete(Row).where(_overlaps(subject))
    uow.session.execute(gone, execution_options={"synchronize_session": False})
    for column, values in (
        (Row.placed_by_id, {"placed_by_id": None, "placed_by": ""}),
        (Row.lifted_by_id, {"lifted_by_id": None, "lifted_by": ""}),
    ):
        uow.session.execute(update(Row).where(column == staff_id).values(values))


def _about(subject: Subject) -> Select[Row]:
    return select(Row).where(_overlaps(subject))


def _overlaps(subject: Subject) -> ColumnElement[bool]:
    found: ColumnElement[bool] = Row.subject_index.overlap(
        cast(subject.indexes(), ARRAY(LargeBinary))
    )
    return found


def _in_force(uow: UnitOfWork) -> ColumnElement[bool]:
    return or_(Row.ends_at.is_(None), Row.ends_at > uow.now)
