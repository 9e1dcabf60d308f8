"""Incidents: one press, 72 hours from the signal, both decisions, the end."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.dataprotection.models import Incident, LookFinding
from obshto.modules.dataprotection.services import incidents
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE, DESK = "gorno-selo", "/console/dataprotection"


@pytest.fixture
def officer(sign_in):
    return sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")


@pytest.fixture
def clerk(sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, Role.SECRETARY, name="Проба Деловодителка")


@pytest.fixture
def finding_id(uow_in, clerk):
    with uow_in(VILLAGE) as uow:
        row = LookFinding(
            key="night:test",
            kind="night",
            look_id=uuid4(),
            part="reports",
            by_id=clerk.person_id,
            by_name="Проба Деловодителка",
            office="registry_clerk",
            first_at=uow.now - timedelta(hours=30),
            number=1,
            raised_at=uow.now - timedelta(hours=20),
        )
        uow.session.add(row)
        uow.session.commit()
        return row.id


def act(person, path, **typed):
    page = person.get(path).text
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]
    return person.post(path, {"expected_version": version, **typed})


def test_one_press_opens_it_and_the_term_runs_from_the_signal(officer, clerk, finding_id, uow_in):
    path = f"{DESK}/findings/{finding_id}"
    page = officer.get(path).text
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]
    places = {
        officer.post(
            f"{path}/incident", {"expected_version": version, "request_id": uuid4()}
        ).location.partition("?")[0]
        for _ in range(2)
    }
    assert len(places) == 1, "pressed twice it is one"
    with uow_in(VILLAGE) as uow:
        row = uow.session.scalars(select(Incident)).one()
        signal = uow.session.get_one(LookFinding, finding_id).raised_at
        assert row.due_at == signal + timedelta(hours=72)
        incident = f"{DESK}/incidents/{row.id}"
    assert "Остават 5" in officer.get(incident).text
    assert clerk.get(incident).status_code == 404, "whose look it was never sees it"
    assert clerk.get(path).status_code == 404
    assert str(finding_id) not in clerk.get(f"{DESK}/findings?list=done").text


@pytest.fixture
def incident(officer):
    typed = {"title": "Изгубен лаптоп", "detected_at": "2026-11-20T10:00", "is_drill": ""}
    form = {**typed, "request_id": uuid4()}
    answers = [officer.post(f"{DESK}/incidents/new", form) for _ in range(2)]
    places = {answer.location.partition("?")[0] for answer in answers}
    assert len(places) == 1
    return re.search(rf"{DESK}/incidents/[0-9a-f-]{{36}}", places.pop())[0]


def test_it_is_closed_only_when_facts_and_both_decisions_are_written(officer, incident):
    refused = act(officer, f"{incident}/close", words="Кодираме дисковете")
    assert refused.status_code == 422 and "решението за комисията" in refused.text
    facts = {
        "title": "Изгубен лаптоп",
        "happened": "Забравен в автобуса",
        "people": "жители",
        "how_many": "42",
        "records": "120",
        "nature": ["confidentiality"],
        "happened_when": "в петък сутринта",
        "contact": "0938 12 345",
        "kinds": ["name"],
        "measures": "Спрян достъп",
    }
    for typed in ("много", "-1", "12345678"):
        odd = act(officer, f"{incident}/facts", **{**facts, "records": typed})
        assert odd.status_code == 422 and "Въведете число с цифри" in odd.text
    wrong = act(officer, f"{incident}/facts", **{**facts, "how_many": "много"})
    assert wrong.status_code == 422 and "Забравен в автобуса" in wrong.text
    assert act(officer, f"{incident}/facts", **facts).status_code == 303
    told = {"answer": "tell", "why": "Има риск", "told_at": "2026-11-21T10:00", "number": "7"}
    assert act(officer, f"{incident}/authority", **told).status_code == 303
    not_told = {"answer": "not", "why": "Дискът е кодиран"}
    assert act(officer, f"{incident}/persons", **not_told).status_code == 303
    texts = officer.get(f"{incident}/texts").text.replace("\N{NO-BREAK SPACE}", " ")
    for said in ("Забравен в автобуса", "42", "120", "поверителност", "в петък", "0938 12 345"):
        assert said in texts
    pdf = officer.get(f"{incident}/notification.pdf")
    assert pdf.data.startswith(b"%PDF") and "no-store" in pdf.headers["Cache-Control"]
    assert act(officer, f"{incident}/close", words="Кодираме дисковете").status_code == 303
    page = officer.get(incident).text
    assert "Кодираме дисковете" in page and "Приключено" in page
    late = officer.post(f"{incident}/note", {"words": "Късно", "request_id": uuid4()})
    assert late.status_code == 409


def test_an_old_form_is_refused_and_what_was_typed_stays(officer, incident):
    stale = {"answer": "not", "why": "Няма риск за никого", "expected_version": "1"}
    assert act(officer, f"{incident}/authority", answer="not", why="Друго").status_code == 303
    answer = officer.post(f"{incident}/authority", stale)
    assert answer.status_code == 422 and "Няма риск за никого" in answer.text


def test_a_moment_to_come_is_refused(officer):
    form = {"title": "Изгубен лаптоп", "detected_at": "2098-01-01T10:00", "request_id": uuid4()}
    answer = officer.post(f"{DESK}/incidents/new", form)
    assert answer.status_code == 422 and "още не е дошъл" in answer.text


def test_each_reminder_comes_once_and_none_when_the_authority_is_told(uow_in):
    with uow_in(VILLAGE) as begun:
        uow = replace(begun, principal=Principal(name="Проба"))
        start = incidents.IncidentStart(title="Лаптоп", detected_at=uow.now)
        row = incidents.open_incident(uow, start, request_id=uuid4())
        uow.session.flush()
        warned = []
        for hours in (40, 49, 49, 67, 73, 80):
            incidents.watch_terms(replace(uow, now=row.detected_at + timedelta(hours=hours)))
            warned.append(row.warned)
        assert warned == [0, 1, 1, 2, 3, 3]
        other = incidents.open_incident(uow, start, request_id=uuid4())
        other.authority_told_at = uow.now
        uow.session.flush()
        incidents.watch_terms(replace(uow, now=row.detected_at + timedelta(hours=80)))
        assert other.warned == 0
