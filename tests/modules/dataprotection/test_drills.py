"""Drills: planned, begun as an incident that does not count, due again after a year."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.dataprotection.services import drills, incidents
from obshto.modules.dataprotection.todo import DUE, TODO
from obshto.platform.clock import day_of, now
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR, DESK = "gorno-selo", "dolno-selo", "/console/dataprotection"
DAY = day_of(now()) + timedelta(days=20)


@pytest.fixture
def officer(sign_in):
    return sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")


def plan(day=DAY, **more):
    on = [str(day.day), str(day.month), str(day.year)]
    return {"planned_on": on, "scenario": "Забравен лаптоп", "request_id": str(uuid4()), **more}


def begin(uow, **more):
    start = incidents.IncidentStart(title="Лаптоп", detected_at=uow.now, **more)
    row = (drills.begin_drill if more else incidents.open_incident)(uow, start, request_id=uuid4())
    uow.session.flush()
    return row


def rows(entries, label):
    return next(one for one in entries if label in str(one.label))


def test_the_next_one_is_planned_once_moved_and_done_by_its_beginning(officer):
    first = plan(expected_version="")
    for _ in range(2):
        assert officer.post(f"{DESK}/drill", first).status_code == 303
    drawn = dict(officer.forms(f"{DESK}/drill"))[f"{DESK}/drill"]
    assert drawn["scenario"] == "Забравен лаптоп"
    later = plan(DAY + timedelta(days=3), expected_version=drawn["expected_version"])
    assert officer.post(f"{DESK}/drill", later).status_code == 303
    stale = officer.post(f"{DESK}/drill", plan(DAY, scenario="Друго", expected_version="1"))
    assert stale.status_code == 422 and "Друго" in stale.text
    page = officer.get(f"{DESK}/").text
    assert "Нужно е" in page and "Забравен лаптоп" in page
    moment = now().strftime("%Y-%m-%dT%H:%M")
    started = {"title": "Лаптоп", "detected_at": moment, "is_drill": "drill"}
    begun = officer.post(f"{DESK}/incidents/new", started | {"request_id": uuid4()})
    incident = re.search(rf"{DESK}/incidents/[0-9a-f-]{{36}}", begun.location)[0]
    told = officer.get(incident).text
    assert "Това е учение" in told and "Нарушение 0-20" in told
    page = officer.get(f"{DESK}/").text
    assert "Нужно е" not in page and "Не е насрочено" in page and incident in page


def test_a_repeated_beginning_does_not_end_the_plan_that_came_after(uow_in):
    with uow_in(VILLAGE) as uow:
        key = uuid4()
        start = incidents.IncidentStart(title="Лаптоп", detected_at=uow.now, is_drill=True)
        drills.begin_drill(uow, start, request_id=key)
        words = drills.DrillWords(planned_on=DAY, scenario="Изпратен списък")
        drills.plan_drill(uow, words, request_id=uuid4(), expected_version=0)
        drills.begin_drill(uow, start, request_id=key)
        assert drills.drill_standing(uow).plan.scenario == "Изпратен списък"


def test_a_year_after_the_last_it_is_red(uow_in, officer):
    with uow_in(VILLAGE) as uow:
        begin(uow, is_drill=True)
        uow.commit()
    assert "Мина повече от година" not in officer.get(f"{DESK}/incidents").text
    with uow_in(VILLAGE) as uow:
        assert not drills.drill_standing(uow).is_due
        assert drills.drill_standing(replace(uow, now=uow.now + timedelta(days=366))).is_due
        row = drills.drill_standing(uow).last
        row.detected_at -= timedelta(days=366)
        uow.commit()
    page = officer.get(f"{DESK}/incidents").text
    assert re.search(r"govuk-tag--red[^<]*<?[^<]*Мина повече от година", page)


def test_a_drill_counts_nowhere_as_an_incident(uow_in):
    with uow_in(VILLAGE) as begun:
        uow = replace(begun, principal=Principal(person_id=uuid4(), name="Проба"))
        numbers = [begin(uow).full_number, begin(uow, is_drill=True).full_number]
        numbers.append(begin(uow).full_number)
        year = numbers[0][:4]
        assert numbers == [f"{year}-001", f"0-{year}-001", f"{year}-002"]
        late = replace(uow, now=uow.now + timedelta(hours=73))
        untold = rows(TODO, "Комисията").rows(late)
        assert {row.is_drill for row in uow.session.scalars(untold)} == {False}
        days = rows(DUE, "уведомяване").days(uow)
        assert len(uow.session.scalars(days).all()) == 2


def test_a_planned_one_that_nobody_began_waits_for_staff(uow_in):
    with uow_in(VILLAGE) as uow:
        words = drills.DrillWords(planned_on=DAY, scenario="Изпратен списък")
        drills.plan_drill(uow, words, request_id=uuid4(), expected_version=0)
        uow.session.flush()
        waits = rows(TODO, "учение").rows
        assert uow.session.scalars(waits(uow)).all() == []
        after = replace(uow, now=uow.now + timedelta(days=22))
        assert len(uow.session.scalars(waits(after)).all()) == 1
        assert uow.session.scalars(rows(DUE, "Учение").days(uow)).all() == [DAY]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"planned_on": ["1", "1", "2020"]}, "от днес"),
        ({"planned_on": ["1", "1", "2099"]}, "две години"),
        ({"scenario": " "}, "какво ще разиграете"),
    ],
)
def test_what_is_typed_wrong_stays_and_is_explained(officer, changed, said):
    answer = officer.post(f"{DESK}/drill", plan() | changed)
    assert answer.status_code == 422 and said in answer.text


def test_who_handles_no_incident_plans_no_drill(sign_in, officer):
    assert sign_in(VILLAGE, Role.EDITOR).get(f"{DESK}/drill").status_code == 403
    assert officer.post(f"{DESK}/drill", plan()).status_code == 303
    neighbour = sign_in(NEIGHBOUR, Role.DATA_PROTECTION_OFFICER)
    assert "Забравен лаптоп" not in neighbour.get(f"{DESK}/drill").text
