"""What a person may take along: all that is kept of them, as plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from obshto.modules.eservices.models import (
    Attachment,
    CallBack,
    Case,
    Complaint,
    Dog,
    Draft,
    Fee,
    IssuedDocument,
    Keeping,
    PowerOfAttorney,
    Rating,
    Step,
)
from obshto.modules.eservices.services import access_log
from obshto.modules.eservices.services.departments import names_of_departments
from obshto.modules.eservices.services.powers.queries import (
    cases_under,
    powers_given,
    powers_held,
)
from obshto.modules.eservices.services.published_acts import acts_told
from obshto.platform.unit_of_work import UnitOfWork

Rows = list[dict[str, Any]]
Numbers = Mapping[UUID, str]  # of the person's cases, by their id


def told_of(uow: UnitOfWork, person_id: UUID) -> dict[str, Rows]:
    """Everything, by heading; of a file where it is opened. Sixteen queries, one a power."""
    cases = list(uow.session.scalars(select(Case).where(Case.person_id == person_id)))
    numbers = {case.id: case.number for case in cases}
    return {
        "application_drafts": _drafts(uow, person_id),
        "application_calls": _calls(uow, person_id),
        "applications": [_case(case) for case in cases],
        "application_steps": _steps(uow, numbers),
        "application_documents": _documents(uow, numbers),
        "application_files": _files(uow, numbers),
        "application_register": acts_told(uow, numbers),
        "application_looks": _looks(uow, numbers),
        "application_fees": _fees(uow, numbers),
        "application_complaints": _complaints(uow, numbers),
        "application_ratings": _ratings(uow, numbers),
        "dogs": _dogs(uow, person_id),
        "powers_held": _powers(uow, powers_held(uow, person_id), "applicant_name"),
        "powers_given": _powers(uow, powers_given(uow, person_id), "representative_name"),
        "departments": [{"department": name} for name in names_of_departments(uow, person_id)],
    }


def _dogs(uow: UnitOfWork, person_id: UUID) -> Rows:
    wanted = select(Dog, Keeping).join(Keeping, Keeping.dog_id == Dog.id).options(undefer(Dog.chip))
    return [
        {
            "register_no": dog.register_no,
            "chip": dog.chip,
            "dog": dog.read(),
            "state": dog.state,
            "vaccinated_on": dog.vaccinated_on.isoformat() if dog.vaccinated_on else None,
            "keeper": keeping.read(),
            "since": keeping.since.isoformat(),
            "until": keeping.until.isoformat() if keeping.until else None,
        }
        for dog, keeping in uow.session.execute(wanted.where(Keeping.person_id == person_id))
    ]


def _powers(uow: UnitOfWork, rows: Sequence[PowerOfAttorney], other: str) -> Rows:
    """Powers of attorney; of the `other` person in it the name alone."""
    return [
        {
            "number": row.number,
            "state": row.state,
            "with": row.read().get(other, ""),
            "paper_number": row.read().get("poa_number", ""),
            "services": list(row.services),
            "until": row.until.isoformat() if row.until else None,
            "ended_on": row.ended_on.isoformat() if row.ended_on else None,
            "applications": [case.number for case in cases_under(uow, row)],
            "file": f"/eservices/powers/{row.id}/file" if row.file_id else None,
        }
        for row in rows
    ]


def _drafts(uow: UnitOfWork, person_id: UUID) -> Rows:
    rows = uow.session.scalars(select(Draft).where(Draft.person_id == person_id)).all()
    files = _draft_files(uow, [row.id for row in rows])
    return [
        {
            "service": row.service,
            "saved_at": row.saved_at.isoformat(),
            "answers": row.read(),
            "files": files.get(row.id, []),
        }
        for row in rows
    ]


def _calls(uow: UnitOfWork, person_id: UUID) -> Rows:
    """Calls that were asked for while a draft was filled in."""
    wanted = select(CallBack).join(Draft, Draft.id == CallBack.draft_id)
    wanted = wanted.options(undefer(CallBack.name), undefer(CallBack.phone))
    return [
        {
            "service": call.service,
            "step": call.step,
            "name": call.name,
            "phone": call.phone,
            "time": call.time,
            "shows_draft": call.shows_draft,
            "asked_at": call.owed_at.isoformat(),
            "state": call.state,
        }
        for call in uow.session.scalars(wanted.where(Draft.person_id == person_id))
    ]


def _draft_files(uow: UnitOfWork, drafts: Collection[UUID]) -> dict[UUID, list[str]]:
    wanted = select(Attachment.draft_id, Attachment.id).where(Attachment.draft_id.in_(drafts))
    found: dict[UUID, list[str]] = {}
    for draft_id, file_id in uow.session.execute(wanted.order_by(Attachment.added_at)):
        if draft_id:
            found.setdefault(draft_id, []).append(f"/eservices/drafts/{draft_id}/files/{file_id}")
    return found


def _case(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "service": case.service,
        "state": case.state,
        "sent_at": case.sent_at.isoformat(),
        "answers": case.read(),
    }


def _steps(uow: UnitOfWork, numbers: Numbers) -> Rows:
    wanted = select(Step).where(Step.case_id.in_(numbers), Step.is_internal.is_(False))
    return [
        {
            "number": numbers[step.case_id],
            "step": step.name,
            "at": step.at.isoformat(),
            "text": step.words,
        }
        for step in uow.session.scalars(wanted.order_by(Step.at))
    ]


def _documents(uow: UnitOfWork, numbers: Numbers) -> Rows:
    wanted = select(IssuedDocument).where(IssuedDocument.case_id.in_(numbers))
    return [
        {
            "number": numbers[paper.case_id],
            "outgoing_number": paper.number,
            "title": paper.title,
            "issued_at": paper.issued_at.isoformat(),
            "valid_until": paper.valid_until.isoformat() if paper.valid_until else None,
            "replaced_at": paper.replaced_at.isoformat() if paper.replaced_at else None,
            "code": paper.code,
            "file": f"/eservices/documents/{paper.id}",
        }
        for paper in uow.session.scalars(wanted.order_by(IssuedDocument.issued_at))
    ]


def _files(uow: UnitOfWork, numbers: Numbers) -> Rows:
    wanted = select(Attachment).where(Attachment.case_id.in_(numbers))
    return [
        {
            "number": numbers[row.case_id],
            "paper": row.paper,
            "added_at": row.added_at.isoformat(),
            "file": f"/eservices/cases/{row.case_id}/files/{row.id}",
        }
        for row in uow.session.scalars(wanted.order_by(Attachment.added_at))
        if row.case_id
    ]


def _looks(uow: UnitOfWork, numbers: Numbers) -> Rows:
    looks = uow.session.scalars(access_log.looks_at_all(numbers)).all()
    return [
        {"number": numbers[look.object_id], "at": look.at.isoformat(), "by": look.by_name}
        for look in looks[::-1]
    ]


def _fees(uow: UnitOfWork, numbers: Numbers) -> Rows:
    rows = uow.session.scalars(select(Fee).where(Fee.case_id.in_(numbers)))
    return [
        {
            "number": numbers[fee.case_id],
            "cents": fee.cents,
            "state": fee.state,
            "paid_on": fee.paid_on.isoformat() if fee.paid_on else None,
        }
        for fee in rows
    ]


def _complaints(uow: UnitOfWork, numbers: Numbers) -> Rows:
    wanted = select(Complaint).where(Complaint.case_id.in_(numbers)).order_by(Complaint.sent_at)
    return [
        {
            "number": row.number,
            "about": numbers[row.case_id],
            "sent_at": row.sent_at.isoformat(),
            "text": row.words,
            "answer": row.answer,
        }
        for row in uow.session.scalars(wanted)
    ]


def _ratings(uow: UnitOfWork, numbers: Numbers) -> Rows:
    wanted = select(Rating).where(Rating.case_id.in_(numbers)).order_by(Rating.rated_at)
    return [
        {
            "number": numbers[row.case_id],
            "score": row.score,
            "rated_at": row.rated_at.isoformat(),
            "comment": row.comment,
            "answer": row.answer,
        }
        for row in uow.session.scalars(wanted)
    ]
