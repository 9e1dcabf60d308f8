"""Reports of the region: one list of all, and what neighbours see near a border."""

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from obshto.modules.reports.services.queries import report_of
from obshto.modules.reports.services.regional import show_all_in_region, show_in_region
from obshto.modules.reports.services.report_actions import hide_report
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
# Three real villages: two neighbours in a row, one far away.
HERE, THERE, FAR = "00001", "00002", "00003"
POINTS = {HERE: (44.0, 22.8), THERE: (44.0, 22.9), FAR: (43.5, 22.5)}
BORDER = (44.0, 22.8475)  # some 200 m on this side of the middle


@pytest.fixture(autouse=True)
def switched_on(house, config, monkeypatch):
    engine = create_engine(config.migrator)
    add = text(
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        ' VALUES (:code, :slug, \'село\', \'{"bg": "Поле", "en": "Pole"}\', false, \'a\')'
    )
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['reports']"))
        for code, slug in ((HERE, VILLAGE), (FAR, VILLAGE), (THERE, NEIGHBOUR)):
            connection.execute(add, {"code": code, "slug": slug})
    for module in ("borders", "settlement_names"):
        name = f"obshto.tenants.portal.{module}.points_of_settlements"
        monkeypatch.setattr(name, lambda: POINTS)
    yield
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM shared.settlement"))
        connection.execute(text("DELETE FROM shared.regional_report"))
    engine.dispose()


@pytest.fixture
def change(house, migrator):
    """change(sql): what the owner of schemas writes."""

    def run(statement):
        with migrator.begin() as connection:
            connection.execute(text(statement))

    return run


@pytest.fixture
def told(uow_in):
    """told(kind, ...): the id of a report of the village, as the region has it."""

    def send(kind="road", settlement=HERE, point=BORDER, **more):
        words = {"words": "Тайни думи", "place": "до нас", "name": "Тодор", "email": "t@x.example"}
        given = ReportWords(kind=kind, settlement=settlement, point=point, **words, **more)
        with uow_in(VILLAGE) as uow:
            report = send_report(uow, given, request_id=uuid4())
            uow.commit()
            report_id = report.id
        show(uow_in, report_id)
        return report_id

    return send


def show(uow_in, report_id):
    with uow_in(VILLAGE) as uow:
        show_in_region(uow, payload={"subject_id": str(report_id)})


@pytest.fixture
def region(client, at):
    return lambda query="": client.get(f"/reports/{query}", base_url=at(""))


@pytest.fixture
def clerk(sign_in):
    return sign_in(NEIGHBOUR, Role.REGISTRY_CLERK, name="Иван")


def test_the_region_lists_public_reports_of_all_and_lets_go_of_the_hidden(told, region, uow_in):
    report_id = told()
    page = region()
    assert f"/reports/{report_id}" in page.text and "Горно село" in page.text
    for secret in ("Тайни", "до нас", "Тодор", "t@x.example", "22.84"):
        assert secret not in page.text
    assert f"/reports/{report_id}" not in region("?kind=lamp").text
    assert f"/reports/{report_id}" not in region(f"?municipality={NEIGHBOUR}").text
    with uow_in(VILLAGE) as uow:
        report = report_of(uow, report_id, to_change=True)
        report.assignee_id = uow.principal.person_id
        hide_report(uow, report, "Повторение", expected_version=report.version)
        uow.commit()
    show(uow_in, report_id)
    assert f"/reports/{report_id}" not in region().text


def test_a_violation_leaves_its_municipality_only_when_it_was_verified(told, region):
    assert f"/reports/{told('dumping')}" not in region().text


def test_twice_is_once_and_the_nightly_job_mends_what_is_missing(told, region, uow_in, change):
    report_id = told()
    show(uow_in, report_id)
    assert region().text.count(f"/reports/{report_id}") == 1
    change("DELETE FROM shared.regional_report")
    with uow_in(VILLAGE) as uow:
        show_all_in_region(uow)
    assert region().text.count(f"/reports/{report_id}") == 1


def test_a_neighbour_reads_what_is_near_the_border_and_nothing_else(told, clerk):
    near, far = told(), told(settlement=FAR, point=None)
    inland = told(point=(44.0, 22.78))
    page = clerk.get("/console/reports/neighbours")
    assert f"/reports/{near}" in page.text
    assert f"/reports/{far}" not in page.text and f"/reports/{inland}" not in page.text
    for secret in ("Тайни", "до нас", "Тодор", "t@x.example"):
        assert secret not in page.text
    assert "<form method" not in page.text.split("<main")[1], "there is something to press"
    assert clerk.get(f"/console/reports/{near}").status_code == 404


def test_who_told_it_sees_no_copy_of_their_own(told, sign_in):
    near = told()
    own = sign_in(VILLAGE, Role.REGISTRY_CLERK).get("/console/reports/neighbours")
    assert f"/reports/{near}" not in own.text


def test_what_is_off_there_is_seen_here_no_more(told, clerk, region, change):
    near = told()
    change(f"UPDATE shared.tenant SET modules = array['news'] WHERE slug = '{VILLAGE}'")
    assert f"/reports/{near}" not in clerk.get("/console/reports/neighbours").text
    assert f"/reports/{near}" not in region().text


def test_a_road_between_two_villages_is_on_one_map_told_on_both_sides(told, region, uow_in):
    """The region draws the reports of two municipalities, each at its village."""
    near = told()
    with uow_in(NEIGHBOUR) as uow:
        given = ReportWords(kind="road", settlement=THERE, point=(44.0, 22.853), words="И тук")
        other = send_report(uow, given, request_id=uuid4()).id
        uow.commit()
    with uow_in(NEIGHBOUR) as uow:
        show_in_region(uow, payload={"subject_id": str(other)})
    page = region("?kind=road").text
    assert f"/reports/{near}" in page and f"/reports/{other}" in page
    assert "Горно село" in page and "Долно село" in page
    drawn = page[page.index('<svg class="ob-map"') : page.index("</svg>", page.index("ob-map"))]
    assert drawn.count('<rect class="is-here"') + drawn.count('<circle class="is-here"') == 2
    assert page.index("ob-cols") < page.index('<svg class="ob-map"') < page.index("ob-list")


def test_whoever_tells_a_thing_near_the_border_is_shown_what_the_neighbour_was_told(
    told, client, at
):
    near, inland, lamp = told(), told(point=(44.0, 22.78)), told("lamp")
    path = f"/reports/new/tell?kind=road&settlement={THERE}&point=44.00, 22.853"
    page = client.get(path, base_url=at(NEIGHBOUR)).text
    assert f"//{VILLAGE}.localhost" in page and f"/reports/{near}" in page
    assert f"/reports/{inland}" not in page and f"/reports/{lamp}" not in page
    for secret in ("Тайни", "до нас", "Тодор", "22.8475"):
        assert secret not in page
    found = client.get("/reports/new/near?kind=road&point=44.00, 22.853", base_url=at(NEIGHBOUR))
    assert [row["path"].rpartition("/")[2] for row in found.json] == [str(near)]
    away = client.get("/reports/new/near?kind=road&point=44.00, 22.93", base_url=at(NEIGHBOUR))
    assert away.json == []
    ghost = client.get("/reports/new/near?kind=ghost&point=44.00, 22.853", base_url=at(NEIGHBOUR))
    assert ghost.status_code == 200


@pytest.mark.parametrize(("role", "status"), [(Role.REGISTRY_CLERK, 200), (Role.EDITOR, 403)])
def test_the_neighbours_list_is_for_who_handles_reports(sign_in, role, status):
    assert sign_in(VILLAGE, role).get("/console/reports/neighbours").status_code == status
