"""Personal data of consultations: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from obshto.modules.consultations.services.access_log import PART
from obshto.modules.consultations.services.queries import answers_to, opinions_by
from obshto.modules.consultations.services.retention import forget_person
from obshto.platform.moderation.privacy import export_decisions
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The person's opinions with their answers, and what was decided on hidden ones."""
    opinions = uow.session.scalars(opinions_by(person_id)).all()
    answers = answers_to(uow, opinions)
    told = [
        {
            "number": opinion.number,
            "consultation": str(opinion.consultation_id),
            "sent_at": opinion.sent_at.isoformat(),
            "name": opinion.author,
            "organisation": opinion.organisation,
            "shows_name": opinion.shows_name,
            "email": opinion.email,
            "phone": opinion.phone,
            "age": opinion.age,
            "settlement": opinion.settlement,
            "paragraph": opinion.paragraph,
            "stance": opinion.stance,
            "words": opinion.words,
            "told_how": opinion.told_how,
            "hidden_why": opinion.hidden_why,
            "answer": answers[opinion.id].outcome if opinion.id in answers else None,
            "reason": answers[opinion.id].reason if opinion.id in answers else None,
        }
        for opinion in opinions
    ]
    decisions = export_decisions(uow, PART, [opinion.id for opinion in opinions])
    return {"opinions": told, "decisions": decisions}


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The opinion stays, nobody stands beside it."""
    forget_person(uow, person_id)
