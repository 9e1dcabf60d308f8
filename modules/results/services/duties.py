"""Duties after a result: publication in three places with proof, then who must carry it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.results.errors import (
    DayNotPossible,
    NoSuchDuty,
    NotInThisState,
    PublicWordsMissing,
    StaleNight,
)
from obshto.modules.results.events import DutyWritten
from obshto.modules.results.models import ResultDuty, VoteNight
from obshto.modules.results.services.nights import lock_night
from obshto.modules.results.services.states import FINAL, STATES
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.petitions.stations import Due
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web import formats
from obshto.platform.web.language import SOURCE, speaking

SITE, NEWSPAPER, MEDIUM = "site", "newspaper", "medium"
PUBLICATIONS: Mapping[str, LazyString] = {
    SITE: _("Обявяване на страницата на общината"),
    NEWSPAPER: _("Обявяване в регионален вестник"),
    MEDIUM: _("Обявяване в регионална електронна медия"),
}
DONE, DROPPED = "done", "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWords:
    """Something to be done as typed; `owes` is a word of the thread's `OWES`, or who else it is."""

    title: str
    owes: str
    due_on: date


def duties_of(uow: UnitOfWork, night: VoteNight) -> Sequence[ResultDuty]:
    """By their days. One query."""
    if not night.id:
        return ()
    wanted = select(ResultDuty).where(ResultDuty.night_id == night.id)
    return uow.session.scalars(wanted.order_by(ResultDuty.due_on, ResultDuty.id)).all()


def effect_day(night: VoteNight, duties: Sequence[ResultDuty]) -> date | None:
    """When the decision took effect: at once with its announcement (чл. 43, ал. 2), which is whole
    when it stood in all three places. None before.
    """
    told = [one.done_on for one in duties if one.kind]
    if night.state != FINAL or len(told) < len(PUBLICATIONS) or not all(told):
        return None
    return max(day for day in told if day)


def owe_publication(uow: UnitOfWork, night: VoteNight, due: Due | None) -> None:
    """Who owes it announces an adopted decision in three places, each with proof; nothing is owed
    where the law of the vote asks for no publication.
    """
    if due is None or due.term is None:
        return
    for kind in PUBLICATIONS:
        with speaking(SOURCE):
            title, owes = str(PUBLICATIONS[kind]), str(due.owes)
        uow.session.add(
            ResultDuty(
                request_id=uuid5(NAMESPACE_URL, f"{night.id}/{night.version}/{kind}"),
                night_id=night.id,
                kind=kind,
                title=title,
                owes=owes,
                due_on=due.term.due_on,
                written_at=uow.now,
            )
        )


def add_duty(
    uow: UnitOfWork, vote: CalledVote, words: DutyWords, *, request_id: UUID
) -> ResultDuty:
    """Somebody must do something to carry the decision out; the same request finds the first.

    Raises NotInThisState before the result is final.
    """
    night = lock_night(uow, vote)
    first = select(ResultDuty).where(ResultDuty.request_id == request_id)
    if found := uow.session.scalar(first):
        return found
    if night.state != FINAL:
        raise NotInThisState(state=STATES[night.state])
    duty = ResultDuty(
        request_id=request_id,
        night_id=night.id,
        kind="",
        title=words.title,
        owes=words.owes,
        due_on=words.due_on,
        written_at=uow.now,
    )
    uow.session.add(duty)
    _tell(uow, night)
    return duty


def duty_of(uow: UnitOfWork, night: VoteNight, duty_id: UUID) -> ResultDuty:
    """One of this vote. Raises NoSuchDuty."""
    duty = uow.session.get(ResultDuty, duty_id, with_for_update=True, populate_existing=True)
    if duty is None or duty.night_id != night.id:
        raise NoSuchDuty
    return duty


def end_duty(
    uow: UnitOfWork,
    vote: CalledVote,
    duty_id: UUID,
    *,
    how: str,
    on: date,
    words: str,
    expected_version: int,
) -> None:
    """Done, with what proves it; or dropped, with a reason. A publication is never dropped.

    Raises StaleNight, PublicWordsMissing, DayNotPossible, NotInThisState.
    """
    night = lock_night(uow, vote)
    duty = duty_of(uow, night, duty_id)
    told = (on, words, None, "") if how == DONE else (None, "", on, words)
    if (duty.done_on, duty.proof, duty.dropped_on, duty.reason) == told:
        return
    expect_version(duty, expected_version, StaleNight)
    if not words:
        raise PublicWordsMissing
    if how == DROPPED and duty.kind:
        raise NotInThisState(state=gettext("задължително по закон"))
    first, last = night.announced_on or night.vote_on, day_of(uow.now)
    if not first <= on <= last:
        raise DayNotPossible(first=formats.day(first), last=formats.day(last))
    duty.done_on, duty.proof, duty.dropped_on, duty.reason = told
    _tell(uow, night)


def reopen_duty(uow: UnitOfWork, vote: CalledVote, duty_id: UUID, *, expected_version: int) -> None:
    """Neither done nor dropped after all. Raises StaleNight."""
    night = lock_night(uow, vote)
    duty = duty_of(uow, night, duty_id)
    if not (duty.done_on or duty.dropped_on):
        return
    expect_version(duty, expected_version, StaleNight)
    duty.done_on = duty.dropped_on = None
    duty.proof = duty.reason = ""
    _tell(uow, night)


def _tell(uow: UnitOfWork, night: VoteNight) -> None:
    night.changed_at = uow.now
    uow.session.flush()
    uow.emit(DutyWritten(subject_id=night.id))
