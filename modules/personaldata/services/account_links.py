"""Account links: two accounts of one person are read together, and stay two (art. 15).

The officer checks who asks and names the other account; nothing of it is shown before who is
signed in there says that it is theirs. Either of the two ends it by one press.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select

from obshto.modules.personaldata.errors import (
    AnotherPerson,
    NoSecondAccount,
    NoSuchLink,
    OwnAccountNeeded,
    StaleLink,
)
from obshto.modules.personaldata.events import AccountsLinked, AccountsParted
from obshto.modules.personaldata.models import AccountLink, DataRequest
from obshto.modules.personaldata.services.request_actions import answer_request
from obshto.modules.personaldata.services.states import ANSWERED, record
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import confirmed_number, people_with_email


def propose_link(
    uow: UnitOfWork, row: DataRequest, words: str, email: str, *, expected_version: int
) -> None:
    """Answer, and ask the other account. What the state says of both must not differ.

    Raises OwnAccountNeeded, NoSecondAccount, AnotherPerson and as `answer_request`.
    """
    if row.state == ANSWERED:
        return
    if row.person_id is None or row.behalf:
        raise OwnAccountNeeded
    other_id = _other_account(row.person_id, email)
    numbers = {confirmed_number(uow, one) for one in (row.person_id, other_id)} - {""}
    if len(numbers) > 1:
        raise AnotherPerson
    answer_request(uow, row, words, expected_version=expected_version)
    link = AccountLink(
        case_id=row.id, person_id=row.person_id, other_id=other_id, proposed_at=uow.now
    )
    uow.session.add(link)


def confirm_link(uow: UnitOfWork, link: AccountLink, *, expected_version: int) -> None:
    """The other account says yes; twice is once. Raises NoSuchLink, StaleLink."""
    if link.other_id != uow.principal.person_id:
        raise NoSuchLink
    if link.confirmed_at:
        return
    expect_version(link, expected_version, StaleLink)
    link.confirmed_at = uow.now
    record(uow, uow.session.get_one(DataRequest, link.case_id), AccountsLinked)


def end_link(uow: UnitOfWork, link: AccountLink, *, expected_version: int) -> None:
    """Either of the two: not mine, or no more. Twice is once. Raises StaleLink."""
    if link.ended_at:
        return
    expect_version(link, expected_version, StaleLink)
    link.ended_at = uow.now
    record(uow, uow.session.get_one(DataRequest, link.case_id), AccountsParted)


def own_links(uow: UnitOfWork, person_id: UUID) -> Sequence[AccountLink]:
    """Those that wait or hold, whichever of the two it is."""
    rows = select(AccountLink).where(_of(person_id), AccountLink.ended_at.is_(None))
    return uow.session.scalars(rows.order_by(AccountLink.proposed_at, AccountLink.id)).all()


def own_link(uow: UnitOfWork, person_id: UUID, link_id: UUID) -> AccountLink:
    """One of somebody's, ended or not, locked. Raises NoSuchLink."""
    row = select(AccountLink).where(AccountLink.id == link_id, _of(person_id)).with_for_update()
    found = uow.session.scalar(row)
    if found is None:
        raise NoSuchLink
    return found


def linked_with(uow: UnitOfWork, person_id: UUID) -> list[UUID]:
    """The other accounts of the same person, where both said so."""
    return [
        link.other_id if link.person_id == person_id else link.person_id
        for link in own_links(uow, person_id)
        if link.confirmed_at
    ]


def forget_links(uow: UnitOfWork, person_id: UUID) -> None:
    """An account that goes is linked with none."""
    uow.session.execute(delete(AccountLink).where(_of(person_id)))


def _of(person_id: UUID) -> ColumnElement[bool]:
    return or_(AccountLink.person_id == person_id, AccountLink.other_id == person_id)


def _other_account(person_id: UUID, email: str) -> UUID:
    others = [one.id for one in people_with_email(email) if one.id != person_id]
    if len(others) != 1:
        raise NoSecondAccount
    return others[0]
