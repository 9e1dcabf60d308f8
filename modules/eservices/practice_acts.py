"""Practice acts of services: an invented citizen applies, brings what is missing, complains."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

from sqlalchemy import exists, select

from obshto.modules.eservices.models import Case, Complaint
from obshto.modules.eservices.services.case_actions import answer
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.complaints import complain
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.states import ASKED, REFUSED, SENT
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.modularity.practice import PracticeAct, PracticeTurn
from obshto.platform.unit_of_work import UnitOfWork

BROUGHT = "Това е, което поискахте. Номерът е 12, по стария план беше 4."
COMPLAINT = "Отказахте ми, а аз занесох всичко. Не разбирам защо."


def apply(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """For one of the services of the examples that wait, with their invented answers."""
    told = json.loads((Path(__file__).parent / "data" / "demo.json").read_text("utf-8"))
    one = turn.pick([it for it in told if it["state"] == SENT])
    # Each citizen has a request of their own: a second run finds the case that it became.
    if _sent_before(uow, turn.request_id):
        return True
    ref = start_draft(uow, service_of(uow, one["service"]), request_id=turn.request_id)
    draft = draft_at(uow, ref)
    draft.keep({**one["answers"], "applicant_name": turn.name})
    uow.session.flush()
    send_application(uow, ref, expected_version=draft.version)
    return True


def bring(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """What a clerk asked for in an application of theirs."""
    if case := _own(uow, ASKED):
        answer(uow, case, BROUGHT, expected_version=case.version)
    return case is not None


def object_to_refusal(uow: UnitOfWork, turn: PracticeTurn) -> bool:
    """To the first refusal of theirs that they have not complained about."""
    if case := _own(uow, REFUSED):
        complain(uow, case, COMPLAINT, request_id=turn.request_id)
    return case is not None


def _own(uow: UnitOfWork, state: str) -> Case | None:
    own = select(Case).where(
        Case.person_id == uow.principal.person_id,
        Case.state == state,
        ~exists().where(Complaint.case_id == Case.id),
    )
    return uow.session.scalar(own.order_by(Case.sent_at).limit(1).with_for_update())


def _sent_before(uow: UnitOfWork, request_id: UUID) -> bool:
    return bool(uow.session.scalar(select(exists().where(Case.request_id == request_id))))


PRACTICE_ACTS = (
    PracticeAct(run=apply),
    PracticeAct(run=bring, is_reply=True),
    PracticeAct(run=object_to_refusal, is_reply=True),
)
