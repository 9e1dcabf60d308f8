"""Violations are an inspector's: lists, pages, letters and the list of the day keep them apart."""

from uuid import UUID, uuid4

import pytest
from tests.modules.reports.conftest import NAME, NEIGHBOUR, VILLAGE, close, id_of, take, version_of

from obshto.modules.reports.notifications import handlers
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services import queries
from obshto.modules.reports.services.field import day_list
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

LIST = "/console/reports/violations"


@pytest.fixture
def inspector(sign_in, switched_on):
    return sign_in(VILLAGE, Role.SECRETARY, name="Проба Инспекторова", email="i@v.example")


@pytest.fixture
def violation(visitor, inspector):
    """The id of an illegal dump that was told."""
    visitor.tell(kind="dumping")
    return id_of(inspector, LIST)


def test_an_inspector_works_on_it_and_no_clerk_knows_of_it(violation, clerk, inspector, sign_in):
    desk = f"/console/reports/{violation}"
    assert violation not in clerk.get("/console/reports/?list=all").text
    assert violation not in inspector.get("/console/reports/?list=all").text
    assert "Сигнали за нарушения" not in clerk.get("/console/").text
    for path in ("", "/close", "/assign", "/merge", "/hide", "/decision.pdf"):
        assert clerk.get(desk + path).status_code == 404
    for path in ("/take", "/look"):
        assert clerk.post(desk + path, {"expected_version": 1}).status_code == 404
    assert clerk.get(LIST).status_code == 403
    assert sign_in(VILLAGE, Role.EDITOR).get(LIST).status_code == 403
    assert violation not in sign_in(NEIGHBOUR, Role.SECRETARY).get(LIST).text
    take(inspector, violation)
    page = inspector.get(desk).text
    assert NAME not in page and f'href="{LIST}?list=mine"' in page
    colleagues = inspector.get(f"{desk}/assign").text
    assert str(inspector.person_id) in colleagues and str(clerk.person_id) not in colleagues
    assert close(inspector, violation, outcome="refused").status_code == 303


def test_a_clerk_gives_it_to_no_team_and_to_nobody_by_a_list(violation, clerk, inspector):
    typed = {"chosen": [f"{violation}.1"], "to": str(clerk.person_id), "act": "hand"}
    answer = clerk.post("/console/reports/assign-many", typed | {"request_id": uuid4()})
    assert answer.status_code == 404 or "Не са възложени" in answer.text
    assert f"{violation}/team" not in inspector.get(f"/console/reports/{violation}").text
    typed["to"] = str(inspector.person_id)
    answer = inspector.post(f"{LIST}/assign-many", typed | {"request_id": uuid4()})
    assert answer.status_code == 303


def test_what_turns_out_to_be_a_violation_leaves_the_clerk(visitor, clerk, inspector):
    visitor.tell(kind="other")
    report_id = id_of(clerk)
    take(clerk, report_id)
    path = f"/console/reports/{report_id}/sort"
    typed = {"kind": "noise", "due_on": "2030-01-02", "expected_version": version_of(clerk, path)}
    answer = clerk.post(path, typed)
    assert answer.status_code == 303 and answer.location.partition("?")[0].endswith("/reports/")
    assert clerk.get(f"/console/reports/{report_id}").status_code == 404
    assert report_id in inspector.get(LIST).text


def test_letters_and_the_list_of_the_day_go_to_who_may_see_it(clerk, inspector, uow_in):
    told = {"settlement": "", "words": "Секат", "place": "гората"}
    with uow_in(VILLAGE) as uow:
        lamp, felling = (
            send_report(uow, ReportWords(kind=kind, **told), request_id=uuid4())
            for kind in ("lamp", "felling")
        )
        uow.session.flush()
        reached = {
            row.kind: {one for one in handlers(uow, {"subject_id": str(row.id)})}
            for row in (lamp, felling)
        }
        ids = {"clerk": UUID(str(clerk.person_id)), "inspector": UUID(str(inspector.person_id))}
        assert ids["clerk"] in reached["lamp"] and ids["clerk"] not in reached["felling"]
        assert ids["inspector"] in reached["felling"]
        for row in (lamp, felling):
            row.assignee_id, row.assignee = ids["clerk"], "Проба"
        uow.session.flush()
        me = Principal(
            person_id=ids["clerk"], name="Проба", permissions=frozenset({ReportsPermission.FIELD})
        )
        object.__setattr__(uow, "principal", me)
        assert [row.kind for row in day_list(uow, me.person_id, {})] == ["lamp"]
        counts = queries.counts(uow, queries.Wanted(), today=uow.now.date())
        numbers = uow.session.execute(counts).one()._mapping
        assert numbers["all"] == 1
