"""Looks at the words of an appeal: opening one to decide it is the purpose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import load_only

from obshto.platform.moderation.errors import NoSuchDecision
from obshto.platform.moderation.models import ModerationDecision
from obshto.platform.moderation.port import moderated_parts
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.unit_of_work import UnitOfWork

PART = "moderation"
GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“"
PURPOSES: Mapping[str, LazyString] = {"appeal": lazy_gettext("Решава възражението Ви")}


def look_at_appeal(uow: UnitOfWork, decision_id: UUID) -> None:
    """Record that somebody opens an appeal. Raises NoSuchDecision where there is none."""
    wanted = select(ModerationDecision.part, ModerationDecision.object_id).where(
        ModerationDecision.id == decision_id, ModerationDecision.appealed_at.is_not(None)
    )
    row = uow.session.execute(wanted).first()
    part = moderated_parts().get(row.part) if row else None
    if row is None or part is None:
        raise NoSuchDecision
    subject = part.author(uow, row.object_id)
    purpose = Purpose(word="appeal", kinds=(DataKind.WORDS,), ground=GROUND)
    look(uow, Opened(part=PART, object_id=decision_id, subject=subject), purpose)


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The appeals among these ids, as their authors know them. One query."""
    known = load_only(ModerationDecision.at)
    rows = select(ModerationDecision).where(ModerationDecision.id.in_(ids)).options(known)
    return {
        row.id: LookedAt(gettext("Възражение срещу скриване"), "")
        for row in uow.session.scalars(rows)
    }
