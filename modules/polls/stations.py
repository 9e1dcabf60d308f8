"""Stations of polls: opens, closes, what was done with the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _

from obshto.modules.polls.events import EVENTS, PollWritten, SheetCounted
from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.queries import public
from obshto.platform.clock import day_of
from obshto.platform.thread.declarations import (
    MUNICIPALITY,
    StationSource,
    StationState,
    ThreadEntry,
)
from obshto.platform.unit_of_work import UnitOfWork


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every public poll. One query."""
    wanted = public() if ids is None else public().where(Poll.id.in_(ids))
    for row in uow.session.scalars(wanted).all():
        assert row.published_at
        opens_at = row.opens_at or row.published_at
        yield ThreadEntry(
            object_id=row.id,
            title=row.title,
            path=row.path,
            since=row.published_at,
            stations=(
                StationState(word="opens", due_on=day_of(opens_at), comes_by_itself=True),
                StationState(word="closes", due_on=day_of(row.closes_at), comes_by_itself=True),
                StationState(
                    word="outcome",
                    reached_on=day_of(row.outcome_at) if row.outcome_at else None,
                    owes=MUNICIPALITY,
                    is_promise=True,
                ),
            ),
        )


STATIONS = StationSource(
    kind=_("Анкета"),
    words={
        "opens": _("Започва анкетата"),
        "closes": _("Последен ден за отговори"),
        "outcome": _("Какво направи общината с отговорите"),
    },
    facts=frozenset(EVENTS) - {PollWritten, SheetCounted},
    of=entries_of,
)
