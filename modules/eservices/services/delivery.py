"""A document reaches its person: given at the counter, or posted."""

from __future__ import annotations

from obshto.modules.eservices.errors import NotFromHere, NotPaidYet, StaleVersion
from obshto.modules.eservices.events import DocumentHanded
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.case_queries import BY_HAND, DECIDED
from obshto.modules.eservices.services.fees import fee_of
from obshto.modules.eservices.services.states import (
    ISSUED,
    STATES,
    add_step,
    procedure_of,
    record,
)
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork


def waits_for_hand(case: Case) -> bool:
    """Whether somebody of the staff has still to give it, or to post it."""
    return case.state in DECIDED and case.delivery in BY_HAND and case.handed_at is None


def hand(uow: UnitOfWork, case: Case, *, expected_version: int) -> None:
    """It is in the hand, or on its way. Raises StaleVersion, NotFromHere, NotPaidYet."""
    if case.handed_at:
        return
    expect_version(case, expected_version, StaleVersion)
    if not waits_for_hand(case):
        raise NotFromHere(state=STATES[case.state])
    fee = fee_of(uow, case)
    if case.state == ISSUED and fee and fee.is_open:
        raise NotPaidYet
    case.handed_at = uow.now
    name = "posted" if case.delivery == "post" else "handed"
    add_step(uow, case, name, ground=procedure_of(case)["handed"], by_name=uow.principal.name)
    record(uow, case, DocumentHanded)
