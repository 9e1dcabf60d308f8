"""Registration of a power of attorney: sent by who represents, or shown at the counter."""

from __future__ import annotations

from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.eservices.errors import PowerNotFromHere, StalePower
from obshto.modules.eservices.events.powers import PowerAccepted, PowerSent
from obshto.modules.eservices.models import PowerOfAttorney
from obshto.modules.eservices.services.attachments import keep_paper
from obshto.modules.eservices.services.numbers import POWER, next_number
from obshto.modules.eservices.services.powers.checks import (
    account_named,
    record_power,
    settle,
)
from obshto.modules.eservices.services.powers.kinds import ASKED, STATES, WAITING, PowerTerms
from obshto.modules.eservices.services.powers.queries import person_index
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.storage.services import forget_files
from obshto.platform.unit_of_work import UnitOfWork


def send_power(
    uow: UnitOfWork, told: PowerTerms, paper: BinaryIO | None, *, request_id: UUID
) -> PowerOfAttorney:
    """Put it among those to be checked; without a paper the original is shown at the counter.

    The same `request_id` again finds the first. Raises FileRefused.
    """
    return _made(uow, told, paper, request_id=request_id, email=None)


def enter_power(
    uow: UnitOfWork, told: PowerTerms, paper: BinaryIO | None, *, request_id: UUID, email: str
) -> PowerOfAttorney:
    """A clerk has seen the original: it is accepted at once.

    `email` leads to the account of who represents, where its name has the words that were typed.
    Raises FileRefused, OwnPower.
    """
    return _made(uow, told, paper, request_id=request_id, email=email)


def send_copy(
    uow: UnitOfWork, row: PowerOfAttorney, paper: BinaryIO, *, expected_version: int
) -> None:
    """The better copy that a clerk asked for. The row is locked.

    Raises FileRefused, PowerNotFromHere, StalePower.
    """
    if row.state != ASKED:
        raise PowerNotFromHere(state=STATES[row.state])
    expect_version(row, expected_version, StalePower)
    before = row.file_id
    row.file_id, row.state, row.words = keep_paper(uow, paper).id, WAITING, None
    forget_files(uow, [before] if before else [])
    record_power(uow, row, PowerSent)


def _made(
    uow: UnitOfWork,
    told: PowerTerms,
    paper: BinaryIO | None,
    *,
    request_id: UUID,
    email: str | None,
) -> PowerOfAttorney:
    """`email` is None where who represents sends it, else a clerk enters it."""
    if first := _of_form(uow, request_id):
        return first
    row = _row(uow, told, request_id=request_id)
    if email is not None:
        row.representative_id = account_named(told.answers["representative_name"], email)
        settle(uow, row, told.answers)
    try:
        with uow.session.begin_nested():
            row.year, row.sequence = next_number(uow, POWER)
            row.file_id = keep_paper(uow, paper).id if paper else None
            uow.session.add(row)
    except IntegrityError:  # a second click in the same instant
        if first := _of_form(uow, request_id):
            return first
        raise
    record_power(uow, row, PowerSent if email is None else PowerAccepted)
    return row


def _row(uow: UnitOfWork, told: PowerTerms, *, request_id: UUID) -> PowerOfAttorney:
    row = PowerOfAttorney(
        id=new_id(),
        request_id=request_id,
        state=WAITING,
        representative_id=uow.principal.person_id,
        number_index=person_index(told.answers["applicant_id"]),
        services=sorted(told.services),
        until=told.until,
        sent_at=uow.now,
    )
    row.keep(told.answers)
    return row


def _of_form(uow: UnitOfWork, request_id: UUID) -> PowerOfAttorney | None:
    wanted = select(PowerOfAttorney).where(PowerOfAttorney.request_id == request_id)
    return uow.session.scalar(wanted)
