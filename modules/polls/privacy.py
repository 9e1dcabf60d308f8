"""What polls know of a person: in which polls they took part while signed in, never how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, tuple_

from obshto.modules.polls.models import Participation, Poll
from obshto.modules.polls.services.ballots import name_of_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The polls that the person answered. What was answered is not known to anybody."""
    names = _names(uow, person_id)
    rows = uow.session.execute(_of(names)) if names else ()
    taken = {(poll_id, name) for poll_id, name in rows}
    titles = [{"title": poll.title} for poll, pair in names if pair in taken]
    return {"polls": sorted(titles, key=lambda row: row["title"])}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Nobody can find out any more that the person took part; the answer stays counted."""
    if names := _names(uow, person_id):
        pairs = [pair for _, pair in names]
        key = tuple_(Participation.poll_id, Participation.pseudonym)
        uow.session.execute(delete(Participation).where(key.in_(pairs)))


Pair = tuple[UUID, bytes]


def _names(uow: UnitOfWork, person_id: UUID) -> list[tuple[Poll, Pair]]:
    polls = uow.session.scalars(select(Poll)).all()
    return [(poll, (poll.id, name_of_person(poll, person_id))) for poll in polls]


def _of(names: list[tuple[Poll, Pair]]) -> Any:
    key = tuple_(Participation.poll_id, Participation.pseudonym)
    columns = select(Participation.poll_id, Participation.pseudonym)
    return columns.where(key.in_([pair for _, pair in names]))
