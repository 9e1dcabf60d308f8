"""Waves of opinions: hidden by one act, shown again by one while nobody objected.

Nobody reads them from the act's commit on; a job then gives each its decision, by which its author
may appeal, and tells them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, select, update

from obshto.modules.consultations.errors import (
    NoSuchWave,
    NothingChosen,
    StaleConsultation,
    WaveAnswered,
)
from obshto.modules.consultations.events import (
    OpinionHidden,
    OpinionShown,
    OpinionWaveHidden,
    OpinionWaveUndone,
)
from obshto.modules.consultations.models import (
    Consultation,
    Opinion,
    OpinionAnswer,
    OpinionWave,
    number_of,
)
from obshto.modules.consultations.services.access_log import PART
from obshto.modules.consultations.services.consultations import tell
from obshto.modules.consultations.services.filters import OpinionFilter, hideable
from obshto.modules.consultations.services.queries import public_consultation
from obshto.modules.consultations.services.record import add_line
from obshto.modules.consultations.services.table import withdraw_table
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.moderation.acts import hide_each, is_of_act, lift_act
from obshto.platform.moderation.flags import close_flags
from obshto.platform.moderation.models import ModerationDecision
from obshto.platform.moderation.services import Reason, decisions_about, hide, said_of
from obshto.platform.unit_of_work import UnitOfWork

WAVE = "consultations:tell-wave"
AT_ONCE = 200  # authors in one transaction; the consultation waits so long
MOST_WAVES = 20  # on one page, the newest
UNSEEN = {"synchronize_session": False}  # an encrypted column forbids to compare rows


class Hidden(NamedTuple):
    """What an act reads of an opinion: never its words."""

    id: UUID
    year: int | None
    sequence: int | None

    @property
    def number(self) -> str:
        return number_of(self.year, self.sequence)


def hide_wave(
    uow: UnitOfWork,
    consultation_id: UUID,
    wanted: OpinionFilter,
    reason: Reason,
    *,
    request_id: UUID,
    last: tuple[int, int] | None = None,
) -> OpinionWave:
    """Hide all that match and are shown, up to the last one that was there to be seen.

    The same `request_id` again finds the first. Raises NoSuchConsultation, NothingChosen.
    """
    consultation = public_consultation(uow, consultation_id, to_change=True)
    own = select(OpinionWave).where(OpinionWave.request_id == request_id)
    if first := uow.session.scalar(own):
        return first
    found = _locked_rows(uow, hideable(consultation, wanted, last=last)) if wanted.is_narrow else ()
    if not found:
        raise NothingChosen
    wave = OpinionWave(
        id=new_id(),
        request_id=request_id,
        consultation_id=consultation.id,
        number=len(found),
        at=uow.now,
    )
    uow.session.add(wave)
    hide(uow, PART, wave.id, reason, request_id=new_id())
    why = said_of(reason)
    _set(uow, found, hidden_at=uow.now, hidden_why=why, wave_id=wave.id, checked_at=uow.now)
    add_line(uow, consultation, "hidden", {"numbers": _numbers(found), "why": why})
    withdraw_table(uow, consultation)
    tell(uow, OpinionWaveHidden, consultation)
    tell_wave(uow, wave_id=wave.id)
    return wave


def undo_wave(uow: UnitOfWork, wave_id: UUID, *, expected_version: int) -> OpinionWave:
    """Show them all again. Twice is once.

    Raises NoSuchWave, StaleConsultation, WaveAnswered, AppealWaits.
    """
    consultation, wave = _locked(uow, wave_id)
    if wave.undone_at:
        return wave
    expect_version(wave, expected_version, StaleConsultation)
    if is_answered(uow, wave):
        raise WaveAnswered
    lift_act(uow, PART, wave.id)
    found = _locked_rows(uow, select(Opinion).where(Opinion.wave_id == wave.id))
    _set(uow, found, hidden_at=None, hidden_why="")
    wave.undone_at = uow.now
    uow.session.flush()
    add_line(uow, consultation, "shown", {"numbers": _numbers(found)})
    withdraw_table(uow, consultation)
    tell(uow, OpinionWaveUndone, consultation)
    tell_wave(uow, wave_id=wave.id)
    return wave


def tell_wave(uow: UnitOfWork, *, wave_id: UUID | str) -> None:
    """Job: decisions and letters of the next so many; asks for itself while some are left."""
    _, wave = _locked(uow, UUID(str(wave_id)))
    rows = _read(uow, _untold(wave).order_by(Opinion.id).limit(AT_ONCE))
    if wave.undone_at:
        _tell_shown(uow, wave, rows)
    else:
        _tell_hidden(uow, wave, rows)
    if len(rows) == AT_ONCE:
        key = f"{WAVE}:{wave.id}"
        uow.defer(WAVE, once=key, in_turn=key, wave_id=wave.id)


def wave_of(uow: UnitOfWork, wave_id: UUID) -> OpinionWave:
    """Raises NoSuchWave."""
    found = uow.session.get(OpinionWave, wave_id)
    if found is None:
        raise NoSuchWave
    return found


def waves_of(uow: UnitOfWork, consultation: Consultation) -> Sequence[OpinionWave]:
    """The newest first. One query."""
    own = select(OpinionWave).where(OpinionWave.consultation_id == consultation.id)
    return uow.session.scalars(own.order_by(OpinionWave.at.desc()).limit(MOST_WAVES)).all()


def decision_of_wave(uow: UnitOfWork, wave: OpinionWave) -> ModerationDecision:
    """Why it was hidden and by whom, also after it was undone. One query."""
    return uow.session.scalars(decisions_about(PART, wave.id)).one()


def untold_in(uow: UnitOfWork, wave: OpinionWave) -> int:
    """How many authors have not been told yet what became of theirs. One query."""
    own = _untold(wave).with_only_columns(func.count())
    return uow.session.scalar(own) or 0


def is_answered(uow: UnitOfWork, wave: OpinionWave) -> bool:
    """Whether one of them was answered after it was hidden. One query."""
    own = select(Opinion.id).join(OpinionAnswer, OpinionAnswer.id == Opinion.answer_id)
    own = own.where(Opinion.wave_id == wave.id, OpinionAnswer.at > wave.at)
    return uow.session.scalar(own.limit(1)) is not None


def _untold(wave: OpinionWave) -> Select[Opinion]:
    own = select(Opinion).where(Opinion.wave_id == wave.id)
    return own if wave.undone_at else own.where(~is_of_act(wave.id, Opinion.id))


def _tell_hidden(uow: UnitOfWork, wave: OpinionWave, rows: Sequence[Hidden]) -> None:
    ids = [row.id for row in rows]
    hide_each(uow, decision_of_wave(uow, wave), ids)
    close_flags(uow, PART, *ids)
    for row in rows:
        uow.emit(OpinionHidden(subject_id=row.id, number=row.number))


def _tell_shown(uow: UnitOfWork, wave: OpinionWave, rows: Sequence[Hidden]) -> None:
    """Only to who was told before that it is hidden."""
    own = select(Opinion.id).where(Opinion.wave_id == wave.id, is_of_act(wave.id, Opinion.id))
    knowing = set(uow.session.scalars(own.where(Opinion.id.in_([row.id for row in rows]))))
    for row in rows:
        if row.id in knowing:
            uow.emit(OpinionShown(subject_id=row.id, number=row.number))
    _set(uow, rows, wave_id=None)


def _locked(uow: UnitOfWork, wave_id: UUID) -> tuple[Consultation, OpinionWave]:
    """The consultation's row first, then the wave as it is after the wait."""
    wave = wave_of(uow, wave_id)
    consultation = public_consultation(uow, wave.consultation_id, to_change=True)
    uow.session.refresh(wave)
    return consultation, wave


def _locked_rows(uow: UnitOfWork, wanted: Select[Opinion]) -> Sequence[Hidden]:
    """Locked in the order of their ids, as everybody does who locks several."""
    return _read(uow, wanted.order_by(None).order_by(Opinion.id).with_for_update(of=Opinion))


def _read(uow: UnitOfWork, wanted: Select[Opinion]) -> Sequence[Hidden]:
    rows = wanted.with_only_columns(Opinion.id, Opinion.year, Opinion.sequence)
    return [Hidden(*row) for row in uow.session.execute(rows)]


def _set(uow: UnitOfWork, rows: Sequence[Hidden], **values: object) -> None:
    own = update(Opinion).where(Opinion.id.in_([row.id for row in rows]))
    uow.session.execute(own.values(version=Opinion.version + 1, **values), execution_options=UNSEEN)


def _numbers(rows: Sequence[Hidden]) -> list[str]:
    """In the order in which people got them."""
    return [row.number for row in sorted(rows, key=lambda row: (row.year, row.sequence))]
