"""Stations of consultations: opened, closes, the outcome that the municipality owes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _

from obshto.modules.consultations.events import PUBLIC
from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.services.queries import public
from obshto.platform.clock import day_of
from obshto.platform.thread.declarations import (
    MUNICIPALITY,
    StationSource,
    StationState,
    ThreadEntry,
)
from obshto.platform.unit_of_work import UnitOfWork


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[ThreadEntry]:
    """Every published consultation. One query."""
    wanted = public() if ids is None else public().where(Consultation.id.in_(ids))
    for row in uow.session.scalars(wanted).all():
        assert row.published_at
        yield ThreadEntry(
            object_id=row.id,
            title=row.title,
            path=row.path,
            since=row.published_at,
            stations=(
                StationState(word="opened", reached_on=day_of(row.published_at)),
                StationState(word="closes", due_on=row.closes_on, comes_by_itself=True),
                StationState(
                    word="outcome",
                    reached_on=day_of(row.outcome_at) if row.outcome_at else None,
                    owes=MUNICIPALITY,
                    is_promise=True,
                ),
            ),
        )


STATIONS = StationSource(
    kind=_("Консултация"),
    words={
        "opened": _("Започна обсъждането"),
        "closes": _("Последен ден за становища"),
        "outcome": _("Отговор на всяко становище и резултат"),
    },
    facts=frozenset(PUBLIC),
    of=entries_of,
)
