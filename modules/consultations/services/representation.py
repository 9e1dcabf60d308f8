"""Representation: who was heard, by age, settlement and channel, beside who lives here.

People and organisations are counted, not opinions: each by the first that counts. Who left neither
account nor e-mail nor phone is known by the slip alone.

Told when the outcome is published and not before: from then on nothing is added, so no two copies
of the figures can be taken from each other.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext
from sqlalchemy import Text, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import distinct_on

from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services.queries import COUNTED, IN_ORDER
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.disclosure.representation import (
    Division,
    Representation,
    representation_of,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import divisions_of

UNSAID = ""
# Before voices were kept: the account, else the opinion itself.
VOICE = func.coalesce(
    func.encode(Opinion.voice, literal_column("'hex'")),
    cast(Opinion.person_id, Text),
    cast(Opinion.id, Text),
)
COLUMNS = {
    "by_age": Opinion.age,
    "by_place": Opinion.settlement,
    "by_channel": Opinion.channel,
}


def heard_of(
    uow: UnitOfWork, consultation: Consultation, language: str
) -> tuple[int, list[Representation]]:
    """How many were heard, and three tables of them; nothing before the outcome.

    One query, two reads of the region's tables.
    """
    if consultation.outcome_at is None:
        return 0, []
    by_channel = Division(
        title=gettext("По начин на подаване"),
        column="by_channel",
        names={word: str(title) for word, title in CHANNELS.items()},
    )
    divisions = [*divisions_of(uow.scope.slug, language), by_channel]
    counted = _counted(uow, consultation)
    told = [_told(division, counted[division.column]) for division in divisions]
    return sum(counted["by_channel"].values()), told


def _counted(uow: UnitOfWork, consultation: Consultation) -> Mapping[str, Mapping[str, int]]:
    """How many voices by each column's words, as they stand in the first opinion of each."""
    own = select(*COLUMNS.values()).where(Opinion.consultation_id == consultation.id, COUNTED)
    first = own.ext(distinct_on(VOICE)).order_by(VOICE, *IN_ORDER).subquery()
    columns = [first.c[column.key] for column in COLUMNS.values()]
    rows = select(*columns, func.count())
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
