"""A year of votes on paper: those announced in it, who voted, what was adopted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.results.models import VoteNight
from obshto.platform.participation.declarations import (
    ASSISTED,
    ParticipationWay,
    Period,
    WayFigures,
)
from obshto.platform.participation.figures import held_back, within_days
from obshto.platform.unit_of_work import UnitOfWork

ADOPTED = "adopted"


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """One query. Of who voted the law counts no ages, and neither does anybody here."""
    announced = select(VoteNight.participants, VoteNight.is_adopted).where(
        within_days(VoteNight.announced_on, period), VoteNight.participants.is_not(None)
    )
    rows = uow.session.execute(announced).all()
    voices = sum(participants or 0 for participants, _adopted in rows)
    return WayFigures(
        things=len(rows),
        voices=voices,
        ends={ADOPTED: sum(bool(is_adopted) for _participants, is_adopted in rows)},
        by_mode=held_back({ASSISTED: voices}),
    )


WAYS = (
    ParticipationWay(
        word="results.turnout",
        title=_("Гласували на местен референдум"),
        things=_("референдуми с резултат"),
        voices=_("гласували"),
        path="/results/",
        ends={ADOPTED: _("Приети решения")},
        figures=figures_of,
    ),
)
