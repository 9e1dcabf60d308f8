"""A year of meetings: those that were held in it, who came, what was decided."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from obshto.modules.meetings.models import Decision, Meeting
from obshto.modules.meetings.services.queries import public
from obshto.platform.participation.declarations import (
    ASSISTED,
    ONLINE,
    ParticipationWay,
    Period,
    WayFigures,
)
from obshto.platform.participation.figures import held_back, within, within_days
from obshto.platform.unit_of_work import UnitOfWork

HEADS = (Meeting.attended_room, Meeting.attended_video, Meeting.attended_phone)
DECIDED = "decided"


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """Two queries. Who came is counted by heads; the record of each meeting says it as well."""
    over = public(uow).where(
        Meeting.cancelled_at.is_(None),
        within(Meeting.starts_at, period),
        Meeting.ends_at <= uow.now,
    )
    row = over.order_by(None).with_only_columns(func.count(), *map(func.sum, HEADS))
    meetings, *heads = uow.session.execute(row).one()
    room, video, phone = (number or 0 for number in heads)
    taken = select(func.count()).select_from(Decision).where(within_days(Decision.taken_on, period))
    return WayFigures(
        things=meetings,
        voices=room + video + phone,
        ends={DECIDED: uow.session.scalar(taken) or 0},
        by_mode=held_back({ONLINE: video, ASSISTED: room + phone}),
    )


WAYS = (
    ParticipationWay(
        word="meetings.attendance",
        title=_("Присъствали на събрания и срещи"),
        things=_("проведени срещи"),
        voices=_("присъствали"),
        path="/meetings/",
        ends={DECIDED: _("Записани решения")},
        figures=figures_of,
    ),
)
