"""A year of general assemblies: those that were held in it, who came, what was adopted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from obshto.modules.assembly.models import Assembly, AssemblyQuestion
from obshto.modules.assembly.services.queries import public
from obshto.modules.assembly.services.states import DECIDED, HELD
from obshto.platform.participation.declarations import (
    ASSISTED,
    ParticipationWay,
    Period,
    WayFigures,
)
from obshto.platform.participation.figures import held_back, within
from obshto.platform.unit_of_work import UnitOfWork

ADOPTED = "adopted"


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """Two queries. Heads are counted in the hall of each settlement; the minutes say it as well."""
    held = public().where(Assembly.state == HELD, within(Assembly.starts_at, period)).order_by(None)
    heads = func.sum(Assembly.present)
    by_unit = held.with_only_columns(Assembly.unit, func.count(), heads).group_by(Assembly.unit)
    rows = uow.session.execute(by_unit).all()
    adopted = select(func.count()).where(
        AssemblyQuestion.assembly_id.in_(held.with_only_columns(Assembly.id)),
        AssemblyQuestion.state.in_(DECIDED),
    )
    came = {unit: present or 0 for unit, _number, present in rows}
    voices = sum(came.values())
    return WayFigures(
        things=sum(number for _unit, number, _present in rows),
        voices=voices,
        ends={ADOPTED: uow.session.scalar(adopted) or 0},
        by_place=held_back(came),
        by_mode=held_back({ASSISTED: voices}),
    )


WAYS = (
    ParticipationWay(
        word="assembly.attendance",
        title=_("Присъствали на общи събрания"),
        things=_("проведени общи събрания"),
        voices=_("присъствали"),
        path="/assembly/",
        ends={ADOPTED: _("Приети решения")},
        figures=figures_of,
    ),
)
