"""Notices for everybody, and for staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from obshto.modules.notices.errors import NoSuchNotice
from obshto.modules.notices.models import Notice
from obshto.platform.db.turns import rows_until
from obshto.platform.unit_of_work import UnitOfWork

ON_HOME, IN_FEED = 4, 50


def public() -> Select[Notice]:
    """What was published, also what is over or was called off."""
    return select(Notice).where(Notice.published_at.is_not(None))


def standing(now: datetime, *, kind: str = "", place: str = "") -> Select[Notice]:
    """What is in force, urgent first, then what comes; of one kind, at one place.

    A notice for the whole municipality is for each of its places.
    """
    rows = public().where(Notice.withdrawn_at.is_(None), Notice.ends_at > now)
    if kind:
        rows = rows.where(Notice.kind == kind)
    if place:
        everywhere = func.cardinality(Notice.settlements) == 0
        rows = rows.where(or_(everywhere, Notice.settlements.contains([place])))
    is_coming = Notice.starts_at > now
    return rows.order_by(is_coming, Notice.is_urgent.desc(), Notice.starts_at, Notice.id)


def on_home(uow: UnitOfWork) -> tuple[list[Notice], datetime | None]:
    """The first few of what stands, and when the next notice comes into force or is over."""
    return rows_until(uow.session, standing(uow.now).limit(ON_HOME), _next_turn(uow))


def _next_turn(uow: UnitOfWork) -> Select[datetime]:
    begins = func.min(Notice.starts_at).filter(Notice.starts_at > uow.now)
    ends = func.min(Notice.ends_at).filter(Notice.ends_at > uow.now)
    return select(func.least(begins, ends)).where(
        Notice.published_at.is_not(None), Notice.withdrawn_at.is_(None)
    )


def in_feed() -> Select[Notice]:
    """What was published lastly, whatever became of it: a reader of feeds hears that too."""
    return public().order_by(Notice.published_at.desc(), Notice.id.desc()).limit(IN_FEED)


def lists(now: datetime) -> Mapping[str, Select[Notice]]:
    """The lists of the console."""
    over = or_(Notice.ends_at <= now, Notice.withdrawn_at.is_not(None))
    drafts = select(Notice).where(Notice.published_at.is_(None))
    return {
        "standing": standing(now),
        "drafts": drafts.order_by(Notice.changed_at.desc(), Notice.id),
        "over": public().where(over).order_by(Notice.ends_at.desc(), Notice.id),
    }


def notice_of(uow: UnitOfWork, notice_id: UUID, *, to_change: bool = False) -> Notice:
    """For staff; `to_change` makes others wait. Raises NoSuchNotice."""
    found = uow.session.get(Notice, notice_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchNotice
    return found


def public_notice(uow: UnitOfWork, notice_id: UUID) -> Notice:
    """For everybody. Raises NoSuchNotice for a draft as for what never was."""
    found = uow.session.scalar(public().where(Notice.id == notice_id))
    if found is None:
        raise NoSuchNotice
    return found
