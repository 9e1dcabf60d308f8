"""Registrations: asked for, accepted once shown and listed, refused, withdrawn.

A registration is accepted when two things hold: it was shown whose the number is (a sign-in with a
second factor, or a document at the counter), and the number stands in the municipality's list.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from obshto.modules.voters.errors import (
    AlreadyRegistered,
    NumberRegistered,
    RegistrationEnded,
    StaleRegistration,
)
from obshto.modules.voters.events import VoterAccepted, VoterAsked, VoterRefused, VoterWithdrawn
from obshto.modules.voters.models import VoterRegistration
from obshto.modules.voters.services.kinds import (
    ACCEPTED,
    ASKED,
    COUNTER,
    DOCUMENT,
    LIVE,
    ONLINE,
    REFUSED,
    SIGN_IN,
    WITHDRAWN,
)
from obshto.modules.voters.services.queries import (
    UNSHOWN,
    by_egn,
    egn_index,
    is_listed,
    settlement_listed,
)
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import SECOND_FACTOR
from obshto.platform.web.language import SOURCE

TURN = text("SELECT pg_advisory_xact_lock(hashtext('voters'), 0)")
AT_ONCE = 200  # rows of one job


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterWords:
    """Who registers: `egn` right, `phone` in its full form or empty, `address` where by post,
    `language` of the letter.
    """

    egn: str
    name: str
    phone: str
    delivery: str
    address: str
    language: str = SOURCE


def register_online(uow: UnitOfWork, words: VoterWords, *, request_id: UUID) -> VoterRegistration:
    """By the person's own account; the same request again finds the first.

    Raises AlreadyRegistered, NumberRegistered.
    """
    proof = SIGN_IN if uow.principal.assurance >= SECOND_FACTOR else ""
    person_id = uow.principal.person_id
    return _register(uow, words, request_id, channel=ONLINE, proof=proof, person_id=person_id)


def register_at_counter(
    uow: UnitOfWork, words: VoterWords, *, request_id: UUID, replaces: bool
) -> VoterRegistration:
    """By a clerk who has seen the document. `replaces` ends one that stands there already.

    Raises NumberRegistered.
    """
    take_turn(uow)
    if replaces and _of_request(uow, request_id) is None:
        before = by_egn(uow, words.egn)
        if before:
            _end(uow, before, REFUSED, "replaced", by=uow.principal.person_id)
            uow.emit(VoterRefused(subject_id=before.id, number=before.number))
            uow.session.flush()
    return _register(uow, words, request_id, channel=COUNTER, proof=DOCUMENT, person_id=None)


def confirm_by_sign_in(uow: UnitOfWork, row: VoterRegistration, *, expected_version: int) -> None:
    """The person came back with a second factor. Raises RegistrationEnded, StaleRegistration."""
    if row.proof:
        return
    _expect(row, expected_version)
    row.proof = SIGN_IN
    _accept_if_listed(uow, row)


def confirm_by_document(uow: UnitOfWork, row: VoterRegistration, *, expected_version: int) -> None:
    """The clerk has seen the document; who is not listed waits for the next list.

    Raises RegistrationEnded, StaleRegistration.
    """
    if row.proof == DOCUMENT:
        return
    _expect(row, expected_version)
    row.proof = DOCUMENT
    _accept_if_listed(uow, row, by=uow.principal.person_id)


def refuse(uow: UnitOfWork, row: VoterRegistration, reason: str, *, expected_version: int) -> None:
    """With a reason that the person reads. Raises RegistrationEnded, StaleRegistration."""
    if row.state == REFUSED:
        return
    _expect(row, expected_version)
    _end(uow, row, REFUSED, reason, by=uow.principal.person_id)
    uow.emit(VoterRefused(subject_id=row.id, number=row.number))


def withdraw(uow: UnitOfWork, row: VoterRegistration, *, expected_version: int) -> None:
    """The person wants no letters; rolls that are frozen stay as they are. By whom, the log says.

    Raises RegistrationEnded, StaleRegistration.
    """
    if row.state == WITHDRAWN:
        return
    _expect(row, expected_version)
    _end(uow, row, WITHDRAWN, "")
    uow.emit(VoterWithdrawn(subject_id=row.id, number=row.number))


def accept_listed(uow: UnitOfWork) -> None:
    """Job: after a new list those who were shown and now stand in it are accepted."""
    waiting = (
        select(VoterRegistration)
        .where(VoterRegistration.state == ASKED, VoterRegistration.proof != "", is_listed())
        .options(*UNSHOWN)
    )
    rows = uow.session.scalars(waiting.limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    for row in rows:
        _accept_if_listed(uow, row)
    if len(rows) == AT_ONCE:
        uow.defer("voters:accept-listed", once="more")


def take_turn(uow: UnitOfWork) -> None:
    """One at a time: numbers follow each other, and two of one person are seen."""
    uow.session.execute(TURN)


def _register(
    uow: UnitOfWork,
    words: VoterWords,
    request_id: UUID,
    *,
    channel: str,
    proof: str,
    person_id: UUID | None,
) -> VoterRegistration:
    take_turn(uow)
    if first := _of_request(uow, request_id):
        return first
    _refuse_second(uow, words.egn, person_id)
    last = uow.session.scalar(select(func.max(VoterRegistration.number))) or 0
    row = VoterRegistration(
        request_id=request_id,
        number=last + 1,
        person_id=person_id,
        egn_index=egn_index(words.egn),
        name=words.name,
        address=words.address or None,
        phone=words.phone or None,
        settlement="",
        delivery=words.delivery,
        language=words.language,
        channel=channel,
        proof=proof,
        state=ASKED,
        reason="",
        asked_at=uow.now,
        entered_by_id=None if channel == ONLINE else uow.principal.person_id,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:  # what no turn was taken for: a restore, a hand in the database
        raise NumberRegistered from None
    uow.emit(VoterAsked(subject_id=row.id, number=row.number))
    if proof:
        _accept_if_listed(uow, row, by=row.entered_by_id)
    return row


def _refuse_second(uow: UnitOfWork, number: str, person_id: UUID | None) -> None:
    live = select(VoterRegistration.id).where(VoterRegistration.state.in_(LIVE))
    if person_id and uow.session.scalar(live.where(VoterRegistration.person_id == person_id)):
        raise AlreadyRegistered
    if uow.session.scalar(live.where(VoterRegistration.egn_index == egn_index(number))):
        raise NumberRegistered


def _accept_if_listed(uow: UnitOfWork, row: VoterRegistration, *, by: UUID | None = None) -> None:
    settlement = settlement_listed(uow, row.egn_index)
    if settlement is None:
        return
    row.settlement = settlement
    if row.state == ACCEPTED:
        return
    row.state, row.decided_at, row.decided_by_id = ACCEPTED, uow.now, by
    uow.emit(VoterAccepted(subject_id=row.id, number=row.number))


def _end(
    uow: UnitOfWork, row: VoterRegistration, state: str, reason: str, *, by: UUID | None = None
) -> None:
    row.state, row.reason, row.ended_at = state, reason, uow.now
    row.decided_at, row.decided_by_id = uow.now, by


def _expect(row: VoterRegistration, version: int) -> None:
    """Raises RegistrationEnded, StaleRegistration."""
    if row.state not in LIVE:
        raise RegistrationEnded
    expect_version(row, version, StaleRegistration)


def _of_request(uow: UnitOfWork, request_id: UUID) -> VoterRegistration | None:
    wanted = select(VoterRegistration).where(VoterRegistration.request_id == request_id)
    return uow.session.scalar(wanted.options(*UNSHOWN))
