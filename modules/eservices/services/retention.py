"""How long what people wrote is kept, and what a person may take along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from obshto.modules.eservices.models import Attachment, Case, Draft, IssuedDocument, Look, Step
from obshto.modules.eservices.services.attaching import forget_papers
from obshto.modules.eservices.services.deciding import PDF_SEALED_AS
from obshto.platform.keys.sealed import seal_bytes_for
from obshto.platform.work import Work

# After the end of a case. The municipality's list of records may ask for more: then raise it.
KEPT = timedelta(days=5 * 365)
AT_ONCE = 200  # rows of one transaction


def empty_old_cases(work: Work) -> None:
    """Job: of what ended long ago number, service and days stay; nothing that a person wrote."""
    old = select(Case).where(Case.ended_at < work.now - KEPT, Case.number_index.is_not(None))
    cases = work.session.scalars(old.limit(AT_ONCE)).all()
    forget_papers(work, cases=[case.id for case in cases])
    for case in cases:
        case.keep({})
        case.applicant, case.number_index, case.person_id, case.code_index = "", None, None, None
        for step in work.session.scalars(select(Step).where(Step.case_id == case.id)):
            step.words = None
        _empty_document(work, case)


def told_of(work: Work, person_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """All that is kept of a person, as plain values; of a file where it is opened.

    Six queries.
    """
    drafts = work.session.scalars(select(Draft).where(Draft.person_id == person_id))
    cases = list(work.session.scalars(select(Case).where(Case.person_id == person_id)))
    ids = [case.id for case in cases]
    steps = work.session.scalars(
        select(Step).where(Step.case_id.in_(ids), Step.is_internal.is_(False)).order_by(Step.at)
    )
    looks = work.session.scalars(select(Look).where(Look.case_id.in_(ids)).order_by(Look.at))
    papers = work.session.scalars(
        select(IssuedDocument).where(IssuedDocument.case_id.in_(ids)).order_by("issued_at")
    )
    files = work.session.scalars(
        select(Attachment).where(Attachment.case_id.in_(ids)).order_by(Attachment.added_at)
    )
    numbers = {case.id: case.number for case in cases}
    return {
        "application_drafts": [
            {"service": d.service, "saved_at": d.saved_at.isoformat(), "answers": d.read()}
            for d in drafts
        ],
        "applications": [
            {
                "number": case.number,
                "service": case.service,
                "state": case.state,
                "sent_at": case.sent_at.isoformat(),
                "answers": case.read(),
            }
            for case in cases
        ],
        "application_steps": [
            {"number": numbers[s.case_id], "step": s.name, "at": s.at.isoformat(), "text": s.words}
            for s in steps
        ],
        "application_documents": [
            {
                "number": numbers[paper.case_id],
                "outgoing_number": paper.number,
                "title": paper.title,
                "issued_at": paper.issued_at.isoformat(),
                "valid_until": paper.valid_until.isoformat() if paper.valid_until else None,
                "code": paper.code,
                "file": f"/eservices/documents/{paper.id}",
            }
            for paper in papers
        ],
        "application_files": [
            {
                "number": numbers[file.case_id],
                "paper": file.paper,
                "added_at": file.added_at.isoformat(),
                "file": f"/eservices/cases/{file.case_id}/files/{file.id}",
            }
            for file in files
            if file.case_id
        ],
        "application_looks": [
            {"number": numbers[look.case_id], "at": look.at.isoformat(), "by": look.by_name}
            for look in looks
        ],
    }


def forget(work: Work, person_id: UUID) -> None:
    """Drafts go at once. What was sent stays sealed for its term, but is nobody's account any more.

    Of staff no name stays beside what they did.
    """
    drafts = work.session.scalars(select(Draft).where(Draft.person_id == person_id)).all()
    forget_papers(work, drafts=[draft.id for draft in drafts])
    for draft in drafts:
        work.session.delete(draft)
    for model, column, values in (
        (Case, Case.person_id, {"person_id": None}),
        (Case, Case.assignee_id, {"assignee_id": None, "assignee": ""}),
        (Draft, Draft.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (Case, Case.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (Attachment, Attachment.added_by_id, {"added_by_id": None, "added_by": ""}),
        (Step, Step.by_id, {"by_id": None, "by_name": ""}),
        (Look, Look.by_id, {"by_id": None, "by_name": ""}),
    ):
        work.session.execute(update(model).where(column == person_id).values(values))


def _empty_document(work: Work, case: Case) -> None:
    wanted = select(IssuedDocument).where(IssuedDocument.case_id == case.id)
    if document := work.session.scalar(wanted):
        document.pdf = seal_bytes_for(PDF_SEALED_AS, document.id, b"")
