"""Supporters with an account: all that is known of one, so that another way is no second voice."""

from __future__ import annotations

from uuid import UUID

from obshto.platform.notify.address import addresses
from obshto.platform.support.services import Supporter
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.national import confirmed_number


def account_supporter(uow: UnitOfWork, person_id: UUID, *, language: str) -> Supporter:
    """By account, confirmed address and the number that the state confirmed."""
    email = next((person.email for person in addresses().people([person_id])), "")
    number = confirmed_number(uow, person_id)
    return Supporter(person_id=person_id, email=email, personal_number=number, language=language)
