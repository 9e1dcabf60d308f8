"""Data sets of the council: votes by name, one row for each councillor in each vote."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import Text, cast, func, select

from obshto.modules.council.models import Councillor, CouncillorVote, RollCall, RollCallEdition
from obshto.modules.council.services.majorities import CHOICES
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork

_WORDS = dict(zip(CHOICES, (_("За"), _("Против"), _("Въздържал се"), _("Отсъства")), strict=True))


def _rows(uow: UnitOfWork) -> Query:
    """The last count of each vote."""
    last = (
        select(func.max(RollCallEdition.edition))
        .where(RollCallEdition.vote_id == RollCall.id)
        .correlate(RollCall)
        .scalar_subquery()
    )
    return (
        select(
            func.concat(RollCall.id, "-", Councillor.id),
            cast(RollCall.session_id, Text),
            *(RollCall.held_on, RollCall.motion, RollCall.number),
            *(Councillor.name, CouncillorVote.choice),
        )
        .join(RollCallEdition, RollCallEdition.vote_id == RollCall.id)
        .join(CouncillorVote, CouncillorVote.edition_id == RollCallEdition.id)
        .join(Councillor, Councillor.id == CouncillorVote.councillor_id)
        .where(RollCallEdition.edition == last)
        .order_by(RollCall.id, Councillor.id)
    )


DATASETS = (
    Dataset(
        slug="votes",
        period=("held_on",),
        title=_("Поименни гласувания в общинския съвет"),
        about=_("Как гласува всеки съветник по всяко предложение, по последното преброяване."),
        columns=(
            common.ID,
            Column(name="session", title=_("Заседание")),
            Column(name="held_on", title=_("Гласувано на"), type=ColumnType.DATE),
            Column(name="motion", title=_("Предложение за гласуване")),
            Column(name="number", title=_("Номер на решението"), type=ColumnType.INTEGER),
            Column(name="councillor", title=_("Съветник")),
            Column(name="choice", title=_("Глас"), words=_WORDS),
        ),
        rows=_rows,
        path="/council/",
    ),
)
