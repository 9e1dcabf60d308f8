"""A document reaches its person: given at the counter, or posted."""

from __future__ import annotations

from obshto.modules.eservices.errors import ChangedMeanwhile, NotFromHere, NotPaidYet
from obshto.modules.eservices.events import DocumentHanded
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.fees import fee_of
from obshto.modules.eservices.services.reading import BY_HAND, DECIDED
from obshto.modules.eservices.services.states import (
    ISSUED,
    STATES,
    add_step,
    procedure_of,
    record,
)
from obshto.platform.work import Work


def waits_for_hand(case: Case) -> bool:
    """Whether somebody of the staff has still to give it, or to post it."""
    return case.state in DECIDED and case.delivery in BY_HAND and case.handed_at is None


def hand(work: Work, case: Case, *, seen: int) -> None:
    """It is in the hand, or on its way. Raises ChangedMeanwhile, NotFromHere, NotPaidYet."""
    if case.handed_at:
        return
    if case.version != seen:
        raise ChangedMeanwhile
    if not waits_for_hand(case):
        raise NotFromHere(state=STATES[case.state])
    fee = fee_of(work, case)
    if case.state == ISSUED and fee and fee.is_open:
        raise NotPaidYet
    case.handed_at = work.now
    name = "posted" if case.delivery == "post" else "handed"
    add_step(work, case, name, ground=procedure_of(case)["handed"], by_name=work.principal.name)
    record(work, case, DocumentHanded)
