"""Stations of reports: told, answered by the term. A term is no promise: reports have a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.reports.events import EVENTS
from obshto.modules.reports.models import Report
from obshto.modules.reports.services.kinds import BODIES, kind_of
from obshto.modules.reports.services.queries import UNSHOWN, public
from obshto.modules.reports.services.states import OPEN
from obshto.platform.clock import day_of
from obshto.platform.thread.declarations import (
    MUNICIPALITY,
    StationSource,
    StationState,
    ThreadEntry,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every report that the public sees. One query; no word of the sender is read."""
    wanted = public().options(*UNSHOWN)
    wanted = wanted if ids is None else wanted.where(Report.id.in_(ids))
    for row in uow.session.scalars(wanted).all():
        with speaking(SOURCE):
            title = gettext(
                "%(kind)s, сигнал %(number)s", kind=kind_of(row).title, number=row.number
            )
        yield ThreadEntry(
            object_id=row.id,
            title=title,
            path=f"/reports/{row.id}",
            since=row.sent_at,
            place=row.settlement,
            stations=tuple(_stations(row)),
        )


def _stations(row: Report) -> Iterator[StationState]:
    yield StationState(word="sent", reached_on=day_of(row.sent_at))
    ended_at = row.ended_at or row.fixed_at
    if row.state in OPEN:
        with speaking(SOURCE):
            owes = str(BODIES[row.body]) if row.body in BODIES else MUNICIPALITY
        yield StationState(word="answered", due_on=row.due_on, owes=owes)
    elif ended_at:
        yield StationState(word="answered", due_on=row.due_on, reached_on=day_of(ended_at))


STATIONS = StationSource(
    kind=_("Сигнал"),
    words={"sent": _("Подаден сигнал"), "answered": _("Отговор")},
    facts=frozenset(fact for fact in EVENTS if fact.is_public),
    of=entries_of,
)
