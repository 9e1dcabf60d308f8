"""A year of proposals: those that were sent in it, who supported them, how they stand now."""

from __future__ import annotations

from collections import Counter

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.queries import PART, PUBLIC
from obshto.modules.proposals.services.states import DECIDED, STATES
from obshto.platform.participation.declarations import (
    ASSISTED,
    ONLINE,
    ParticipationWay,
    Period,
    WayFigures,
)
from obshto.platform.participation.figures import by_mode, counts_by, held_back, within
from obshto.platform.support.services import counts_of
from obshto.platform.unit_of_work import UnitOfWork


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """Five queries."""
    sent = select(CitizenProposal).where(PUBLIC, within(CitizenProposal.sent_at, period))
    ids = uow.session.scalars(sent.with_only_columns(CitizenProposal.id)).all()
    supports = counts_of(uow, PART, ids).values()
    modes = Counter(by_mode(counts_by(uow, CitizenProposal.channel, sent)))
    modes[ONLINE] += sum(one.online for one in supports)
    modes[ASSISTED] += sum(one.entered for one in supports)
    states = counts_by(uow, CitizenProposal.state, sent)
    return WayFigures(
        things=len(ids),
        voices=modes.total(),
        ends={state: number for state, number in states.items() if state in DECIDED},
        by_place=held_back(counts_by(uow, CitizenProposal.settlement, sent)),
        by_mode=held_back(modes),
    )


WAYS = (
    ParticipationWay(
        word="proposals.voices",
        title=_("Предложения на граждани и подкрепа за тях"),
        things=_("предложения"),
        voices=_("предложения и подкрепи"),
        path="/proposals/",
        ends={state: STATES[state] for state in DECIDED},
        figures=figures_of,
    ),
)
