"""Written consents to be helped, of who has an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.modules.mandates.models import Mandate
from obshto.modules.mandates.services.kinds import PAGE, SIGNED
from obshto.modules.mandates.services.lifecycle import withdraw_mandate
from obshto.modules.mandates.services.queries import mandate_of, mandates_of
from obshto.platform.clock import SOFIA
from obshto.platform.modularity.manifest import Consents, GivenConsent
from obshto.platform.unit_of_work import UnitOfWork


def mandates_agreed(uow: UnitOfWork, person_id: UUID) -> Sequence[GivenConsent]:
    """Those in force. One query."""
    signed = mandates_of(person_id).where(Mandate.state == SIGNED)
    return [_given(row) for row in uow.session.scalars(signed)]


def end_agreed(uow: UnitOfWork, person_id: UUID, consent_id: UUID) -> None:
    """Nobody acts for the person from the next click on."""
    row = mandate_of(uow, consent_id, to_change=True)
    if row.person_id == person_id:
        withdraw_mandate(uow, row, PAGE, expected_version=row.version)


def _given(row: Mandate) -> GivenConsent:
    assert row.signed_on
    title = gettext(
        "%(name)s да прави вместо мен каквото подписах (%(number)s)",
        name=row.assistant,
        number=row.number,
    )
    at = datetime.combine(row.signed_on, datetime.min.time(), tzinfo=SOFIA)
    return GivenConsent(
        id=row.id, title=str(title), given_at=at, path=f"/mandates/mandate/{row.id}"
    )


CONSENTS = Consents(
    wording=lazy_gettext("Съгласието, прочетено на глас и подписано пред двама свидетели."),
    to_whom=lazy_gettext("помощникът, посочен в него"),
    withdrawn=lazy_gettext("От сега никой не действа от Ваше име. Направеното остава в сила."),
    given_by=mandates_agreed,
    withdraw=end_agreed,
)
