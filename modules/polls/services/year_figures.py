"""A year of polls: those that ended in it, as their results tell of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.groups import breakdowns_of
from obshto.modules.polls.services.queries import asked_by, closed_at
from obshto.modules.polls.services.results import results_of
from obshto.platform.disclosure.representation import Representation
from obshto.platform.participation.declarations import (
    ASSISTED,
    ONLINE,
    ParticipationWay,
    Period,
    WayFigures,
)
from obshto.platform.participation.figures import added_up, held_back, within
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

FOLLOWED = "followed"


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """Some queries for all, those of its results for each poll that asked for groups."""
    polls = uow.session.scalars(closed_at(uow.now).where(within(Poll.closes_at, period))).all()
    asked = asked_by(uow, [poll.id for poll in polls])
    tables: dict[str, list[Representation]] = {"by_age": [], "by_place": []}
    for poll in polls:
        if poll.asks_about:
            results = results_of(uow, poll, asked[poll.id])
            told = breakdowns_of(uow, poll, asked[poll.id], results, SOURCE)
            for name, breakdown in zip(tables, told, strict=False):
                tables[name].append(breakdown)
    modes = {
        ONLINE: sum(poll.online for poll in polls),
        ASSISTED: sum(poll.paper for poll in polls),
    }
    return WayFigures(
        things=len(polls),
        voices=sum(modes.values()),
        ends={FOLLOWED: sum(poll.outcome_at is not None for poll in polls)},
        by_mode=held_back(modes),
        **{name: added_up(one) for name, one in tables.items()},
    )


WAYS = (
    ParticipationWay(
        word="polls.answers",
        title=_("Отговори на анкети"),
        things=_("приключили анкети"),
        voices=_("отговори"),
        path="/polls/",
        ends={FOLLOWED: _("Написано е какво последва")},
        figures=figures_of,
    ),
)
