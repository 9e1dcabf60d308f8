"""A year of civic initiatives: those answered in it, who signed them on paper, how they ended."""

from __future__ import annotations

from collections import Counter

from flask_babel import lazy_gettext as _
from sqlalchemy import exists

from obshto.modules.initiatives.models import Initiative, InitiativeStep
from obshto.modules.initiatives.services.petition import PETITION
from obshto.modules.initiatives.services.queries import public
from obshto.modules.initiatives.services.states import OUTCOMES
from obshto.platform.participation.declarations import (
    ASSISTED,
    ParticipationWay,
    Period,
    WayFigures,
)
from obshto.platform.participation.figures import held_back, within_days
from obshto.platform.unit_of_work import UnitOfWork


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """One query, and one for each initiative: its signatures that count."""
    answered = exists().where(
        InitiativeStep.petition_id == Initiative.id,
        InitiativeStep.name == "answer",
        within_days(InitiativeStep.happened_on, period),
    )
    rows = uow.session.scalars(public().where(answered)).all()
    signed: Counter[str] = Counter()
    for row in rows:
        signed[row.unit] += PETITION.counts(uow, row).counted
    return WayFigures(
        things=len(rows),
        voices=signed.total(),
        ends=Counter(row.outcome for row in rows),
        by_place=held_back(signed),
        by_mode=held_back({ASSISTED: signed.total()}),
    )


WAYS = (
    ParticipationWay(
        word="initiatives.signatures",
        title=_("Подписи под граждански инициативи"),
        things=_("инициативи с отговор"),
        voices=_("подписи"),
        path="/initiatives/",
        ends=OUTCOMES,
        figures=figures_of,
    ),
)
