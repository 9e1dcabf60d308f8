"""Representation: who was heard, by age, settlement and channel, beside who lives here.

Told when the outcome is published and not before: from then on nothing is added, so no two copies
of the figures can be taken from each other.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext
from sqlalchemy import func, select

from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services.queries import COUNTED
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.disclosure.representation import (
    Division,
    Representation,
    representation_of,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import divisions_of

UNSAID = ""
COLUMNS = {
    "by_age": Opinion.age,
    "by_place": Opinion.settlement,
    "by_channel": Opinion.channel,
}


def representations_of(
    uow: UnitOfWork, consultation: Consultation, language: str
) -> list[Representation]:
    """Three tables, or none before the outcome. One query, two reads of the region's tables."""
    if consultation.outcome_at is None:
        return []
    assert uow.scope
    by_channel = Division(
        title=gettext("По начин на подаване"),
        column="by_channel",
        names={word: str(title) for word, title in CHANNELS.items()},
    )
    divisions = [*divisions_of(uow.scope.slug, language), by_channel]
    counted = _counted(uow, consultation)
    return [_told(division, counted[division.column]) for division in divisions]


def _counted(uow: UnitOfWork, consultation: Consultation) -> Mapping[str, Mapping[str, int]]:
    """How many opinions by each column's words."""
    columns = list(COLUMNS.values())
    rows = select(*columns, func.count()).where(Opinion.consultation_id == consultation.id, COUNTED)
    numbers: dict[str, dict[str, int]] = {name: {} for name in COLUMNS}
    for *words, number in uow.session.execute(rows.group_by(*columns)):
        for name, word in zip(COLUMNS, words, strict=True):
            numbers[name][word] = numbers[name].get(word, 0) + number
    return numbers


def _told(division: Division, counted: Mapping[str, int]) -> Representation:
    strange = {code: code for code in counted if code and code not in division.names}
    names = {**division.names, **strange}
    if division.residents or UNSAID in counted:
        names[UNSAID] = gettext("не казаха")
    sizes = [counted.get(code, 0) for code in names]
    return representation_of(division, names, sizes, rest=gettext("всички останали"))
