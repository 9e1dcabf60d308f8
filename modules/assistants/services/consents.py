"""Consent that somebody comes to help: what was asked for with an account and goes on."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.modules.assistants.models import HelpRequest
from obshto.modules.assistants.services.queries import request_of, requests_of
from obshto.modules.assistants.services.states import OPEN
from obshto.modules.assistants.services.visit_plans import withdraw_request
from obshto.platform.modularity.manifest import Consents, GivenConsent
from obshto.platform.unit_of_work import UnitOfWork


def help_agreed(uow: UnitOfWork, person_id: UUID) -> Sequence[GivenConsent]:
    """Requests that go on. One query."""
    rows = uow.session.scalars(requests_of(person_id).where(HelpRequest.state.in_(OPEN)))
    return [
        GivenConsent(
            id=row.id,
            title=str(gettext("Помощник да идва при мен (%(number)s)", number=row.number)),
            given_at=row.sent_at,
            path=f"/assistants/case/{row.id}",
        )
        for row in rows
    ]


def withdraw_help(uow: UnitOfWork, person_id: UUID, consent_id: UUID) -> None:
    """Nobody comes; visits ahead are off."""
    row = request_of(uow, consent_id, to_change=True)
    if row.person_id == person_id:
        withdraw_request(uow, row, expected_version=row.version)


CONSENTS = Consents(
    wording=lazy_gettext("Искам помощник да дойде при мен и за това да знае адреса ми."),
    to_whom=lazy_gettext("координаторът; адреса вижда само помощникът, в деня на посещението"),
    withdrawn=lazy_gettext("Никой няма да дойде и предстоящите посещения отпадат."),
    given_by=help_agreed,
    withdraw=withdraw_help,
)
