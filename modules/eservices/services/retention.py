"""How long what people wrote is kept, and how it goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, func, select, update

from obshto.modules.eservices.models import (
    Attachment,
    CallBack,
    Case,
    Complaint,
    DepartmentMember,
    DesignedService,
    DesignedVersion,
    Dog,
    DogEntry,
    Draft,
    FormerSeal,
    IssuedDocument,
    Keeping,
    Look,
    Offer,
    Proposal,
    Rating,
    RecordedCase,
    Step,
)
from obshto.modules.eservices.services.attachments import forget_papers
from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.powers.endings import forget_powers
from obshto.modules.eservices.services.published_acts import forget_acts
from obshto.platform.calls.services import forget_caller
from obshto.platform.clock import day_of
from obshto.platform.keys.encryption import encrypt_bytes_for
from obshto.platform.legal.terms import months_later
from obshto.platform.modularity.manifest import OwnTerm
from obshto.platform.unit_of_work import UnitOfWork

YEARS = 5  # after the end of a case, unless the municipality said otherwise for the service
AT_ONCE = 200  # rows of one transaction


def empty_old_cases(uow: UnitOfWork) -> None:
    """Job: of what ended long ago number, service and days stay; nothing that a person wrote."""
    years = func.coalesce(Offer.keep_years, YEARS)
    ended = Case.ended_at < uow.now - func.make_interval(years)
    old = select(Case).outerjoin(Offer, Offer.service == Case.service)
    old = old.where(ended, Case.is_emptied.is_(False)).order_by(Case.id)
    cases = uow.session.scalars(old.limit(AT_ONCE)).all()
    forget_papers(uow, cases=[case.id for case in cases])
    forget_acts(uow, cases)
    for case in cases:
        case.keep({})
        case.is_emptied, case.search_words = True, None
        case.applicant, case.number_index, case.person_id, case.code_index = "", None, None, None
        case.represented_id = None
        for step in uow.session.scalars(select(Step).where(Step.case_id == case.id)):
            step.words = None
        _empty_documents(uow, case)
        _empty_said(uow, case)


def kept_otherwise(uow: UnitOfWork) -> list[OwnTerm]:
    """The services whose applications are kept for another time, and by which law. Two queries."""
    rows = select(Offer).where(Offer.keep_years.is_not(None)).order_by(Offer.service)
    known = services(uow)
    return [
        OwnTerm(what=known[row.service].title, years=row.keep_years, ground=row.keep_law)
        for row in uow.session.scalars(rows)
        if row.keep_years and row.service in known
    ]


def forget_old_dogs(uow: UnitOfWork) -> None:
    """Job: who kept a dog goes some years after that ended; the dog goes with its last keeper."""
    long_ago = months_later(day_of(uow.now), -12 * YEARS)
    uow.session.execute(delete(Keeping).where(Keeping.until < long_ago))
    is_kept = exists().where(Keeping.dog_id == Dog.id)
    ended = select(Dog.id).where(Dog.ended_on < long_ago, ~is_kept).limit(AT_ONCE)
    ids = uow.session.scalars(ended.with_for_update(skip_locked=True)).all()
    uow.session.execute(delete(DogEntry).where(DogEntry.dog_id.in_(ids)))
    uow.session.execute(delete(Dog).where(Dog.id.in_(ids)))


def forget(uow: UnitOfWork, person_id: UUID) -> None:
    """Drafts go at once. What was sent stays sealed for its term, but is nobody's account any more.

    Of staff no name stays beside what they did.
    """
    drafts = uow.session.scalars(select(Draft).where(Draft.person_id == person_id)).all()
    forget_papers(uow, drafts=[draft.id for draft in drafts])
    for draft in drafts:
        uow.session.delete(draft)
    uow.session.execute(delete(DepartmentMember).where(DepartmentMember.person_id == person_id))
    forget_caller(uow, CallBack, person_id)
    forget_powers(uow, person_id)
    for model, column, values in (
        (Case, Case.person_id, {"person_id": None, "code_index": None}),
        (Case, Case.assignee_id, {"assignee_id": None, "assignee": ""}),
        (Draft, Draft.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (Case, Case.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (Attachment, Attachment.added_by_id, {"added_by_id": None, "added_by": ""}),
        (Step, Step.by_id, {"by_id": None, "by_name": ""}),
        (Look, Look.by_id, {"by_id": None, "by_name": ""}),
        (Keeping, Keeping.person_id, {"person_id": None}),
        (DogEntry, DogEntry.by_id, {"by_id": None, "by_name": ""}),
        (FormerSeal, FormerSeal.put_by_id, {"put_by_id": None, "put_by": ""}),
        (DesignedService, DesignedService.changed_by_id, _nobody("changed_by")),
        (DesignedVersion, DesignedVersion.published_by_id, _nobody("published_by")),
        (Proposal, Proposal.by_id, {"by_id": None, "by_name": ""}),
        (Proposal, Proposal.assigned_to_id, _nobody("assigned_to")),
        (RecordedCase, RecordedCase.recorded_by_id, _nobody("recorded_by")),
        (Complaint, Complaint.answered_by_id, {"answered_by_id": None, "answered_by": ""}),
        (Rating, Rating.answered_by_id, {"answered_by_id": None, "answered_by": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def _nobody(word: str) -> dict[str, Any]:
    """A name and its id that stand no more."""
    return {f"{word}_id": None, word: ""}


def _empty_documents(uow: UnitOfWork, case: Case) -> None:
    wanted = select(IssuedDocument).where(IssuedDocument.case_id == case.id)
    for document in uow.session.scalars(wanted):
        document.printed = None
        document.pdf = encrypt_bytes_for(document.pdf_label(), document.id, b"")


def _empty_said(uow: UnitOfWork, case: Case) -> None:
    """Of a complaint its number and days stay, of a rating the score."""
    for complaint in uow.session.scalars(select(Complaint).where(Complaint.case_id == case.id)):
        complaint.words = complaint.answer = None
    for rating in uow.session.scalars(select(Rating).where(Rating.case_id == case.id)):
        rating.comment = rating.answer = None
