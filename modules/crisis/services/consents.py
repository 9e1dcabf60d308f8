"""Consent to be called in a disaster, of who gave it with an account."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.modules.crisis.services.contacts import own_contact, remove_contact
from obshto.platform.modularity.manifest import Consents, GivenConsent
from obshto.platform.unit_of_work import UnitOfWork


def call_agreed(uow: UnitOfWork, person_id: UUID) -> Sequence[GivenConsent]:
    """One at most. One query."""
    row = own_contact(uow, person_id)
    if row is None:
        return ()
    title = str(gettext("Да ми се обадите при бедствие"))
    return (GivenConsent(id=row.id, title=title, given_at=row.agreed_at, path="/crisis/call-me"),)


def withdraw_call(uow: UnitOfWork, person_id: UUID, consent_id: UUID) -> None:
    """Name, phone and calls go at once."""
    row = own_contact(uow, person_id, to_change=True)
    if row and row.id == consent_id:
        remove_contact(uow, row, expected_version=row.version)


CONSENTS = Consents(
    wording=lazy_gettext("Давам съгласие общината да пази това, за да ми се обади при бедствие"),
    to_whom=lazy_gettext("служителите, които се обаждат"),
    withdrawn=lazy_gettext("Името и телефонът Ви се забравят веднага и няма да Ви се обадим."),
    given_by=call_agreed,
    withdraw=withdraw_call,
)
