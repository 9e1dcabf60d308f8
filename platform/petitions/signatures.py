"""Signatures entered from paper: each line once, what does not count stays with its reason."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, tuple_, update
from sqlalchemy.exc import IntegrityError
from stdnum.bg import egn
from stdnum.exceptions import ValidationError

from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.keys.encryption import blind_index
from obshto.platform.petitions.errors import (
    LineTaken,
    NoSuchLine,
    NoSuchSheet,
    NoSuchSignature,
    NotEntered,
    StaleSignature,
)
from obshto.platform.petitions.kinds import (
    CONFIRMED,
    DOUBLE,
    INCOMPLETE,
    LINES,
    NOT_VOTER,
    UNDER_AGE,
    UNSIGNED,
    VOTING_AGE,
    WRONG_EGN,
    PetitionKind,
    Row,
    Sheet,
)
from obshto.platform.petitions.models import SignatureRow
from obshto.platform.unit_of_work import UnitOfWork

Place = tuple[int, int]  # sheet and line


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureWords:
    """A line as it stands on paper; a wrong personal number is kept as it was written."""

    name: str
    egn: str
    address: str
    note: str = ""
    is_signed: bool = True


def enter_signature(
    uow: UnitOfWork,
    kind: PetitionKind[Sheet, Row],
    petition_id: UUID,
    words: SignatureWords,
    *,
    place: Place,
    request_id: UUID,
) -> Row:
    """Keep a line with what it is worth; the same request again finds the first.

    Raises NoSuchSheet, NoSuchLine, LineTaken.
    """
    if first := _of_request(uow, kind, request_id):
        return first
    _check_place(uow, kind, petition_id, place)
    new: Callable[..., Row] = kind.row
    row = new(
        request_id=request_id,
        petition_id=petition_id,
        sheet=place[0],
        line=place[1],
        entered_at=uow.now,
        entered_by_id=uow.principal.person_id,
    )
    try:
        _keep(uow, kind, row, words)
    except IntegrityError:
        if first := _of_request(uow, kind, request_id):  # the same form, in the same instant
            return first
        raise LineTaken(sheet=place[0], line=place[1]) from None
    return row


def correct_signature(
    uow: UnitOfWork,
    kind: PetitionKind[Sheet, Row],
    row: Row,
    words: SignatureWords,
    *,
    expected_version: int,
) -> None:
    """Mend what was typed wrong; a double of the number that stood there before counts now.

    Raises StaleSignature.
    """
    if _says(row) == words:
        return
    expect_version(row, expected_version, StaleSignature)
    before, counted = row.egn_index, row.fault == ""
    _keep(uow, kind, row, words)
    if before and counted and before != row.egn_index:
        _promote_double(uow, kind, row.petition_id, before)


def signature_of(
    uow: UnitOfWork, kind: PetitionKind[Sheet, Row], petition_id: UUID, row_id: UUID
) -> Row:
    """One line of this petition, locked. Raises NoSuchSignature."""
    wanted = select(kind.row).where(kind.row.id == row_id, kind.row.petition_id == petition_id)
    row = uow.session.scalar(wanted.with_for_update())
    if row is None or row.is_emptied:
        raise NoSuchSignature
    return row


def enter_findings(
    uow: UnitOfWork,
    kind: PetitionKind[Sheet, Row],
    petition_id: UUID,
    not_voters: Collection[Place],
    *,
    confirms_rest: bool,
) -> None:
    """What the protocol says line by line; with `confirms_rest` all others were found voters.

    Without it they stay unchecked: the check stops where enough are found. Raises NotEntered.
    """
    own = kind.row.petition_id == petition_id
    at = tuple_(kind.row.sheet, kind.row.line)
    known = set(uow.session.execute(select(kind.row.sheet, kind.row.line).where(own)))
    if missing := sorted(set(not_voters) - known):
        raise NotEntered(places=", ".join(f"{sheet}/{line}" for sheet, line in missing[:20]))
    rest = CONFIRMED if confirms_rest else ""
    _mark(uow, kind, own, rest)
    if not_voters:
        _mark(uow, kind, own & at.in_(list(not_voters)), NOT_VOTER)
    uow.session.expire_all()


def fault_of(words: SignatureWords, *, today: date) -> str:
    """What is wrong with a line by itself, or nothing. Doubles are seen beside the others."""
    if not words.is_signed:
        return UNSIGNED
    if not (len(words.name.split()) >= 2 and words.address):
        return INCOMPLETE
    try:
        born = egn.get_birth_date(egn.validate(words.egn))
    except ValidationError:
        return WRONG_EGN
    if born > today:
        return WRONG_EGN
    return UNDER_AGE if _years(born, today) < VOTING_AGE else ""


def _years(born: date, today: date) -> int:
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (not had_birthday)


def _check_place(
    uow: UnitOfWork, kind: PetitionKind[Sheet, Row], petition_id: UUID, place: Place
) -> None:
    sheet, line = place
    if uow.session.get(kind.sheet, (petition_id, sheet)) is None:
        raise NoSuchSheet(sheet=sheet)
    if not 0 < line <= LINES:
        raise NoSuchLine(sheet=sheet, most=LINES)
    taken = select(kind.row.id).where(
        kind.row.petition_id == petition_id, kind.row.sheet == sheet, kind.row.line == line
    )
    if uow.session.scalar(taken):
        raise LineTaken(sheet=sheet, line=line)


def _keep(uow: UnitOfWork, kind: PetitionKind[Sheet, Row], row: Row, words: SignatureWords) -> None:
    """Write the words. Of two clerks with the same person in one instant, one finds the double."""
    fault = fault_of(words, today=day_of(uow.now))
    row.name, row.address, row.note = words.name, words.address, words.note
    row.egn = words.egn
    row.egn_index = blind_index(kind.label, words.egn) if fault in ("", UNDER_AGE) else None
    row.fault = DOUBLE if not fault and _stands_elsewhere(uow, kind, row) else fault
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:
        if row.fault or not _stands_elsewhere(uow, kind, row):
            raise
        row.fault = DOUBLE
        with uow.session.begin_nested():
            uow.session.add(row)
            uow.session.flush()


def _stands_elsewhere(uow: UnitOfWork, kind: PetitionKind[Sheet, Row], row: Row) -> bool:
    same = select(kind.row.id).where(
        kind.row.petition_id == row.petition_id,
        kind.row.egn_index == row.egn_index,
        kind.row.fault == "",
    )
    with uow.session.no_autoflush:
        found = uow.session.scalars(same.limit(2)).all()
    return any(one != row.id for one in found)


def _promote_double(
    uow: UnitOfWork,
    kind: PetitionKind[Sheet, Row],
    petition_id: UUID,
    index: bytes,
) -> None:
    doubles = select(kind.row).where(
        kind.row.petition_id == petition_id,
        kind.row.egn_index == index,
        kind.row.fault == DOUBLE,
    )
    first = uow.session.scalar(
        doubles.order_by(kind.row.sheet, kind.row.line).limit(1).with_for_update()
    )
    if first:
        first.fault = ""
        uow.session.flush()


def _mark(uow: UnitOfWork, kind: PetitionKind[Sheet, Row], rows: object, finding: str) -> None:
    changed = update(kind.row).where(rows)  # type: ignore[arg-type]
    values = {"finding": finding, "version": kind.row.version + 1}
    uow.session.execute(changed.values(values), execution_options={"synchronize_session": False})


def _says(row: SignatureRow) -> SignatureWords:
    return SignatureWords(
        name=row.name or "",
        egn=row.egn or "",
        address=row.address or "",
        note=row.note or "",
        is_signed=row.fault != UNSIGNED,
    )


def _of_request(uow: UnitOfWork, kind: PetitionKind[Sheet, Row], request_id: UUID) -> Row | None:
    return uow.session.scalar(select(kind.row).where(kind.row.request_id == request_id))
