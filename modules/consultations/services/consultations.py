"""Consultations written, published, extended, deleted, restored.

Each act says how the consultation shall be, and which version its author saw. Where it is so
already, nothing is done: that was the same form, sent twice. Else it must be as it was seen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from obshto.modules.consultations.errors import (
    ConsultationNotOpen,
    StaleConsultation,
    TermNotLonger,
    TextPublished,
)
from obshto.modules.consultations.events import (
    ConsultationDeleted,
    ConsultationEdited,
    ConsultationExtended,
    ConsultationFact,
    ConsultationOpened,
    ConsultationRestored,
    ConsultationWritten,
)
from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.services.deadlines import deadline_of, end_of, rule_here
from obshto.modules.consultations.services.invitations import send_invitations
from obshto.modules.consultations.services.record import add_line, text_hash
from obshto.modules.consultations.services.states import ConsultationState, state_of
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.soft_delete import turn
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationDraft:
    """What an editor writes of a consultation."""

    kind: str
    title: str
    summary: str
    draft: str
    reasons: str
    impact: str = ""
    affected: str = ""
    short_why: str = ""
    closes_on: date | None = None


def draft_of(consultation: Consultation) -> ConsultationDraft:
    """What is written of it now."""
    return ConsultationDraft(
        **{name: getattr(consultation, name) for name in ConsultationDraft.__slots__}
    )


def write_consultation(
    uow: UnitOfWork, draft: ConsultationDraft, *, request_id: UUID
) -> Consultation:
    """A new draft. The same `request_id` again answers the first one."""
    row = Consultation(
        request_id=request_id, written_at=uow.now, changed_at=uow.now, **asdict(draft)
    )
    if (first := create_once(uow, row)) is not row:
        return first
    tell(uow, ConsultationWritten, row)
    return row


def edit_consultation(
    uow: UnitOfWork, consultation: Consultation, draft: ConsultationDraft, *, expected_version: int
) -> None:
    """Save what is written now. Raises StaleConsultation, TextPublished."""
    if draft_of(consultation) == draft:
        return
    if consultation.published_at:
        raise TextPublished
    check(consultation, expected_version)
    for name, value in asdict(draft).items():
        setattr(consultation, name, value)
    consultation.changed_at = uow.now
    tell(uow, ConsultationEdited, consultation)


def publish_consultation(
    uow: UnitOfWork, consultation: Consultation, *, expected_version: int
) -> None:
    """Everybody reads it and answers until the end of its last day, which is computed now.

    Raises StaleConsultation, TermTooShort, TermTooShortForKind, NoRuleYet.
    """
    if consultation.published_at:
        return
    check(consultation, expected_version)
    deadline = deadline_of(
        consultation.kind,
        starts_on=day_of(uow.now),
        closes_on=consultation.closes_on,
        short_why=consultation.short_why,
        rule=rule_here(uow, consultation.kind),
    )
    consultation.published_at = consultation.changed_at = uow.now
    consultation.rule, consultation.term_on = deadline.rule, deadline.term.due_on
    consultation.closes_on, consultation.closes_at = deadline.closes_on, deadline.closes_at
    if not deadline.is_short:
        consultation.short_why = ""  # published as a reason only where there is a shorter term
    add_line(
        uow,
        consultation,
        "published",
        {
            "title": consultation.title,
            "kind": consultation.kind,
            "text_sha256": text_hash(consultation),
            "closes_on": deadline.closes_on.isoformat(),
        },
    )
    send_invitations(uow, consultation)
    tell(uow, ConsultationOpened, consultation)


def extend_consultation(
    uow: UnitOfWork,
    consultation: Consultation,
    *,
    closes_on: date,
    note: str,
    expected_version: int,
) -> None:
    """A later last day, with a reason that everybody reads.

    Raises StaleConsultation, ConsultationNotOpen, TermNotLonger.
    """
    if (consultation.closes_on, consultation.note) == (closes_on, note):
        return
    check(consultation, expected_version)
    if state_of(consultation, uow.now) is not ConsultationState.OPEN:
        raise ConsultationNotOpen
    if consultation.closes_on is None or closes_on <= consultation.closes_on:
        raise TermNotLonger
    consultation.closes_on, consultation.closes_at = closes_on, end_of(closes_on)
    consultation.note, consultation.changed_at = note, uow.now
    told = {"closes_on": closes_on.isoformat(), "why": note}
    add_line(uow, consultation, "extended", told)
    tell(uow, ConsultationExtended, consultation)


def delete_draft(uow: UnitOfWork, consultation: Consultation, *, expected_version: int) -> None:
    """A draft can come back for thirty days; what was published stays for good.

    Raises StaleConsultation, TextPublished.
    """
    if consultation.published_at:
        raise TextPublished
    _turn(uow, consultation, expected_version, ConsultationDeleted)


def restore_draft(uow: UnitOfWork, consultation: Consultation, *, expected_version: int) -> None:
    """Undo a deletion. Raises StaleConsultation."""
    _turn(uow, consultation, expected_version, ConsultationRestored)


def check(consultation: Consultation, expected_version: int) -> None:
    """Raises StaleConsultation when it has moved on since."""
    expect_version(consultation, expected_version, StaleConsultation)


def tell(uow: UnitOfWork, fact: type[ConsultationFact], consultation: Consultation) -> None:
    """Record what happened to it."""
    uow.session.flush()
    uow.emit(fact(subject_id=consultation.id, title=consultation.title))


def _turn(
    uow: UnitOfWork, row: Consultation, expected_version: int, fact: type[ConsultationFact]
) -> None:
    to = uow.now if fact is ConsultationDeleted else None
    refusal = StaleConsultation()
    if turn(uow, row, "deleted_at", to, expected_version=expected_version, refusal=refusal):
        tell(uow, fact, row)
