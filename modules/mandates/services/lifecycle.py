"""Life of a mandate after it was prepared: signed, used, withdrawn, ended by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from obshto.modules.mandates.errors import (
    BadWitness,
    MandateLapsed,
    MandateNotFromHere,
    NotYourMandate,
    SignedByAssistant,
    SignedTooSoon,
    StaleMandate,
)
from obshto.modules.mandates.events import (
    MandateEnded,
    MandateFact,
    MandateSigned,
    MandateUsed,
    MandateWithdrawn,
)
from obshto.modules.mandates.models import Mandate
from obshto.modules.mandates.services.kinds import (
    DRAFT,
    ENDED,
    OPEN,
    SIGNED,
    STATES,
    TERM,
    WITHDRAWN,
)
from obshto.modules.mandates.services.queries import is_in_force
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedSheet:
    """What was signed: the day, two witnesses; the number of the paper, or on a screen the strokes
    of the person and of both, each an SVG path.
    """

    signed_on: date
    witnesses: tuple[str, str]
    sheet: str = ""
    strokes: tuple[str, ...] = ()


def sign_mandate(
    uow: UnitOfWork, row: Mandate, signature: SignedSheet, *, expected_version: int
) -> None:
    """From now on it is in force. Nothing is done to one that is signed so already.

    Raises SignedByAssistant, StaleMandate, MandateNotFromHere, MandateLapsed, SignedTooSoon,
    BadWitness.
    """
    if row.assistant_id == uow.principal.person_id:
        raise SignedByAssistant
    strokes = "\n".join(signature.strokes) or None
    if row.state == SIGNED and (row.sheet, row.strokes) == (signature.sheet, strokes):
        return
    _expect(row, (DRAFT,), expected_version)
    _check(uow, row, signature)
    row.state, row.signed_on, row.sheet = SIGNED, signature.signed_on, signature.sheet
    row.strokes, row.witnesses = strokes, "\n".join(signature.witnesses)
    row.signed_by_id, row.signed_by = uow.principal.person_id, uow.principal.name
    _record(uow, row, MandateSigned)


def withdraw_mandate(uow: UnitOfWork, row: Mandate, how: str, *, expected_version: int) -> None:
    """No act under it from the next click on; a draft is dropped. Nothing where it has ended.

    Law of Obligations and Contracts, article 41: a mandate ends when it is withdrawn.
    Raises StaleMandate.
    """
    if row.state not in OPEN:
        return
    _expect(row, OPEN, expected_version)
    end_mandate(uow, row, how)


def end_mandate(uow: UnitOfWork, row: Mandate, how: str) -> None:
    """Withdrawn by somebody, or over by its term."""
    row.state, row.ended_at, row.ended_how = WITHDRAWN, uow.now, how
    if how == TERM:
        row.state = ENDED
    _record(uow, row, MandateEnded if how == TERM else MandateWithdrawn)


def use_mandate(uow: UnitOfWork, row: Mandate, *, expected_version: int) -> None:
    """The assistant begins to act under it. Raises StaleMandate, NotYourMandate."""
    expect_version(row, expected_version, StaleMandate)
    if row.assistant_id != uow.principal.person_id or not is_in_force(uow, row):
        raise NotYourMandate
    _record(uow, row, MandateUsed)


def end_due_mandates(uow: UnitOfWork) -> None:
    """Job: what is past its last day is over; the gate has refused it since midnight."""
    past = select(Mandate).where(Mandate.state.in_(OPEN), Mandate.ends_on < day_of(uow.now))
    past = past.order_by(Mandate.id).limit(AT_ONCE)
    for row in uow.session.scalars(past.with_for_update(skip_locked=True)):
        end_mandate(uow, row, TERM)


def _expect(row: Mandate, sources: tuple[str, ...], version: int) -> None:
    if row.state not in sources:
        raise MandateNotFromHere(state=STATES[row.state])
    expect_version(row, version, StaleMandate)


def _check(uow: UnitOfWork, row: Mandate, signature: SignedSheet) -> None:
    today, first = day_of(uow.now), day_of(row.prepared_at)
    if row.ends_on < today:
        raise MandateLapsed
    if not first <= signature.signed_on <= today:
        raise SignedTooSoon(first=day(first))
    people = {" ".join(name.casefold().split()) for name in signature.witnesses}
    if len(people) < 2 or people & {row.assistant.casefold(), row.name.casefold()}:
        raise BadWitness


def _record(uow: UnitOfWork, row: Mandate, fact: type[MandateFact]) -> None:
    uow.session.flush()
    uow.emit(fact(subject_id=row.id, number=row.number))
