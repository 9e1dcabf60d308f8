"""Attempts: begin a mission, read from the practice municipality how far it is, finish it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.training.errors import NoSuchMission, NotAtHome, NotStarted
from obshto.modules.training.events import MissionFinished, MissionStarted
from obshto.modules.training.models import MissionAttempt
from obshto.modules.training.services.mission_kinds import Mission
from obshto.modules.training.services.missions import (
    MISSIONS,
    LoggedAct,
    MissionProgress,
    progress,
)
from obshto.modules.training.services.records import record_mission
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import acts_in_practice, enter_practice, find_practice, open_practice


def mission_named(word: str) -> Mission:
    """One mission. Raises NoSuchMission."""
    if word not in MISSIONS:
        raise NoSuchMission
    return MISSIONS[word]


def attempts_of(uow: UnitOfWork, person_id: UUID) -> Mapping[str, MissionAttempt]:
    """The latest attempt at each mission. One query."""
    rows = select(MissionAttempt).where(MissionAttempt.person_id == person_id)
    ordered = rows.order_by(MissionAttempt.started_at, MissionAttempt.id)
    return {row.mission: row for row in uow.session.scalars(ordered)}


def start_mission(uow: UnitOfWork, word: str, *, request_id: UUID) -> MissionAttempt:
    """Begin, with the same roles in practice as here. Only what is done from now on counts.

    The same form twice, or the same person in two windows, finds the one that is open. Raises
    NoSuchMission, NotAtHome, NoPractice.
    """
    mission_named(word)
    assert uow.principal.person_id
    if uow.scope.is_practice:
        raise NotAtHome
    enter_practice(uow)
    attempt = MissionAttempt(
        request_id=request_id,
        person_id=uow.principal.person_id,
        mission=word,
        started_at=uow.now,
        steps_done=0,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(attempt)
    except IntegrityError:
        return _same(uow, word, request_id)
    uow.emit(MissionStarted(subject_id=attempt.id, mission=word))
    return attempt


def check_mission(uow: UnitOfWork, word: str) -> MissionProgress:
    """Keep how far the open attempt is; a finished one becomes a record, once.

    Raises NoSuchMission, NotStarted, NoPractice.
    """
    mission, attempt = mission_named(word), _open(uow, word)
    if attempt is None:
        finished = attempts_of(uow, _me(uow)).get(word)
        if finished is None:
            raise NotStarted
        return MissionProgress(len(mission.steps))  # the same form, sent twice
    reached = progress_of(mission, attempt)
    attempt.steps_done = reached.done
    if reached.done == len(mission.steps):
        attempt.finished_at = uow.now
        record_mission(uow, attempt, mission.topic)
        uow.emit(MissionFinished(subject_id=attempt.id, mission=word))
    return reached


def progress_of(mission: Mission, attempt: MissionAttempt | None) -> MissionProgress:
    """Steps done in the data of the practice municipality, which may be away by now."""
    if attempt is None:
        return MissionProgress(0)
    if attempt.finished_at or find_practice() is None:
        return MissionProgress(attempt.steps_done)
    with open_practice("training:mission.check") as practice:
        rows = acts_in_practice(practice, attempt.person_id, mission.acts, attempt.started_at)
        acts = [LoggedAct(row.act, row.subject_id) for row in rows]
    return progress(mission, acts, done=attempt.steps_done)


def _open(uow: UnitOfWork, word: str) -> MissionAttempt | None:
    wanted = select(MissionAttempt).where(
        MissionAttempt.person_id == _me(uow),
        MissionAttempt.mission == word,
        MissionAttempt.finished_at.is_(None),
    )
    return uow.session.scalars(wanted.with_for_update()).one_or_none()


def _same(uow: UnitOfWork, word: str, request_id: UUID) -> MissionAttempt:
    if found := _open(uow, word):
        return found
    first = select(MissionAttempt).where(
        MissionAttempt.request_id == request_id, MissionAttempt.person_id == _me(uow)
    )
    return uow.session.scalars(first).one()


def _me(uow: UnitOfWork) -> UUID:
    assert uow.principal.person_id
    return uow.principal.person_id
