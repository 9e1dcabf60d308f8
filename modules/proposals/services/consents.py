"""Consent to stand as a co-author of a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext, lazy_gettext
from sqlalchemy import select

from obshto.modules.proposals.models import CitizenProposal, ProposalCoauthor
from obshto.modules.proposals.services.coauthors import leave_proposal, written_at
from obshto.platform.modularity.manifest import Consents, GivenConsent
from obshto.platform.unit_of_work import UnitOfWork


def written_along(uow: UnitOfWork, person_id: UUID) -> Sequence[GivenConsent]:
    """Proposals that an account writes along. One query."""
    rows = (
        select(ProposalCoauthor, CitizenProposal.title)
        .join(CitizenProposal, CitizenProposal.id == ProposalCoauthor.proposal_id)
        .where(ProposalCoauthor.person_id == person_id, ProposalCoauthor.joined_at.is_not(None))
        .order_by(ProposalCoauthor.joined_at.desc())
    )
    return [
        GivenConsent(
            id=row.proposal_id,
            title=str(gettext("Да съм съавтор на предложение „%(title)s“", title=title)),
            given_at=row.joined_at or row.invited_at,
        )
        for row, title in uow.session.execute(rows)
    ]


def leave_written(uow: UnitOfWork, person_id: UUID, consent_id: UUID) -> None:
    """Whoever is signed in writes no more, and their name goes."""
    leave_proposal(uow, written_at(uow, str(consent_id), to_change=True))


CONSENTS = Consents(
    wording=lazy_gettext("Приемам поканата да пиша предложението заедно с автора му."),
    to_whom=lazy_gettext("другите автори; името – всички, ако сте избрали да се вижда"),
    withdrawn=lazy_gettext("Вече не сте съавтор и името Ви не стои при предложението."),
    given_by=written_along,
    withdraw=leave_written,
)
