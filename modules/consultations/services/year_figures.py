"""A year of consultations: those whose outcome was published in it, as their pages tell of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from obshto.modules.consultations.models import Consultation, Opinion, OpinionAnswer
from obshto.modules.consultations.services.queries import COUNTED, public
from obshto.modules.consultations.services.representation import COLUMNS, heard_of
from obshto.modules.consultations.services.states import OUTCOMES
from obshto.platform.disclosure.channel_suppression import LEAST
from obshto.platform.disclosure.representation import Representation
from obshto.platform.participation.declarations import ParticipationWay, Period, WayFigures
from obshto.platform.participation.figures import added_up, by_mode, within
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def figures_of(uow: UnitOfWork, period: Period) -> WayFigures:
    """Two queries, and three for each consultation. Groups are of people, voices of opinions."""
    decided = uow.session.scalars(public().where(within(Consultation.outcome_at, period))).all()
    voices, ends = _opinions(uow, [one.id for one in decided])
    tables: dict[str, list[Representation]] = {name: [] for name in COLUMNS}
    for one in decided:
        heard, told_groups = heard_of(uow, one, SOURCE)
        if heard >= LEAST:
            for name, table in zip(COLUMNS, told_groups, strict=True):
                tables[name].append(table)
    age, place, channel = (added_up(told) for told in tables.values())
    told = {"by_age": age, "by_place": place, "by_mode": by_mode(channel)}
    return WayFigures(things=len(decided), voices=voices.total(), ends=ends, **told)


def _opinions(uow: UnitOfWork, ids: Sequence[UUID]) -> tuple[Counter[Any], Counter[str]]:
    """How many count in each consultation, how many ended how."""
    rows = (
        select(Opinion.consultation_id, OpinionAnswer.outcome, func.count())
        .outerjoin(OpinionAnswer, OpinionAnswer.id == Opinion.answer_id)
        .where(Opinion.consultation_id.in_(ids), COUNTED)
        .group_by(Opinion.consultation_id, OpinionAnswer.outcome)
    )
    voices: Counter[Any] = Counter()
    ends: Counter[str] = Counter()
    for consultation_id, outcome, number in uow.session.execute(rows):
        voices[consultation_id] += number
        if outcome:
            ends[outcome] += number
    return voices, ends


WAYS = (
    ParticipationWay(
        word="consultations.opinions",
        title=_("Становища по обществени обсъждания"),
        things=_("обсъждания с резултат"),
        voices=_("становища"),
        path="/consultations/",
        ends=OUTCOMES,
        figures=figures_of,
    ),
)
