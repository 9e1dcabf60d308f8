"""Ties of accepted opinions to the changes of the text that they moved."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from obshto.modules.consultations.models import (
    Consultation,
    DraftVersion,
    Opinion,
    OpinionAnswer,
)
from obshto.modules.consultations.services.queries import IN_ORDER, NUMBERED
from obshto.modules.consultations.services.states import ACCEPTED, PARTLY
from obshto.platform.unit_of_work import UnitOfWork


def accepted_opinions(consultation: Consultation) -> Any:
    """Paragraph, answer and number of each that was accepted, whole or in part."""
    return (
        select(Opinion.paragraph, Opinion.answer_id, Opinion.year, Opinion.sequence)
        .join(OpinionAnswer, OpinionAnswer.id == Opinion.answer_id)
        .where(
            Opinion.consultation_id == consultation.id,
            NUMBERED,
            OpinionAnswer.outcome.in_((ACCEPTED, PARTLY)),
        )
    )


def untied_numbers(uow: UnitOfWork, consultation: Consultation) -> list[str]:
    """Accepted ones that no version of the text names, in order. Two queries."""
    own = select(DraftVersion.body).where(DraftVersion.consultation_id == consultation.id)
    tied = {
        number for body in uow.session.scalars(own) for one in body for number in one["because"]
    }
    rows = uow.session.execute(accepted_opinions(consultation).order_by(*IN_ORDER))
    numbers = [f"{year}-{sequence:05d}" for _, _, year, sequence in rows]
    return [number for number in numbers if number not in tied]
