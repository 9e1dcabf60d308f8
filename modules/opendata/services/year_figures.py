"""A year of requests for information and data: those decided in it, by channel and end."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.opendata.models import InformationRequest
from obshto.modules.opendata.services.request_states import DECIDED, STATES
from obshto.platform.participation.declarations import ParticipationWay, Period, WayFigures
from obshto.platform.participation.figures import by_mode, counts_by, held_back, within
from obshto.platform.unit_of_work import UnitOfWork


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """Two queries. Whoever asks is asked neither age nor place."""
    row = InformationRequest
    decided = select(row).where(within(row.answered_at, period), row.state.in_(DECIDED))
    channels = counts_by(uow, row.channel, decided)
    ends = counts_by(uow, row.state, decided)
    number = sum(channels.values())
    modes = held_back(by_mode(channels))
    return WayFigures(things=number, voices=number, ends=ends, by_mode=modes)


WAYS = (
    ParticipationWay(
        word="opendata.requests",
        title=_("Искания за информация и данни"),
        things=_("искания с решение"),
        voices=_("искания"),
        path="/opendata/requests/",
        ends={state: STATES[state] for state in DECIDED},
        figures=figures_of,
    ),
)
