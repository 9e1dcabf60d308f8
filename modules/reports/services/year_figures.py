"""A year of reports: those that were sent in it and count once, how they stand now."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.reports.models import Report
from obshto.modules.reports.services.states import DONE, STATES
from obshto.platform.participation.declarations import ParticipationWay, Period, WayFigures
from obshto.platform.participation.figures import by_mode, counts_by, held_back, within
from obshto.platform.unit_of_work import UnitOfWork


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """Three queries. Who told the same thing again is a voice, too."""
    sent = select(Report).where(within(Report.sent_at, period))
    channels = counts_by(uow, Report.channel, sent)
    states = counts_by(uow, Report.state, sent.where(Report.first_id.is_(None)))
    return WayFigures(
        things=sum(states.values()),
        voices=sum(channels.values()),
        ends={state: number for state, number in states.items() if state in DONE},
        by_place=held_back(counts_by(uow, Report.settlement, sent)),
        by_mode=held_back(by_mode(channels)),
    )


WAYS = (
    ParticipationWay(
        word="reports.reports",
        title=_("Сигнали"),
        things=_("сигнали"),
        voices=_("сигнали, с повторените"),
        path="/reports/",
        ends={state: STATES[state] for state in DONE},
        figures=figures_of,
    ),
)
