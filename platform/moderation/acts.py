"""Acts about many things: one decision in the log, one for each thing, so that each author appeals.

The part decides the act by `services.hide` about an object of its own that stands for all of them,
and then gives the things, as many at a time as it likes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, select, update

from obshto.platform.db.base import new_id
from obshto.platform.moderation.errors import AppealWaits
from obshto.platform.moderation.models import ModerationDecision
from obshto.platform.moderation.services import IN_FORCE, RESTORED, lift
from obshto.platform.unit_of_work import UnitOfWork


def hide_each(uow: UnitOfWork, act: ModerationDecision, ids: Collection[UUID]) -> None:
    """A decision on each of these things, as the act says. None of them may have one in force."""
    common = {
        "part": act.part,
        "rule": act.rule,
        "reason": act.reason,
        "is_provisional": False,
        "act_id": act.object_id,
        "at": act.at,
        "by_id": act.by_id,
        "by_name": act.by_name,
    }
    rows = [{**common, "id": new_id(), "request_id": new_id(), "object_id": one} for one in ids]
    if rows:
        uow.session.execute(insert(ModerationDecision), rows)


def lift_act(uow: UnitOfWork, part: str, act_id: UUID) -> None:
    """A moderator takes all of it back. Raises AppealWaits once one author has appealed."""
    own = ModerationDecision.part == part, ModerationDecision.act_id == act_id
    rows = select(ModerationDecision.id, ModerationDecision.appealed_at).where(*own)
    found = uow.session.execute(rows.order_by(ModerationDecision.id).with_for_update()).all()
    if any(appealed_at for _, appealed_at in found):
        raise AppealWaits
    values = {
        "outcome": RESTORED,
        "reviewed_at": uow.now,
        "reviewed_by_id": uow.principal.person_id,
        "reviewed_by": uow.principal.name,
        "version": ModerationDecision.version + 1,
    }
    uow.session.execute(update(ModerationDecision).where(*own, IN_FORCE).values(values))
    lift(uow, part, act_id)


def is_of_act(act_id: Any, object_id: Any) -> ColumnElement[bool]:
    """Whether a thing has its decision already, for columns of a list."""
    own = ModerationDecision.act_id == act_id, ModerationDecision.object_id == object_id
    return exists().where(*own)


def objections_to(uow: UnitOfWork, act_id: UUID) -> int:
    """How many authors have objected to an act. One query."""
    own = ModerationDecision.act_id == act_id, ModerationDecision.appealed_at.is_not(None)
    return uow.session.scalar(select(func.count()).where(*own)) or 0
