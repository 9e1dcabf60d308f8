"""What falls due by the clock: ends are told, what was deleted is gone for good."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from obshto.modules.polls.events import PollClosed
from obshto.modules.polls.models import Picture, Poll, Question
from obshto.modules.polls.services.pictures import forget_pictures
from obshto.modules.polls.services.polls import tell
from obshto.modules.polls.services.tally import sealed, tally_of
from obshto.platform.soft_delete import RESTORABLE_FOR
from obshto.platform.unit_of_work import UnitOfWork


def close_due(uow: UnitOfWork) -> None:
    """Tell of polls that have ended by the clock, each once.

    Their version stays: whoever is writing what came of one has seen it as it is.
    """
    ended = select(Poll).where(
        Poll.published_at.is_not(None),
        Poll.closes_at <= uow.now,
        Poll.told_closed_at.is_(None),
        Poll.deleted_at.is_(None),
    )
    for poll in uow.session.scalars(ended.with_for_update(skip_locked=True)).all():
        _put(uow, poll, told_closed_at=uow.now)
        tell(uow, PollClosed, poll)


def seal_counted(uow: UnitOfWork) -> None:
    """What was counted before numbers lay sealed, as the migration left it, is sealed."""
    waiting = select(Poll).where(Poll.counted.is_not(None), Poll.tally.is_(None))
    for poll in uow.session.scalars(waiting.with_for_update()).all():
        _put(uow, poll, tally=sealed(poll, tally_of(poll)), counted=None)


def _put(uow: UnitOfWork, poll: Poll, **columns: Any) -> None:
    changing = update(Poll).where(Poll.id == poll.id).values(columns)
    uow.session.execute(changing, execution_options={"synchronize_session": False})
    uow.session.expire(poll, columns)


def erase_deleted(uow: UnitOfWork) -> None:
    """What was deleted more than 30 days ago is gone for good, with all that was answered."""
    gone = select(Poll.id).where(Poll.deleted_at < uow.now - RESTORABLE_FOR)
    of_them = select(Question.id).where(Question.poll_id.in_(gone))
    pictures = select(Picture).where(Picture.question_id.in_(of_them))
    forget_pictures(uow, uow.session.scalars(pictures).all())
    uow.session.execute(delete(Poll).where(Poll.id.in_(gone)))
