"""Personal data of assistants: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.assistants.models import (
    Assistant,
    HelpLine,
    HelpRequest,
    HomeAddress,
    HomeVisit,
)
from obshto.modules.assistants.services.home_addresses import own_addresses
from obshto.modules.assistants.services.queries import (
    lines_of,
    problems_of_case,
    requests_of,
    visits_of,
)
from obshto.modules.assistants.services.retention import forget_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The person's requests with their address, visits, history; what they are as an assistant."""
    rows = uow.session.scalars(requests_of(person_id)).all()
    addresses = own_addresses(uow, [row.id for row in rows])
    mine = uow.session.scalars(select(Assistant).where(Assistant.person_id == person_id))
    return {
        "requests": [_request(row, addresses.get(row.id)) for row in rows],
        "visits": [_visit(row, visit) for row in rows for visit in visits_of(uow, row)],
        "history": [
            _line(row, line) for row in rows for line in lines_of(uow, row) if not line.is_internal
        ],
        "problems": [
            {"number": row.number, "words": problem.words, "answer": problem.answer}
            for row in rows
            for problem in problems_of_case(uow, row.id)
        ],
        "assistant": [
            {"name": one.name, "settlement": one.settlement, "languages": one.languages}
            for one in mine
        ],
    }


def _request(row: HelpRequest, address: HomeAddress | None) -> dict[str, Any]:
    return {
        "number": row.number,
        "sent_at": row.sent_at.isoformat(),
        "state": row.state,
        "name": row.applicant,
        "asked_by": row.asked_by,
        "email": row.email,
        "phone": row.phone,
        "settlement": row.settlement,
        "address": address.address if address else None,
        "directions": address.directions if address else None,
        "age": row.age,
        "subjects": row.subjects,
        "needs": row.needs,
        "times": row.times,
        "at_home": row.at_home,
        "words": row.words,
    }


def _visit(row: HelpRequest, visit: HomeVisit) -> dict[str, Any]:
    return {
        "number": row.number,
        "starts_at": visit.starts_at.isoformat(),
        "state": visit.state,
        "code_word": visit.code_word,
        "taught": visit.taught,
        "notes": visit.notes,
    }


def _line(row: HelpRequest, line: HelpLine) -> dict[str, Any]:
    return {
        "number": row.number,
        "at": line.at.isoformat(),
        "what": line.name,
        "words": line.words,
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """What was done stays a number, nobody stands beside it."""
    forget_person(uow, person_id)
