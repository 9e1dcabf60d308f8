"""Leaves: who heads the office enters them; a look on those days is asked about, by the officer."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.dataprotection.models import LookFinding, StaffLeave
from obshto.modules.dataprotection.services.detection import examine_looks
from obshto.modules.dataprotection.services.retention import forget_leaves
from obshto.platform.clock import day_of, now
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.permissions import Role
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR, DESK = "gorno-selo", "dolno-selo", "/console/dataprotection"
PURPOSE = Purpose(word="contact", kinds=(DataKind.NAME,), ground="чл. 6")
TODAY = day_of(now())
NOON = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=10)


@pytest.fixture
def mayor(sign_in):
    return sign_in(VILLAGE, Role.MAYOR, name="Проба Кмет")


@pytest.fixture
def officer(sign_in):
    return sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")


@pytest.fixture
def clerk(sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Деловодителка")


def typed(day):
    return [str(day.day), str(day.month), str(day.year)]


def leave(person, first, last, **more):
    days = {"starts_on": typed(first), "ends_on": typed(last)}
    return {"person": str(person.person_id), **days, "request_id": str(uuid4()), **more}


def without_token(fields):
    """What somebody else may send under their own session."""
    return {name: value for name, value in fields.items() if name != "csrf_token"}


def looks(uow_in, clerk, at=NOON):
    """The clerk opens something at that moment."""
    with uow_in(VILLAGE) as begun:
        who = Principal(person_id=clerk.person_id, name="Проба Деловодителка")
        uow = replace(begun, principal=who, now=at)
        look(uow, Opened(part="reports", object_id=uuid4(), subject=Subject()), PURPOSE)
        begun.commit()


def found(uow_in, at=NOON):
    with uow_in(VILLAGE) as begun:
        later = replace(begun, principal=Principal.system("job"), now=at + timedelta(hours=1))
        examine_looks(later)
        begun.commit()
        return sorted(begun.session.scalars(select(LookFinding.kind)))


def test_a_look_on_a_day_of_leave_is_asked_about_with_its_days(mayor, officer, clerk, uow_in):
    first, last = TODAY - timedelta(days=2), TODAY + timedelta(days=2)
    form = leave(clerk, first, last)
    for _ in range(2):
        assert mayor.post(f"{DESK}/leaves/new", form).status_code == 303
    page = mayor.get(f"{DESK}/leaves").text
    assert page.count("Проба Деловодителка") == 1 and "В отпуск" in page
    for hours in (0, 1):
        looks(uow_in, clerk, NOON + timedelta(hours=hours))
    assert found(uow_in, NOON + timedelta(hours=1)) == ["leave"], "one of a day"
    page = officer.get(f"{DESK}/findings").text
    path = re.search(rf"{DESK}/findings/[0-9a-f-]{{36}}", page)[0]
    told = officer.get(path).text
    assert "Преглед по време на отпуск" in told and str(last.year) in told
    assert mayor.get(path).status_code == 404, "of whoever is not the officer the officer judges"


def test_a_look_before_and_after_a_leave_raises_nothing(mayor, clerk, uow_in):
    tomorrow = TODAY + timedelta(days=1)
    assert mayor.post(f"{DESK}/leaves/new", leave(clerk, tomorrow, tomorrow)).status_code == 303
    looks(uow_in, clerk)
    looks(uow_in, clerk, NOON + timedelta(days=2))
    assert found(uow_in, NOON + timedelta(days=2)) == []


def test_a_leave_that_is_entered_late_finds_what_was_examined_before(mayor, clerk, uow_in):
    looks(uow_in, clerk, NOON - timedelta(days=3))
    assert found(uow_in) == []
    first = TODAY - timedelta(days=4)
    assert mayor.post(f"{DESK}/leaves/new", leave(clerk, first, TODAY)).status_code == 303
    assert found(uow_in) == ["leave"]


def test_days_are_moved_and_a_mistake_is_taken_out(mayor, sign_in, clerk, uow_in):
    day = TODAY + timedelta(days=30)
    assert mayor.post(f"{DESK}/leaves/new", leave(clerk, day, day)).status_code == 303
    path = re.search(rf"{DESK}/leaves/[0-9a-f-]{{36}}", mayor.get(f"{DESK}/leaves").text)[0]
    drawn = dict(mayor.forms(path))[path]
    to = typed(TODAY)
    days = {"starts_on": to, "ends_on": to}
    assert mayor.post(path, drawn | days).status_code == 303
    late = mayor.post(path, drawn | days | {"ends_on": typed(TODAY + timedelta(days=9))})
    assert late.status_code == 422, "seen before it was moved"
    looks(uow_in, clerk)
    assert found(uow_in) == ["leave"]
    assert sign_in(NEIGHBOUR, Role.MAYOR).get(path).status_code == 404
    assert mayor.press(path, to="/remove").status_code == 303
    assert mayor.get(path).status_code == 404
    assert "Никой не е в отпуск" in mayor.get(f"{DESK}/leaves").text


def test_nobody_enters_or_changes_their_own(mayor, sign_in):
    secretary = sign_in(VILLAGE, Role.SECRETARY, name="Проба Секретар")
    own = mayor.post(f"{DESK}/leaves/new", leave(mayor, TODAY, TODAY))
    assert own.status_code == 422 and "Изберете отговор от списъка" in own.text
    assert secretary.post(f"{DESK}/leaves/new", leave(mayor, TODAY, TODAY)).status_code == 303
    page = secretary.get(f"{DESK}/leaves").text
    path = re.search(rf"{DESK}/leaves/[0-9a-f-]{{36}}", page)[0]
    assert path not in mayor.get(f"{DESK}/leaves").text
    drawn = {to: without_token(fields) for to, fields in secretary.forms(path)}
    refused = mayor.post(f"{path}/remove", drawn[f"{path}/remove"])
    assert refused.status_code == 403
    days = {"starts_on": typed(TODAY), "ends_on": typed(TODAY + timedelta(days=1))}
    moved = mayor.post(path, drawn[path] | days)
    assert "въвежда друг" in moved.text
    assert path in secretary.get(f"{DESK}/leaves").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends_on": typed(TODAY - timedelta(days=1))}, "Последният ден е след първия"),
        ({"ends_on": typed(TODAY + timedelta(days=1200))}, "три години"),
        ({"ends_on": ["", "", ""]}, "Въведете последния ден"),
        ({"person": str(uuid4())}, "Изберете отговор от списъка"),
    ],
)
def test_what_is_typed_wrong_stays_and_is_explained(mayor, clerk, changed, said):
    answer = mayor.post(f"{DESK}/leaves/new", leave(clerk, TODAY, TODAY) | changed)
    assert answer.status_code == 422 and said in answer.text


def test_only_who_heads_the_office_enters_them(officer, clerk, sign_in):
    for person in (officer, clerk):
        for path in ("leaves", "leaves/new"):
            assert person.get(f"{DESK}/{path}").status_code == 403
    assert sign_in(VILLAGE, Role.SECRETARY).get(f"{DESK}/leaves").status_code == 200


def test_a_year_after_its_last_day_a_leave_is_gone(mayor, clerk, uow_in):
    assert mayor.post(f"{DESK}/leaves/new", leave(clerk, TODAY, TODAY)).status_code == 303
    left = []
    for days in (365, 366):
        with uow_in(VILLAGE) as begun:
            forget_leaves(replace(begun, now=NOON + timedelta(days=days)))
            begun.commit()
            left.append(begun.session.query(StaffLeave).count())
    assert left == [1, 0]
