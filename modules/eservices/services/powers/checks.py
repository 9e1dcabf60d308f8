"""Check of a power of attorney by a clerk: accepted, refused, or a better copy is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from obshto.modules.eservices.errors import OwnPower, PowerNotFromHere, PowerOver, StalePower
from obshto.modules.eservices.events.powers import (
    PowerAccepted,
    PowerCopyAsked,
    PowerFact,
    PowerRefused,
)
from obshto.modules.eservices.models import PowerOfAttorney
from obshto.modules.eservices.services.powers.kinds import (
    ACCEPTED,
    ASKED,
    OPEN,
    REFUSED,
    STATES,
)
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import is_named, people_with_email


def accept_power(uow: UnitOfWork, row: PowerOfAttorney, *, expected_version: int) -> None:
    """From now on it is chosen when applying. The row is locked; twice is once.

    Raises OwnPower, PowerNotFromHere, StalePower, PowerOver.
    """
    if row.state == ACCEPTED:
        return
    _expect(row, OPEN, expected_version)
    settle(uow, row, row.read())
    row.words = None
    record_power(uow, row, PowerAccepted)


def refuse_power(
    uow: UnitOfWork, row: PowerOfAttorney, words: str, *, expected_version: int
) -> None:
    """It is not accepted, and why. Raises OwnPower, PowerNotFromHere, StalePower."""
    if row.state == REFUSED:
        return
    _expect(row, OPEN, expected_version)
    _sign(uow, row)
    row.state, row.words, row.ended_on = REFUSED, words, day_of(uow.now)
    record_power(uow, row, PowerRefused)


def ask_for_copy(
    uow: UnitOfWork, row: PowerOfAttorney, words: str, *, expected_version: int
) -> None:
    """A better copy is needed, and what is wrong. Raises OwnPower, PowerNotFromHere, StalePower."""
    _expect(row, OPEN, expected_version)
    _sign(uow, row)
    row.state, row.words = ASKED, words
    record_power(uow, row, PowerCopyAsked)


def settle(uow: UnitOfWork, row: PowerOfAttorney, answers: Mapping[str, str]) -> None:
    """Accepted, by whom; whoever gave it sees it in their account, where there is one.

    Raises OwnPower, PowerOver.
    """
    if row.until and row.until < day_of(uow.now):
        raise PowerOver
    _sign(uow, row)
    row.state = ACCEPTED
    row.represented_id = account_named(answers["applicant_name"], answers.get("email", ""))


def account_named(name: str, email: str) -> UUID | None:
    """The one account with this address, if its name has the words that were typed."""
    found = people_with_email(email) if email else []
    same = [person.id for person in found if is_named(person, name)]
    return same[0] if len(same) == 1 else None


def record_power(uow: UnitOfWork, row: PowerOfAttorney, fact: type[PowerFact]) -> None:
    """Say it to the log and to others: the number, never who."""
    uow.session.flush()
    uow.emit(fact(subject_id=row.id, number=row.number))


def _sign(uow: UnitOfWork, row: PowerOfAttorney) -> None:
    """Raises OwnPower."""
    me = uow.principal.person_id
    if me and me == row.representative_id:
        raise OwnPower
    row.checked_at, row.checked_by_id, row.checked_by = uow.now, me, uow.principal.name


def _expect(row: PowerOfAttorney, sources: tuple[str, ...], version: int) -> None:
    if row.state not in sources:
        raise PowerNotFromHere(state=STATES[row.state])
    expect_version(row, version, StalePower)
