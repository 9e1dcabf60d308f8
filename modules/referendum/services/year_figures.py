"""A year of petitions for a referendum: those handed over in it, who signed them on paper."""

from __future__ import annotations

from collections import Counter

from flask_babel import lazy_gettext as _
from sqlalchemy import exists

from obshto.modules.referendum.models import ProposalStep, Referendum
from obshto.modules.referendum.services.petition import PETITION
from obshto.modules.referendum.services.queries import public
from obshto.modules.referendum.services.states import WITH_PETITION
from obshto.platform.participation.declarations import (
    ASSISTED,
    ParticipationWay,
    Period,
    WayFigures,
)
from obshto.platform.participation.figures import held_back, within_days
from obshto.platform.unit_of_work import UnitOfWork

CALLED = "called"


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """One query, and one for each petition: its signatures that count."""
    filed = exists().where(
        ProposalStep.petition_id == Referendum.id,
        ProposalStep.name == "file",
        within_days(ProposalStep.happened_on, period),
    )
    wanted = public().where(filed, Referendum.proposer.in_(WITH_PETITION))
    rows = uow.session.scalars(wanted).all()
    signed: Counter[str] = Counter()
    for row in rows:
        signed[row.unit] += PETITION.counts(uow, row).counted
    return WayFigures(
        things=len(rows),
        voices=signed.total(),
        ends={CALLED: sum(row.vote_on is not None for row in rows)},
        by_place=held_back(signed),
        by_mode=held_back({ASSISTED: signed.total()}),
    )


WAYS = (
    ParticipationWay(
        word="referendum.signatures",
        title=_("Подписи за местен референдум"),
        things=_("внесени подписки"),
        voices=_("подписи"),
        path="/referendum/",
        ends={CALLED: _("Насрочен референдум")},
        figures=figures_of,
    ),
)
