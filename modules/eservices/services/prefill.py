"""What the municipality knows already is not asked for again (ЗЕУ чл. 2): it is shown instead."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.definitions import Definition
from obshto.platform.unit_of_work import UnitOfWork

# What says the same in every service. Whoever acts for somebody else is asked anew.
SAME = (
    *("acting_as", "applicant_id_kind", "applicant_name", "applicant_id"),
    *("address_settlement", "address_street", "phone", "email"),
)


def known_answers(uow: UnitOfWork, definition: Definition, person_id: UUID) -> dict[str, str]:
    """The answers of the last application that this person sent for themselves. One query."""
    sent = select(Case).where(Case.person_id == person_id, Case.number_index.is_not(None))
    sent = sent.where(Case.power_id.is_(None))
    for case in uow.session.scalars(sent.order_by(Case.sent_at.desc(), Case.id).limit(5)):
        answers = case.read()
        if answers.get("acting_as", "self") == "self":
            return {
                name: answers[name]
                for name in SAME
                if name in definition.questions and answers.get(name)
            }
    return {}
