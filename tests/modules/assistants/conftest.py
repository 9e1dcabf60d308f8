"""A village with an assistant, a coordinator, somebody who asks; a neighbour beside it."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.modules.assistants.services.codes import code_of
from obshto.modules.assistants.services.staff_records import AssistantEntry, write_assistant
from obshto.modules.assistants.services.submission import HelpWords, send_request
from obshto.modules.assistants.services.visit_plans import VisitPlan, plan_visit
from obshto.platform.cases.channels import PHONE
from obshto.platform.clock import SOFIA
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
ADDRESS, DIRECTIONS = "ул. Тайна 17", "синята порта зад мелницата"
MORNING = datetime(2026, 12, 1, 9, 0, tzinfo=SOFIA)
TELLS = HelpWords(
    name="Проба Първанова",
    asked_by="Дете Първанов",
    phone="+359888100201",
    settlement="",
    address=ADDRESS,
    directions=DIRECTIONS,
    age="65+",
    subjects=("video", "phone"),
    needs=("hearing",),
    at_home="alone",
    words="След обяд",
    channel=PHONE,
)


@pytest.fixture(autouse=True)
def switched_on(house, migrator):
    """Assistants are on in both villages."""
    with migrator.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['assistants']"))


@pytest.fixture
def coordinator(sign_in, switched_on):
    return sign_in(VILLAGE, Role.SECRETARY, name="Проба Координаторова", email="k@v.example")


@pytest.fixture
def assistant(sign_in, switched_on):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Помощникова", email="p@v.example")


@pytest.fixture
def boss(coordinator):
    return Principal(person_id=coordinator.person_id, name="Проба Координаторова")


@pytest.fixture
def helper(assistant):
    return Principal(person_id=assistant.person_id, name="Проба Помощникова")


@pytest.fixture
def uow(uow_in, boss):
    """Work of the coordinator on a Tuesday morning in December."""
    with uow_in(VILLAGE) as begun:
        yield replace(begun, principal=boss, now=MORNING)


def employed(uow, person_id, *, name="Проба Помощникова", settlement="", languages=("bg",)):
    entry = AssistantEntry(
        person_id=person_id, name=name, settlement=settlement, languages=languages
    )
    return write_assistant(uow, entry, request_id=uuid4())


def asked(uow, **changed):
    row = send_request(uow, replace(TELLS, **changed), request_id=uuid4())
    uow.session.flush()
    return row


def planned(uow, row, who, *, hours=2, minutes=60, half="", key=None):
    plan = VisitPlan(starts_at=uow.now + timedelta(hours=hours), minutes=minutes, half=half)
    visit = plan_visit(uow, row, who, plan, request_id=key or uuid4())
    uow.session.flush()
    return visit


def later(uow, who=None, **ahead):
    return replace(uow, now=uow.now + timedelta(**ahead), principal=who or uow.principal)


def names(uow):
    return [fact.name for fact in uow.facts]


def version_of(page):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]


@pytest.fixture
def told():
    """A request as typed; `replace` it."""
    return TELLS


@pytest.fixture
def make():
    """The verbs of these tests: make.asked(uow), make.planned(uow, row, who)."""
    verbs = (employed, asked, planned, later, names, version_of)
    return SimpleNamespace(**{verb.__name__: verb for verb in verbs})


@pytest.fixture
def places(migrator):
    """A village here and one of the neighbour, by code."""
    row = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES (:code, :slug, 'с.', CAST(:names AS jsonb), true, :code)"
    )
    with migrator.begin() as connection:
        for code, slug, name in (("00011", VILLAGE, "Свое"), ("00012", NEIGHBOUR, "Чуждо")):
            names = json.dumps({"bg": name, "en": name}, ensure_ascii=False)
            connection.execute(row, {"code": code, "slug": slug, "names": names})
    yield "00011", "00012"
    with migrator.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))


@pytest.fixture
def story(uow_in, boss, assistant):
    """Somebody is visited in a moment, today; ids and words, as pages know them."""
    with uow_in(VILLAGE) as begun:
        uow = replace(begun, principal=boss)
        who, row = employed(uow, assistant.person_id), asked(uow)
        visit = planned(uow, row, who, hours=1 / 60)
        found = SimpleNamespace(
            case=row.id,
            visit=visit.id,
            who=who.id,
            code=code_of(row.request_id),
            number=row.number,
            word=visit.code_word,
        )
        uow.commit()
    return found
