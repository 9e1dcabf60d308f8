"""Personal data of proposals: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.proposals.models import ProposalCoauthor, ProposalQuestion
from obshto.modules.proposals.services.queries import PART, lines_of, proposals_of
from obshto.modules.proposals.services.questions import questions_by
from obshto.modules.proposals.services.retention import forget_person
from obshto.modules.proposals.services.submission import WORDS
from obshto.platform.moderation.privacy import export_decisions
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The person's proposals, what happened to them, who looked at the author."""
    proposals = uow.session.scalars(proposals_of(person_id)).all()
    made = [
        {
            "number": row.number,
            "subject": row.subject,
            "settlement": row.settlement,
            "sent_at": row.sent_at.isoformat(),
            "state": row.state,
            "name": row.applicant,
            "is_named": row.is_named,
            "email": row.email,
            "phone": row.phone,
            "latitude": row.latitude,
            "longitude": row.longitude,
            "decision": row.decision,
            **{name: getattr(row, name) for name in WORDS},
        }
        for row in proposals
    ]
    lines = [
        {"number": row.number, "at": line.at.isoformat(), "what": line.name, "words": line.words}
        for row in proposals
        for line in lines_of(uow, row)
        if not line.is_internal
    ]
    asked = uow.session.scalars(questions_by(person_id)).all()
    decided = [*(row.id for row in proposals), *(row.id for row in asked)]
    return {
        "proposals": made,
        "coauthor": _written_along(uow, person_id),
        "questions": [_question(row) for row in asked],
        "history": lines,
        "decisions": export_decisions(uow, PART, decided),
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """What was proposed stays public, nobody stands beside it."""
    forget_person(uow, person_id)


def _written_along(uow: UnitOfWork, person_id: UUID) -> list[dict[str, Any]]:
    own = ProposalCoauthor.person_id == person_id
    return [
        {
            "proposal": str(row.proposal_id),
            "name": row.name,
            "is_named": row.is_named,
            "joined_at": row.joined_at.isoformat() if row.joined_at else None,
        }
        for row in uow.session.scalars(select(ProposalCoauthor).where(own))
    ]


def _question(row: ProposalQuestion) -> dict[str, Any]:
    return {
        "proposal": str(row.proposal_id),
        "asked_at": row.asked_at.isoformat(),
        "words": row.words or row.hidden_words or "",
        "email": row.email,
        "answer": row.answer,
        "entered_version": row.entered_version,
    }
