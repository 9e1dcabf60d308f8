"""A municipality's own kinds: offered, counted as their common kind, retired, never lost."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select
from tests.modules.reports.conftest import id_of

from obshto.modules.reports.models import OwnReportKind, Report
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
KINDS = "/console/reports/kinds"


def typed(**changed):
    told = {"request_id": uuid4(), "name_bg": "Детска площадка", "name_en": "Playground"}
    told |= {"name_ro": "Loc de joacă", "kind": "other", "icon": "alert", "days": "14", "team": ""}
    return told | changed


@pytest.fixture
def head(switched_on, sign_in):
    return sign_in(VILLAGE, Role.SECRETARY)


@pytest.fixture
def kind(head, uow_in):
    """The id of a playground, which somebody made."""
    assert head.post(f"{KINDS}/new", typed()).status_code == 303
    with uow_in(VILLAGE) as uow:
        return str(uow.session.scalars(select(OwnReportKind.id)).one())


def test_an_own_kind_is_offered_told_and_shown_by_its_name(kind, head, visitor, uow_in):
    assert "Детска площадка" in visitor.get("/reports/new").text
    assert "Playground" in visitor.get("/en/reports/new").text
    assert visitor.tell(kind=kind).status_code == 303
    with uow_in(VILLAGE) as uow:
        report = uow.session.scalars(select(Report)).one()
        assert (report.kind, str(report.own_kind_id)) == ("other", kind)
        assert (report.due_on - report.sent_at.date()).days >= 13
    assert "Детска площадка" in visitor.get("/reports/").text  # it accuses nobody
    assert "Детска площадка" in visitor.get(f"/reports/?kind={kind}").text
    assert "Детска площадка" in visitor.get("/reports/?kind=other").text
    road = visitor.get("/reports/?kind=road").text
    assert "Loc de joacă" in visitor.get("/ro/reports/").text
    assert road.count("Детска площадка") == 1  # in the list to choose from alone


def test_who_sorts_gives_an_own_kind_and_takes_it_back(kind, clerk, visitor, uow_in):
    visitor.tell(kind="lamp")
    report = f"/console/reports/{id_of(clerk)}"
    assert clerk.press(report, to="/take").status_code == 303
    for chosen, common in ((kind, "other"), ("road", "road")):
        page = clerk.get(f"{report}/sort")
        assert "Детска площадка" in page.text
        version = re.search(r'name="expected_version"[^>]*value="(\d+)"', page.text)[1]
        told = {"kind": chosen, "due_on": "2030-01-10", "expected_version": version}
        assert clerk.post(f"{report}/sort", told).status_code == 303
        with uow_in(VILLAGE) as uow:
            row = uow.session.scalars(select(Report)).one()
            assert row.kind == common
            assert str(row.own_kind_id) == (kind if chosen == kind else "None")


def test_a_kind_with_reports_is_retired_not_removed(kind, head, visitor):
    visitor.tell(kind=kind)
    page = head.get(f"{KINDS}/{kind}").text
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]
    seen = {"expected_version": version}
    assert head.post(f"{KINDS}/{kind}/remove", seen).status_code == 409
    assert head.post(f"{KINDS}/{kind}/retire", seen).status_code == 303
    assert "Детска площадка" not in visitor.get("/reports/new").text
    assert visitor.tell(kind=kind).status_code == 422
    assert "Детска площадка" in visitor.get("/reports/").text
    late = head.post(f"{KINDS}/{kind}", {**typed(days="7"), **seen})
    assert late.status_code == 422 and "беше променен" in late.text.replace("\xa0", " ")


def test_what_is_wrong_is_said_and_another_village_has_no_such_kind(kind, head, sign_in, uow_in):
    assert head.post(f"{KINDS}/new", typed(days="61")).status_code == 422
    twice = head.post(f"{KINDS}/new", typed())
    assert twice.status_code == 422 and "Вече има вид с това име" in twice.text.replace("\xa0", " ")
    other = sign_in(NEIGHBOUR, Role.SECRETARY)
    assert other.get(f"{KINDS}/{kind}").status_code == 404
    assert other.post(f"{KINDS}/{kind}/retire", {"expected_version": 1}).status_code == 404
    with uow_in(VILLAGE) as uow:
        assert len(uow.session.scalars(select(OwnReportKind)).all()) == 1
