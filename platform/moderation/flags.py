"""Flags: somebody says that a thing breaks a rule, nobody asks who; done once staff have looked.

A notice in the sense of Regulation (EU) 2022/2065, art. 16, with less asked of who gives it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.db.base import new_id
from obshto.platform.moderation.models import ModerationFlag
from obshto.platform.unit_of_work import UnitOfWork

WAITS = ModerationFlag.done_at.is_(None)


def put_flag(uow: UnitOfWork, part: str, object_id: UUID, rule: str, *, request_id: UUID) -> bool:
    """Keep it; False where the same form was sent before."""
    row = {"id": new_id(), "request_id": request_id, "part": part, "object_id": object_id}
    put = insert(ModerationFlag).values(**row, rule=rule, at=uow.now).on_conflict_do_nothing()
    return uow.session.execute(put.returning(ModerationFlag.id)).scalar() is not None


def flags_on(uow: UnitOfWork, part: str, ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, int]]:
    """What was said against these things and is not done, by rule. One query."""
    own = ModerationFlag.part == part, ModerationFlag.object_id.in_(ids), WAITS
    columns = ModerationFlag.object_id, ModerationFlag.rule
    found: dict[UUID, dict[str, int]] = {}
    for object_id, rule, number in uow.session.execute(
        select(*columns, func.count()).where(*own).group_by(*columns)
    ):
        found.setdefault(object_id, {})[rule] = number
    return found


def is_flagged(part: str, object_id: Any) -> ColumnElement[bool]:
    """Whether a flag waits, for the column of a list."""
    own = ModerationFlag.part == part, ModerationFlag.object_id == object_id, WAITS
    return exists().where(*own)


def close_flags(uow: UnitOfWork, part: str, *ids: UUID) -> bool:
    """Staff have looked and decided, whatever they decided; False where nothing waited."""
    own = ModerationFlag.part == part, ModerationFlag.object_id.in_(ids), WAITS
    done = update(ModerationFlag).where(*own).values(done_at=uow.now).returning(ModerationFlag.id)
    return bool(uow.session.scalars(done).all())


def forget_flags(uow: UnitOfWork, part: str, ids: Collection[UUID]) -> None:
    """The things are gone."""
    own = ModerationFlag.part == part, ModerationFlag.object_id.in_(ids)
    uow.session.execute(delete(ModerationFlag).where(*own))
