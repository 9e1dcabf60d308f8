"""Records of training: written by missions and by hand, valid until a day, told of before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import aliased

from obshto.modules.training.errors import NoSuchRecord, StaleRecord
from obshto.modules.training.events import CourseEntered, RecordCancelled, TrainingEnds
from obshto.modules.training.models import MissionAttempt, TrainingRecord
from obshto.modules.training.services.certificates import revoke_certificate
from obshto.modules.training.services.topics import TOPICS, topics_of
from obshto.platform.clock import day_of
from obshto.platform.documents.services import forget
from obshto.platform.entity import create_once, expect_version
from obshto.platform.errors import NotFound
from obshto.platform.legal.terms import months_later
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import holders_of_roles, people_of

SOON = timedelta(days=30)
KEPT_YEARS = 5
MOST_TITLES = 50


class Validity(StrEnum):
    """How it stands with one topic of one person."""

    label: LazyString

    def __new__(cls, value: str, label: LazyString) -> Validity:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    VALID = "valid", _("валидно")
    SOON = "soon", _("изтича скоро")
    EXPIRED = "expired", _("изтекло")
    MISSING = "missing", _("още не")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicState:
    """A topic that somebody must know, and until when they do."""

    topic: str
    validity: Validity
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trainee:
    """Somebody who works here, with the topics of their roles."""

    person_id: UUID
    name: str
    states: Sequence[TopicState]

    @property
    def is_in_order(self) -> bool:
        return all(one.validity in (Validity.VALID, Validity.SOON) for one in self.states)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseWords:
    """A course of others, as typed from its paper."""

    topic: str
    course: str
    learned_on: date


def record_mission(uow: UnitOfWork, attempt: MissionAttempt, topic: str) -> None:
    """A finished attempt becomes a record; its request id is the attempt's own."""
    learned_on = day_of(uow.now)
    record = TrainingRecord(
        request_id=attempt.id,
        person_id=attempt.person_id,
        topic=topic,
        mission=attempt.mission,
        course="",
        learned_on=learned_on,
        valid_until=months_later(learned_on, TOPICS[topic].months),
    )
    uow.session.add(record)


def enter_course(
    uow: UnitOfWork, person_id: UUID, words: CourseWords, *, request_id: UUID
) -> TrainingRecord:
    """Write down a course of somebody who works here. The same form again finds the first one.

    Raises NotFound for who does not work here.
    """
    if person_id not in holders_of_roles(uow):
        raise NotFound
    record = TrainingRecord(
        request_id=request_id,
        person_id=person_id,
        topic=words.topic,
        mission="",
        course=words.course,
        learned_on=words.learned_on,
        valid_until=months_later(words.learned_on, TOPICS[words.topic].months),
        entered_by_id=uow.principal.person_id,
    )
    if (first := create_once(uow, record)) is not record:
        return first
    uow.emit(CourseEntered(subject_id=record.id, topic=record.topic))
    return record


def cancel_record(
    uow: UnitOfWork, person_id: UUID, record_id: UUID, *, expected_version: int
) -> None:
    """A record entered by mistake counts no more, and stays to be seen; its certificate is revoked.

    Raises NoSuchRecord, StaleRecord.
    """
    wanted = select(TrainingRecord).where(
        TrainingRecord.id == record_id, TrainingRecord.person_id == person_id
    )
    record = uow.session.scalars(wanted.with_for_update()).one_or_none()
    if record is None:
        raise NoSuchRecord
    if record.cancelled_at:
        return
    expect_version(record, expected_version, StaleRecord)
    record.cancelled_at = uow.now
    revoke_certificate(uow, record)
    uow.emit(RecordCancelled(subject_id=record.id, topic=record.topic))


def records_of(uow: UnitOfWork, person_id: UUID) -> list[TrainingRecord]:
    """Everything that somebody learned, the newest first. One query."""
    rows = select(TrainingRecord).where(TrainingRecord.person_id == person_id)
    ordered = rows.order_by(TrainingRecord.learned_on.desc(), TrainingRecord.id.desc())
    return list(uow.session.scalars(ordered))


class RecordedCourses:
    """Supplies `TrainingCourses`."""

    path = "/console/training/"

    def titles(self, uow: UnitOfWork) -> Sequence[str]:
        """Courses of records that count, the newest first. One query."""
        stands = (TrainingRecord.course != "", TrainingRecord.cancelled_at.is_(None))
        rows = select(TrainingRecord.course).where(*stands).group_by(TrainingRecord.course)
        ordered = rows.order_by(func.max(TrainingRecord.learned_on).desc(), TrainingRecord.course)
        return uow.session.scalars(ordered.limit(MOST_TITLES)).all()


def trainees(uow: UnitOfWork) -> list[Trainee]:
    """Everybody who works here, by name, with each topic of their roles. Four queries."""
    held = holders_of_roles(uow)
    rows = select(TrainingRecord.person_id, TrainingRecord.topic, TrainingRecord.valid_until)
    standing = rows.where(TrainingRecord.cancelled_at.is_(None))
    until: dict[tuple[UUID, str], date] = {}
    for person_id, topic, day in uow.session.execute(standing):
        until[person_id, topic] = max(day, until.get((person_id, topic), day))
    today = day_of(uow.now)
    return [
        Trainee(
            person_id=person.id,
            name=person.name,
            states=states_of(person.id, [role.value for role in held[person.id]], until, today),
        )
        for person in sorted(people_of(set(held)).values(), key=lambda it: it.name.casefold())
    ]


def states_of(
    person_id: UUID, roles: Sequence[str], until: Mapping[tuple[UUID, str], date], today: date
) -> list[TopicState]:
    """Each topic of these roles, by the last day on which a record of it holds."""
    return [
        TopicState(
            topic=topic,
            validity=_validity(until.get((person_id, topic)), today),
            valid_until=until.get((person_id, topic)),
        )
        for topic in topics_of(roles)
    ]


def _validity(until: date | None, today: date) -> Validity:
    if until is None:
        return Validity.MISSING
    if until < today:
        return Validity.EXPIRED
    return Validity.SOON if until <= today + SOON else Validity.VALID


def remind_of_ends(uow: UnitOfWork) -> None:
    """Job of the morning: who works here is told once, a month before something learned runs out.

    A record of the same topic that holds longer, or as long and came later, makes one silent.
    """
    today, newer = day_of(uow.now), aliased(TrainingRecord)
    as_long = and_(newer.valid_until == TrainingRecord.valid_until, newer.id > TrainingRecord.id)
    replaced = select(newer.id).where(
        newer.person_id == TrainingRecord.person_id,
        newer.topic == TrainingRecord.topic,
        or_(newer.valid_until > TrainingRecord.valid_until, as_long),
        newer.cancelled_at.is_(None),
    )
    ending = select(TrainingRecord).where(
        TrainingRecord.person_id.in_(list(holders_of_roles(uow))),
        TrainingRecord.cancelled_at.is_(None),
        TrainingRecord.warned_at.is_(None),
        TrainingRecord.valid_until.between(today, today + SOON),
        ~replaced.exists(),
    )
    for record in uow.session.scalars(ending.with_for_update(skip_locked=True)):
        record.warned_at = uow.now
        uow.emit(TrainingEnds(subject_id=record.id, topic=record.topic))


def forget_old(uow: UnitOfWork) -> None:
    """Job of the night: what ran out five years ago goes, with the attempts of that time."""
    gone = TrainingRecord.valid_until < months_later(day_of(uow.now), -12 * KEPT_YEARS)
    forget(uow, "training", uow.session.scalars(select(TrainingRecord.id).where(gone)).all())
    uow.session.execute(delete(TrainingRecord).where(gone))
    old = MissionAttempt.started_at < uow.now - timedelta(days=366 * KEPT_YEARS)
    uow.session.execute(delete(MissionAttempt).where(old))
