"""A report waits for a team until one of it takes it, and goes on to another with a note."""

from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import create_engine, select, text

from obshto.modules.reports.models import Report, ReportLine
from obshto.modules.reports.notifications import team as readers
from obshto.modules.reports.privacy import export
from obshto.modules.reports.services import teams
from obshto.modules.reports.services.retention import forget_person
from obshto.modules.reports.services.submission import ReportWords, send_report

HERE, THERE = "gorno-selo", "dolno-selo"


@pytest.fixture
def head(house, config, sign_in):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['reports', 'news']"))
    engine.dispose()
    return sign_in(HERE, "secretary")


@pytest.fixture
def worker(head, sign_in):
    return sign_in(HERE, "registry_clerk")


def make(head, name, *people):
    typed = {"request_id": uuid4(), "name": name, "members": [str(one) for one in people]}
    return head.post("/console/reports/teams/new", typed)


def told(uow_in):
    with uow_in(HERE) as uow:
        words = ReportWords(kind="lamp", settlement="00001", words="Не свети", place="до чешмата")
        report = send_report(uow, words, request_id=uuid4())
        uow.commit()
        return report.id


def now(uow_in):
    """The only report as it is."""
    with uow_in(HERE) as uow:
        report = uow.session.scalars(select(Report)).one()
        columns = ("number", "state", "team_id", "assignee_id")
        return {name: getattr(report, name) for name in columns}


def picture():
    kept = BytesIO()
    Image.new("RGB", (60, 40), "red").save(kept, "JPEG")
    kept.seek(0)
    return kept


def names(uow_in):
    with uow_in(HERE) as uow:
        return {name: key for key, name in teams.teams_here(uow).items()}


@pytest.fixture
def made(head, worker, uow_in):
    assert make(head, "Осветление", worker.person_id).status_code == 303
    assert make(head, "Чистота", head.person_id).status_code == 303
    return names(uow_in)


@pytest.fixture
def passed(made, worker, uow_in):
    """It waits for the first team."""
    report_id = told(uow_in)
    page = f"/console/reports/{report_id}/team"
    to = {"to": made["Осветление"], "words": "Нужна е стълба", "expected_version": 1}
    assert worker.post(page, to).status_code == 303
    assert worker.post(page, to).status_code == 303  # a second click
    return report_id


def test_a_team_is_made_changed_and_removed_by_who_may(made, head, worker, uow_in):
    assert worker.get("/console/reports/teams").status_code == 403
    again = make(head, "осветление", worker.person_id)
    assert again.status_code == 422 and "Вече има екип с това име" in again.text
    nobody = make(head, "Пътища")
    assert nobody.status_code == 422 and 'value="Пътища"' in nobody.text
    page = f"/console/reports/teams/{made['Чистота']}"
    change = {"name": "Улици", "members": [str(worker.person_id)], "expected_version": 1}
    assert head.post(page, change).status_code == 303
    assert head.post(page, {**change, "name": "Друго"}).status_code == 422
    assert "Улици" in head.get("/console/reports/teams").text
    assert head.post(f"{page}/remove", {"expected_version": 2}).status_code == 303
    assert "Улици" not in names(uow_in)


def test_it_waits_for_everybody_of_the_team_and_for_nobody_else(passed, made, head, worker, uow_in):
    assert "Не свети" in worker.get("/console/reports/day").text
    assert "Нужна е стълба" in worker.get("/console/reports/day").text
    assert "Не свети" not in head.get("/console/reports/day").text
    of_team = head.get(f"/console/reports/day?who=team-{made['Осветление']}").text
    assert "Не свети" in of_team
    assert "Не свети" not in head.get(f"/console/reports/day?who=team-{made['Чистота']}").text
    number = now(uow_in)["number"]
    assert number in head.get(f"/console/reports/?list=work&team={made['Осветление']}").text
    assert number not in head.get(f"/console/reports/?list=work&team={made['Чистота']}").text
    with uow_in(HERE) as uow:
        assert list(readers(uow, {"subject_id": str(passed)})) == [worker.person_id]


def test_it_goes_on_to_another_team_once_with_a_note_that_staff_read(
    passed, made, head, worker, client, at, uow_in
):
    act = f"/console/reports/{passed}/field"
    on = {"request_id": uuid4(), "kind": "hand-on", "team": made["Чистота"], "words": "Клони"}
    assert head.post(act, {**on, "request_id": uuid4()}).status_code == 403  # not of that team
    assert worker.post(act, {**on, "team": ""}).status_code == 404
    assert worker.post(act, on).status_code == 303
    assert worker.post(act, on).status_code == 303
    report = now(uow_in)
    assert report["team_id"] == made["Чистота"] and report["assignee_id"] is None
    with uow_in(HERE) as uow:
        lines = uow.session.scalars(select(ReportLine.name)).all()
    assert lines.count("team") == 2 and lines.count("team-note") == 2
    public = client.get(f"/reports/{passed}", base_url=at(HERE)).text
    assert "Чистота" in public and "Клони" not in public
    assert "Клони" in head.get("/console/reports/day").text


def test_one_of_the_team_mends_it_in_their_own_name(passed, worker, uow_in):
    done = {"request_id": str(uuid4()), "kind": "done", "photos": (picture(), "a.jpg")}
    assert worker.post(f"/console/reports/{passed}/field", done).status_code == 303
    report = now(uow_in)
    assert (report["state"], report["assignee_id"]) == ("fixed", worker.person_id)


def test_a_team_with_open_reports_stays(passed, made, head, uow_in):
    gone = f"/console/reports/teams/{made['Осветление']}/remove"
    answer = head.post(gone, {"expected_version": 1})
    assert answer.status_code == 409 and "отворени сигнали" in answer.text
    assert len(names(uow_in)) == 2


def test_a_neighbours_team_is_not_there(made, passed, sign_in):
    other = sign_in(THERE, "secretary")
    page = f"/console/reports/teams/{made['Осветление']}"
    assert other.get(page).status_code == 404
    assert other.post(f"{page}/remove", {"expected_version": 1}).status_code == 404
    assert other.get(f"/console/reports/{passed}/team").status_code == 404


def test_who_leaves_is_in_no_team(made, worker, uow_in):
    with uow_in(HERE) as uow:
        assert export(uow, worker.person_id)["teams"] == [{"team": "Осветление"}]
        forget_person(uow, UUID(str(worker.person_id)))
        assert export(uow, worker.person_id)["teams"] == []
