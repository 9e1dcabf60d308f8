"""Data sets of proposals: what was proposed and decided, without authors."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.proposals.models import CitizenProposal as Proposal
from obshto.modules.proposals.services.queries import public
from obshto.modules.proposals.services.states import STATES
from obshto.modules.proposals.services.subjects import SUBJECTS
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _rows(uow: UnitOfWork) -> Query:
    return public().with_only_columns(
        *(Proposal.id, Proposal.subject, Proposal.settlement, Proposal.state),
        common.day_in_sofia(Proposal.sent_at),
        common.day_in_sofia(Proposal.handed_in_at),
        common.day_in_sofia(Proposal.decided_at),
    )


DATASETS = (
    Dataset(
        slug="proposals",
        period=("sent_on", "ended_on"),
        title=_("Предложения на граждани"),
        about=_("За какво са, за кое населено място, кога са внесени и какво е решено."),
        columns=(
            common.ID,
            common.kind({word: subject.title for word, subject in SUBJECTS.items()}),
            *(common.PLACE, common.state(STATES), common.STARTED_ON),
            *(common.SENT_ON, common.ENDED_ON),
        ),
        rows=_rows,
        path="/proposals/",
    ),
)
