"""A year of questions about projects: those decided in it, and how many have a public answer."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import distinct, func, select

from obshto.modules.projects.models import ProjectQuestion
from obshto.platform.participation.declarations import ParticipationWay, Period, WayFigures
from obshto.platform.participation.figures import by_mode, counts_by, held_back, within
from obshto.platform.unit_of_work import UnitOfWork

PUBLIC = "public"


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """Two queries. Whoever asks is asked neither age nor place."""
    row = ProjectQuestion
    decided = select(row).where(within(row.decided_at, period))
    channels = counts_by(uow, row.channel, decided)
    told = decided.with_only_columns(
        func.count(distinct(row.project_id)), func.count().filter(row.is_public)
    )
    projects, public = uow.session.execute(told).one()
    return WayFigures(
        things=projects,
        voices=sum(channels.values()),
        ends={PUBLIC: public},
        by_mode=held_back(by_mode(channels)),
    )


WAYS = (
    ParticipationWay(
        word="projects.questions",
        title=_("Въпроси за проекти"),
        things=_("проекти, за които са питали"),
        voices=_("въпроси"),
        path="/projects/",
        ends={PUBLIC: _("С публичен отговор")},
        figures=figures_of,
    ),
)
