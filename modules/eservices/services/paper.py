"""The application as paper: the official form, filled in or blank."""

from __future__ import annotations

from collections.abc import Sequence

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.catalogue import Service
from obshto.modules.eservices.services.definition_tests import values_of
from obshto.modules.eservices.services.fees import is_paid_electronically
from obshto.modules.eservices.services.official_names import official_names
from obshto.modules.eservices.services.official_text import filled
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.platform.cases.channels import PORTAL
from obshto.platform.clock import day_of
from obshto.platform.documents.sheets import Piece, written
from obshto.platform.unit_of_work import UnitOfWork

SIGNED_THROUGH_PORTAL = "подадено през портала"


def blank_form(uow: UnitOfWork, service: Service) -> Sequence[Sequence[Piece]]:
    """The official form with the name of the municipality, else a plain request; nothing else."""
    definition = service.counter_definition
    return filled(definition.form, values_of(definition, {}, {}, official_names(uow)))


def filled_form(uow: UnitOfWork, case: Case) -> Sequence[Sequence[Piece]]:
    """What was sent, as the official form reads."""
    known = {
        **official_names(uow),
        "clerk_name": case.entered_by,
        "date": written(day_of(case.sent_at)),
        "applicant_signature": SIGNED_THROUGH_PORTAL if case.channel == PORTAL else "",
        "paid_electronically": "S" if is_paid_electronically(uow, case) else "",
    }
    definition = definition_behind(case)
    return filled(definition.form, values_of(definition, case.read(), {}, known))
