"""The control application of the leak watch."""

from __future__ import annotations

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.publication import latest
from obshto.modules.eservices.services.states import CLOSED
from obshto.platform.cases.control_case import control_case
from obshto.platform.legal.terms import received_on
from obshto.platform.unit_of_work import UnitOfWork

SERVICE = "1998"


def plant(uow: UnitOfWork, mark: str) -> None:
    """An application with that number, sent by and handled by who plants it. Twice is once."""
    words, definition = f"Контролно заявление {mark}", latest(SERVICE)
    assert definition
    own = {"service": SERVICE, "definition_version": definition.version, "state": CLOSED}
    if case := control_case(uow, Case, mark, **own, starts_on=received_on(uow.now)):
        case.applicant = case.assignee = words
        case.keep({"applicant_name": words})
