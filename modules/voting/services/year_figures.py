"""A year of votes by phone: those that ended in it with a result, by phone and on paper."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.voting.models import Election
from obshto.modules.voting.services.queries import public
from obshto.platform.participation.declarations import (
    ASSISTED,
    ONLINE,
    ParticipationWay,
    Period,
    WayFigures,
)
from obshto.platform.participation.figures import held_back, within
from obshto.platform.unit_of_work import UnitOfWork

FOLLOWED = "followed"


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """One query. Of trials nothing; nobody knows of what age who voted is, so no table of it."""
    ended = (
        public()
        .where(Election.is_trial.is_(False), Election.voters.is_not(None))
        .where(within(Election.closes_at, period))
    )
    columns = (Election.voters, Election.paper_voters, Election.outcome)
    rows = uow.session.execute(ended.with_only_columns(*columns)).all()
    modes = {
        ONLINE: sum(phone or 0 for phone, _paper, _outcome in rows),
        ASSISTED: sum(paper or 0 for _phone, paper, _outcome in rows),
    }
    return WayFigures(
        things=len(rows),
        voices=sum(modes.values()),
        ends={FOLLOWED: sum(bool(outcome) for _phone, _paper, outcome in rows)},
        by_mode=held_back(modes),
    )


WAYS = (
    ParticipationWay(
        word="voting.votes",
        title=_("Гласували в допитвания"),
        things=_("допитвания с резултат"),
        voices=_("гласували"),
        path="/voting/",
        ends={FOLLOWED: _("Написано е какво последва")},
        figures=figures_of,
    ),
)
