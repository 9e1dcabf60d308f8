"""Correction of an issued document: a new one with a number of its own takes its place.

The text is corrected line by line, with the marks of `official_text.plain`: what is struck out
stands between tildes. Whoever signs or approves the decisions of the service does so first.
АПК, чл. 62, ал. 2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import flag_modified

from obshto.modules.eservices.errors import (
    CorrectionWaits,
    NeedsApprovals,
    NeedsSecond,
    NotFromHere,
    NothingCorrected,
    NotYours,
    StaleVersion,
)
from obshto.modules.eservices.events import CaseFact, DocumentCorrected
from obshto.modules.eservices.models import Case, IssuedDocument, Proposal, Step
from obshto.modules.eservices.services.access_log import opens
from obshto.modules.eservices.services.case_queries import document_of
from obshto.modules.eservices.services.decisions import Text, document_text, print_document
from obshto.modules.eservices.services.document_prefill import prefilled
from obshto.modules.eservices.services.official_text import plain
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.published_acts import correct_act
from obshto.modules.eservices.services.states import ISSUED, STATES, add_step, record
from obshto.platform.content.changes import GONE, SAME, Change, changes
from obshto.platform.documents.errors import NoSuchDocument
from obshto.platform.documents.sheets import Piece
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

GROUND: Final = "АПК, чл. 62, ал. 2"
_struck = re.compile(r"~([^~\n]*)~")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """`text` is the whole new text; `valid_until` its last day, where it has one."""

    text: str
    valid_until: date | None
    reason: str

    def told(self) -> dict[str, str]:
        """As a proposal keeps it."""
        day = self.valid_until.isoformat() if self.valid_until else ""
        return {"text": self.text, "valid_until": day, "reason": self.reason}

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Correction:
        """Out of a proposal."""
        day = told["valid_until"]
        until = date.fromisoformat(day) if day else None
        return cls(text=told["text"], valid_until=until, reason=told["reason"])

    def printed(self, document: IssuedDocument) -> Text:
        """As it would be printed in the place of that one."""
        return Text(
            title=document.title,
            lines=[_pieces(line) for line in self.text.splitlines()],
            is_refusal=False,
            valid_until=self.valid_until,
        )


def correctable(uow: UnitOfWork, case: Case) -> IssuedDocument:
    """The document in force of a case that staff have open.

    Raises NotFromHere, NotYours, NoSuchDocument.
    """
    if case.state != ISSUED:
        raise NotFromHere(state=STATES[case.state])
    if not opens(uow, case):
        raise NotYours
    found = document_of(uow, case)
    if found is None or case.is_emptied:
        raise NoSuchDocument
    return found


def issued_text(uow: UnitOfWork, case: Case, document: IssuedDocument) -> str:
    """What was printed; of what was issued before that was kept, as it is known today."""
    kept = document.read_text()
    if kept is not None:
        return kept
    known = prefilled(definition_behind(case), case)
    return "\n".join(plain(document_text(uow, case, known).lines))


def correct(
    uow: UnitOfWork, case: Case, said: Correction, *, request_id: UUID, expected_version: int
) -> None:
    """Issue the corrected document, once for each `request_id`.

    Raises StaleVersion, NotFromHere, NotYours, NothingCorrected, CorrectionWaits, NeedsSecond,
    NeedsApprovals, CannotBePrinted.
    """
    if _is_done(uow, request_id):
        return
    _may_correct(uow, case, said, expected_version)
    if definition_behind(case).approvals:
        raise NeedsApprovals
    if case.needs_second:
        raise NeedsSecond
    issue_corrected(uow, case, said, request_id=request_id)


def issue_corrected(
    uow: UnitOfWork, case: Case, said: Correction, *, request_id: UUID | None = None
) -> None:
    """The new one takes the place of the old: its number, the letter and the log say so."""
    former = document_of(uow, case)
    assert former
    former.replaced_at = uow.now
    uow.session.flush()  # of a case one is in force
    before = issued_text(uow, case, former)
    row = print_document(uow, case, said.printed(former), replaces=former)
    uow.session.flush()
    correct_act(uow, case, row, before=before, after=said.text)
    again = update(Case).where(Case.renews_id == former.id)
    uow.session.execute(again.values(renews_id=row.id))
    case.handed_at = None
    note_step(uow, case, "corrected", said.reason, request_id=request_id)
    uow.emit(
        DocumentCorrected(
            subject_id=case.id,
            number=case.number,
            service=case.service,
            replaced=former.number,
            issued=row.number,
        )
    )


def prepare_correction(
    uow: UnitOfWork,
    case: Case,
    said: Correction,
    *,
    fact: type[CaseFact],
    request_id: UUID,
    expected_version: int,
) -> Proposal | None:
    """For those who sign or approve it; None where the same form did so before.

    Raises StaleVersion, NotFromHere, NotYours, NothingCorrected, CorrectionWaits.
    """
    if _is_done(uow, request_id):
        return None
    _may_correct(uow, case, said, expected_version)
    roles = definition_behind(case).approvals
    row = Proposal(id=case.id, is_refusal=False, is_correction=True, at=uow.now)
    row.step, row.waits_for = 0, roles[0] if roles else ""
    row.by_id, row.by_name = uow.principal.person_id, uow.principal.name
    row.keep(said.told())
    uow.session.add(row)
    note_step(uow, case, "correction-prepared", said.reason, request_id=request_id, hidden=True)
    record(uow, case, fact)
    uow.session.flush()
    return row


def note_step(
    uow: UnitOfWork,
    case: Case,
    name: str,
    words: str,
    *,
    request_id: UUID | None = None,
    hidden: bool = False,
) -> None:
    """Write it down. The state stays, so the version is told to rise: older forms are late."""
    flag_modified(case, "state")
    add_step(
        uow,
        case,
        name,
        ground=GROUND,
        words=words,
        by_name=uow.principal.name,
        is_internal=hidden,
        request_id=request_id,
    )


def changed_lines(before: str, after: str) -> list[list[Change]]:
    """What differs, word by word; lines that stayed as they were are left out."""
    found: list[list[Change]] = [[]]
    for piece in changes(before, after):
        told = piece.text.rstrip("\n") if piece.kind == GONE else piece.text
        first, *rest = told.split("\n")
        found[-1].append(Change(piece.kind, first))
        found += [[Change(piece.kind, line)] for line in rest]
    lines = [[piece for piece in line if piece.text] for line in found]
    return [line for line in lines if any(piece.kind != SAME for piece in line)]


def _may_correct(uow: UnitOfWork, case: Case, said: Correction, expected_version: int) -> None:
    expect_version(case, expected_version, StaleVersion)
    document = correctable(uow, case)
    if uow.session.get(Proposal, case.id):
        raise CorrectionWaits
    same = said.valid_until == document.valid_until
    if same and said.text.splitlines() == issued_text(uow, case, document).splitlines():
        raise NothingCorrected


def _is_done(uow: UnitOfWork, request_id: UUID) -> bool:
    return uow.session.scalar(select(Step.id).where(Step.request_id == request_id)) is not None


def _pieces(line: str) -> list[Piece]:
    """What stands between tildes is struck out."""
    parts = _struck.split(line)
    return [Piece(text, bool(at % 2)) for at, text in enumerate(parts) if text]
