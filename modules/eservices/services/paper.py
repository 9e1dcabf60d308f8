"""The application as paper: the official form, filled in or blank."""

from __future__ import annotations

from collections.abc import Sequence

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.case_queries import definition_behind_case
from obshto.modules.eservices.services.catalogue import Service
from obshto.modules.eservices.services.definition_tests import values_of
from obshto.modules.eservices.services.fees import is_paid_electronically
from obshto.modules.eservices.services.official_names import official_names
from obshto.modules.eservices.services.official_text import Piece, Values, filled, written
from obshto.platform.cases.channels import PORTAL
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

SIGNED_THROUGH_PORTAL = "подадено през портала"


# What a service without an official form of its own is asked for with (АПК чл. 29, ал. 2).
REQUEST = (
    "До Кмета на {municipality_name}",
    "ЗАЯВЛЕНИЕ",
    "От {applicant_name}",
    "ЕГН/ЛНЧ {applicant_id}",
    "Адрес {address}",
    "Телефон {phone}",
    "Моля да ми бъде извършена услугата: {service}",
    "Прилагам: {enclosed}",
    "Желая да получа отговора: ☐ лично на гишето ☐ по пощата на адрес {post_address}",
    "Дата {date}",
    "Подпис {applicant_signature}",
)


def blank_form(uow: UnitOfWork, service: Service) -> Sequence[Sequence[Piece]]:
    """The official form with the name of the municipality, else a plain request; nothing else."""
    names, definition = official_names(uow), service.definition
    if definition:
        return filled(definition.form, values_of(definition, {}, {}, names))
    return filled(REQUEST, Values({}, {}, {**names, "service": service.title}))


def filled_form(uow: UnitOfWork, case: Case) -> Sequence[Sequence[Piece]]:
    """What was sent, as the official form reads."""
    known = {
        **official_names(uow),
        "clerk_name": case.entered_by,
        "date": written(day_of(case.sent_at)),
        "applicant_signature": SIGNED_THROUGH_PORTAL if case.channel == PORTAL else "",
        "paid_electronically": "S" if is_paid_electronically(uow, case) else "",
    }
    definition = definition_behind_case(case)
    return filled(definition.form, values_of(definition, case.read(), {}, known))
