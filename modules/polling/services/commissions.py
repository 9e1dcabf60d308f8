"""Commissions of sections: chair, secretary and up to five members for one vote (чл. 7, ал. 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from obshto.modules.polling.errors import CommissionFull, NoSuchSection, OfficeTaken, StaleSection
from obshto.modules.polling.events import CommissionChanged
from obshto.modules.polling.models import CommissionMember, PollingSection
from obshto.modules.polling.services.votes import settings_here
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.training_courses import TrainingCourses
from obshto.platform.unit_of_work import UnitOfWork

CHAIR, SECRETARY, MEMBER = "chair", "secretary", "member"
OFFICES: Mapping[str, LazyString] = {
    CHAIR: _("председател"),
    SECRETARY: _("секретар"),
    MEMBER: _("член"),
}
MOST_MEMBERS = 5
AT_ONCE = 500  # rows of one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberWords:
    """A member as typed; `phone` in its full form, or empty."""

    office: str
    name: str
    phone: str
    trained_on: date | None
    course: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionCount:
    """How many sit in a commission, how many were trained by now; no names are read for it."""

    members: int = 0
    trained: int = 0
    has_chair: bool = False
    has_secretary: bool = False

    @property
    def is_whole(self) -> bool:
        """It has who leads it and who writes, and all are trained."""
        return self.has_chair and self.has_secretary and self.trained == self.members


def members_of(
    uow: UnitOfWork, vote: CalledVote, section_ids: Sequence[UUID]
) -> Sequence[CommissionMember]:
    """With their names: record a look before. Chair, secretary, members. One query."""
    wanted = select(CommissionMember).where(
        CommissionMember.vote_id == vote.id, CommissionMember.section_id.in_(section_ids)
    )
    found = uow.session.scalars(wanted.order_by(CommissionMember.id)).all()
    order = list(OFFICES)
    return sorted(found, key=lambda one: order.index(one.office))


def counts_of(uow: UnitOfWork, vote: CalledVote) -> Mapping[UUID, CommissionCount]:
    """By section, without a name. One query."""
    columns = CommissionMember.section_id, CommissionMember.office
    trained = func.count().filter(CommissionMember.trained_on <= day_of(uow.now))
    wanted = (
        select(*columns, func.count(), trained)
        .where(CommissionMember.vote_id == vote.id)
        .group_by(*columns)
    )
    found: dict[UUID, list[tuple[str, int, int]]] = {}
    for section_id, office, number, knowing in uow.session.execute(wanted):
        found.setdefault(section_id, []).append((office, number, knowing))
    return {
        section_id: CommissionCount(
            members=sum(number for _office, number, _trained in rows),
            trained=sum(trained for _office, _number, trained in rows),
            has_chair=any(office == CHAIR for office, _number, _trained in rows),
            has_secretary=any(office == SECRETARY for office, _number, _trained in rows),
        )
        for section_id, rows in found.items()
    }


def untrained_of(
    uow: UnitOfWork, vote: CalledVote, section_ids: Sequence[UUID]
) -> Sequence[CommissionMember]:
    """Members whose day of training is ahead or not set: record a look before. One query."""
    today = day_of(uow.now)
    people = members_of(uow, vote, section_ids)
    return [one for one in people if one.trained_on is None or one.trained_on > today]


def courses_here(uow: UnitOfWork) -> tuple[str, Sequence[str]]:
    """Where records of training are kept, and the courses there; empty where no part keeps any."""
    port = port_here(TrainingCourses)
    return (port.path, port.titles(uow)) if port else ("", ())


def add_member(
    uow: UnitOfWork,
    vote: CalledVote,
    section: PollingSection,
    words: MemberWords,
    *,
    request_id: UUID,
) -> None:
    """A member; the same request again finds the first. Raises OfficeTaken, CommissionFull.

    Whoever adds one to the same section at the same time waits for the section's row.
    """
    first = select(CommissionMember.id).where(CommissionMember.request_id == request_id)
    uow.session.execute(
        select(PollingSection.id).where(PollingSection.id == section.id).with_for_update()
    )
    if uow.session.scalar(first):
        return
    _expect_seat(uow, vote, section, words.office)
    member = CommissionMember(
        request_id=request_id,
        vote_id=vote.id,
        vote_on=vote.vote_on,
        section_id=section.id,
        office=words.office,
        name=words.name,
        phone=words.phone or None,
        trained_on=words.trained_on,
        course=words.course,
        entered_at=uow.now,
        entered_by_id=uow.principal.person_id,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(member)
    except IntegrityError:
        raise OfficeTaken(office=OFFICES[words.office]) from None
    uow.emit(CommissionChanged(subject_id=section.id, number=section.number))


def member_of(
    uow: UnitOfWork, vote: CalledVote, section: PollingSection, member_id: UUID
) -> CommissionMember:
    """One of that commission, locked. Raises NoSuchSection."""
    wanted = select(CommissionMember).where(
        CommissionMember.id == member_id,
        CommissionMember.vote_id == vote.id,
        CommissionMember.section_id == section.id,
    )
    found = uow.session.scalar(wanted.with_for_update())
    if found is None:
        raise NoSuchSection
    return found


def edit_member(
    uow: UnitOfWork,
    section: PollingSection,
    member: CommissionMember,
    words: MemberWords,
    *,
    expected_version: int,
) -> None:
    """Name, phone and training; the office stays. Raises StaleSection."""
    told = {"name": words.name, "phone": words.phone or None, "trained_on": words.trained_on}
    told["course"] = words.course
    if all(getattr(member, name) == value for name, value in told.items()):
        return
    expect_version(member, expected_version, StaleSection)
    for name, value in told.items():
        setattr(member, name, value)
    uow.emit(CommissionChanged(subject_id=section.id, number=section.number))


def remove_member(
    uow: UnitOfWork,
    vote: CalledVote,
    section: PollingSection,
    member_id: UUID,
    *,
    expected_version: int,
) -> None:
    """Somebody else will sit there; again changes nothing. Raises StaleSection."""
    try:
        member = member_of(uow, vote, section, member_id)
    except NoSuchSection:
        return
    expect_version(member, expected_version, StaleSection)
    uow.session.delete(member)
    uow.emit(CommissionChanged(subject_id=section.id, number=section.number))


def forget_commissions(uow: UnitOfWork) -> None:
    """Job: some time after the vote nobody's name stays."""
    last = day_of(uow.now) - timedelta(days=settings_here(uow).keeps_names_days)
    old = select(CommissionMember.id).where(CommissionMember.vote_on < last).limit(AT_ONCE)
    ids = list(uow.session.scalars(old))
    uow.session.execute(delete(CommissionMember).where(CommissionMember.id.in_(ids)))


def forget_clerk(uow: UnitOfWork, person_id: UUID) -> None:
    """Nothing says any more who entered a member."""
    own = update(CommissionMember).where(CommissionMember.entered_by_id == person_id)
    uow.session.execute(own.values(entered_by_id=None))


def _expect_seat(uow: UnitOfWork, vote: CalledVote, section: PollingSection, office: str) -> None:
    taken = select(func.count()).select_from(CommissionMember)
    taken = taken.where(
        CommissionMember.vote_id == vote.id,
        CommissionMember.section_id == section.id,
        CommissionMember.office == office,
    )
    number = uow.session.scalar(taken) or 0
    if office == MEMBER and number >= MOST_MEMBERS:
        raise CommissionFull
    if office != MEMBER and number:
        raise OfficeTaken(office=OFFICES[office])
