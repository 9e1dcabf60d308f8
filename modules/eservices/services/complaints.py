"""A complaint about how a case goes: under an entry number, answered by who oversees the work."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from obshto.modules.eservices.errors import NoSuchApplication, StaleVersion
from obshto.modules.eservices.events import ComplaintAnswered, ComplaintSent
from obshto.modules.eservices.models import Case, Complaint
from obshto.modules.eservices.services.numbers import ENTRY, next_number
from obshto.modules.eservices.services.states import add_step, procedure_of, record
from obshto.platform.entity import expect_version
from obshto.platform.legal.terms import Term, received_on, term
from obshto.platform.unit_of_work import UnitOfWork


def complain(uow: UnitOfWork, case: Case, words: str, *, request_id: UUID) -> Complaint:
    """Send it. The same `request_id` again answers the first one."""
    if found := _sent(uow, case, request_id):
        return found
    try:
        with uow.session.begin_nested():
            year, sequence = next_number(uow, ENTRY)
            complaint = Complaint(
                request_id=request_id,
                case_id=case.id,
                year=year,
                sequence=sequence,
                sent_at=uow.now,
                words=words,
            )
            uow.session.add(complaint)
    except IntegrityError:  # the same form, in the same instant: its number is given back
        if found := _sent(uow, case, request_id):
            return found
        raise NoSuchApplication from None
    ground = procedure_of(case)["complaint"]
    add_step(uow, case, "complained", ground=ground, words=f"вх. № {complaint.number}")
    record(uow, case, ComplaintSent)
    return complaint


def term_of_complaint(complaint: Complaint, case: Case) -> Term:
    """By when it is decided (АПК чл. 121); one after working hours came the next working day."""
    rule = procedure_of(case)["complaint_term"]
    return term(rule, starts_on=received_on(complaint.sent_at))


def complaints_of(uow: UnitOfWork, case: Case) -> Sequence[Complaint]:
    """Those about one case, in their order."""
    wanted = select(Complaint).where(Complaint.case_id == case.id)
    return uow.session.scalars(wanted.order_by(Complaint.sent_at)).all()


def complaints(*, open_only: bool) -> Select[Complaint, Case]:
    """For staff: those that nobody answered, the oldest first; or all, the newest first.

    What somebody wrote is read on the page of the complaint, which is a look.
    """
    unshown = map(defer, (Complaint.words, Complaint.answer, Case.applicant))
    wanted = select(Complaint, Case).join(Case, Case.id == Complaint.case_id).options(*unshown)
    if open_only:
        unanswered = wanted.where(Complaint.answered_at.is_(None))
        return unanswered.order_by(Complaint.sent_at, Complaint.id)
    return wanted.order_by(Complaint.sent_at.desc(), Complaint.id)


def complaint_of(uow: UnitOfWork, complaint_id: UUID, *, to_change: bool = False) -> Complaint:
    """Raises NoSuchApplication."""
    wanted = select(Complaint).where(Complaint.id == complaint_id)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchApplication
    return found


def answer_complaint(
    uow: UnitOfWork, complaint: Complaint, words: str, *, expected_version: int
) -> None:
    """Answer it; the person reads it in their case. Raises StaleVersion."""
    if complaint.answer == words:
        return
    expect_version(complaint, expected_version, StaleVersion)
    complaint.answer, complaint.answered_at = words, uow.now
    complaint.answered_by_id = uow.principal.person_id
    complaint.answered_by = uow.principal.name
    case = uow.session.get_one(Case, complaint.case_id)
    add_step(uow, case, "complaint-answered", by_name=uow.principal.name)
    record(uow, case, ComplaintAnswered)


def _sent(uow: UnitOfWork, case: Case, request_id: UUID) -> Complaint | None:
    wanted = select(Complaint).where(
        Complaint.request_id == request_id, Complaint.case_id == case.id
    )
    return uow.session.scalar(wanted)
