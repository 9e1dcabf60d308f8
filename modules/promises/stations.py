"""Stations of promises that staff entered: given, kept by the day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.promises.events import EVENTS
from obshto.modules.promises.models import Promise
from obshto.platform.clock import SOFIA
from obshto.platform.thread.declarations import StationSource, StationState, ThreadEntry
from obshto.platform.unit_of_work import UnitOfWork


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every promise. One query."""
    wanted = select(Promise)
    wanted = wanted if ids is None else wanted.where(Promise.id.in_(ids))
    for row in uow.session.scalars(wanted).all():
        yield ThreadEntry(
            object_id=row.id,
            title=row.title,
            path=row.path,
            since=datetime.combine(row.given_on, time(), SOFIA),
            place=row.settlement,
            stations=(
                StationState(word="given", reached_on=row.given_on),
                StationState(
                    word="kept",
                    due_on=row.due_on,
                    first_due_on=row.first_due_on,
                    reached_on=row.kept_on,
                    dropped_on=row.dropped_on,
                    reason=row.reason,
                    owes=row.office or row.owes,
                    is_promise=True,
                ),
            ),
            after=((row.after_part, row.after_id),) if row.after_id else (),
        )


STATIONS = StationSource(
    kind=_("Обещание"),
    words={"given": _("Обещано"), "kept": _("Изпълнение")},
    facts=frozenset(EVENTS),
    of=entries_of,
)
