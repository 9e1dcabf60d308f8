"""Break-glass: whoever finds no fitting purpose types why, gets in, and the officer is told."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.dataprotection.services.detection import examine_looks
from obshto.ops.compose import all_components
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.permissions import Role
from obshto.platform.purposes.break_glass import URGENT
from obshto.platform.purposes.forms import PurposeForm
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
NAME, REASON = "Стоянка Пробова", "Търси я линейка"
ASKING = {
    "reports",
    "consultations",
    "proposals",
    "forum",
    "initiatives",
    "eservices",
    "meetings",
}


def test_every_form_of_a_purpose_takes_a_typed_reason(app):
    forms = PurposeForm.__subclasses__()
    assert len(forms) >= 9
    assert [form.__name__ for form in forms if URGENT not in form.purposes] == []


def test_the_person_reads_that_it_was_urgent_in_every_part_that_asks(app):
    told = {
        part.slug
        for part in all_components()
        if isinstance(part, ModuleManifest)
        and any(word.endswith(URGENT) for one in part.processing for word in one.looks)
    }
    assert told >= ASKING


@pytest.fixture
def sender(sign_in):
    admin = sign_in(VILLAGE, Role.ADMIN)
    admin.press("/console/tenants/reports", to="/on")
    return sign_in(VILLAGE, name=NAME, email="stoyanka@villages.example")


def test_without_a_reason_nothing_opens_and_with_it_the_officer_has_a_letter(
    sender, sign_in, uow_in, owner
):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Деловодител")
    typed = {"words": "Лампата не свети.", "place": "до чешмата", "name": NAME}
    typed["request_id"] = uuid4()
    assert sender.post("/reports/new/tell?kind=lamp&settlement=", typed).status_code == 303
    found = clerk.get("/console/reports/?list=all").text
    desk = re.search(r"/console/reports/[0-9a-f-]{36}", found)[0]
    said = {"purpose": URGENT, "reason": " ", "request_id": uuid4()}
    refused = clerk.post(f"{desk}/look", said)
    assert refused.status_code == 422 and "Напишете причината" in refused.text
    assert NAME not in clerk.get(desk).text
    assert clerk.post(f"{desk}/look", said | {"reason": REASON}).status_code == 303
    assert NAME in clerk.get(desk).text
    assert "Спешно, по друга посочена причина" in sender.get("/personaldata/looks").text
    assert REASON not in sender.get("/personaldata/looks").text
    [(kept,)] = owner("select reason from t_gorno_selo.purposes_look where purpose = 'urgent'")
    assert REASON.encode() not in bytes(kept)
    officer = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")
    with uow_in(VILLAGE) as uow:
        ahead = uow.now + timedelta(minutes=15)
        examine_looks(replace(uow, now=ahead, principal=Principal.system("job")))
        uow.commit()
    page = officer.get("/console/dataprotection/findings").text
    # After ten in the evening the hour alone is a finding, too.
    found = dict.fromkeys(re.findall(r"/console/dataprotection/findings/[0-9a-f-]{36}", page))
    assert any(REASON in officer.get(finding).text for finding in found)
