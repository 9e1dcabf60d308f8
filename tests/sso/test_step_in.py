"""The region's specialist enters a municipality: with a reason, for a time, in the open."""

from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.platform import clock
from obshto.platform.errors import NotFound
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import (
    STAFF,
    Profile,
    Proof,
    appoint_in_region,
    open_session,
    register_person,
    step_in,
    step_out,
    take_regional_role,
)
from obshto.tenants.people import sessions

HERE, THERE = "gorno-selo", "dolno-selo"
REASON = "Помощ за публикуване, обаждане на секретаря"


@pytest.fixture
def specialist(app):
    with app.app_context():
        profile = Profile(issuer="test", subject="it", name="Десислава Митова", email=None)
        person_id = register_person(profile)
        appoint_in_region(person_id, Role.OPERATOR)
    return person_id


@pytest.fixture
def desk(app, at, specialist):
    """Their browser, signed in on the operations host and in both municipalities."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    for place in ("ops", HERE, THERE):
        proof = Proof(is_member=place == "ops", assurance=2)
        with app.app_context():
            token = open_session(specialist, municipality=place, term=STAFF, proof=proof)
        client.set_cookie("session", token, domain=f"{place}.localhost")
    return client


def send(client, url, **data):
    page = client.get(url).text
    data["csrf_token"] = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    return client.post(url, data=data)


def enter(desk, at, slug=HERE, **more):
    url = f"{at('ops')}/municipalities/{slug}/step-in"
    return send(desk, url, reason=REASON, minutes=30, request_id=uuid4(), **more)


def test_without_a_step_in_there_is_no_way_in(desk, at):
    assert desk.get("/console/news/", base_url=at(HERE)).status_code == 403


def test_with_a_reason_they_work_as_staff_and_every_page_says_so(desk, at):
    answer = enter(desk, at)
    assert answer.headers["Location"] == "/municipalities?said=ops.stepped-in"
    assert f'href="{at(HERE)}/console/"' in desk.get("/municipalities", base_url=at("ops")).text
    for path in ("/console/news/", "/", "/contact", "/account"):
        page = desk.get(path, base_url=at(HERE))
        assert page.status_code == 200
        assert REASON in page.text and "Излезте от общината" in page.text


def test_the_neighbour_stays_closed(desk, at):
    enter(desk, at)
    assert desk.get("/console/settings/", base_url=at(THERE)).status_code == 403
    assert REASON not in desk.get("/", base_url=at(THERE)).text


def test_nobody_enters_without_a_reason(desk, at):
    url = f"{at('ops')}/municipalities/{HERE}/step-in"
    answer = send(desk, url, reason="  ", minutes=30, request_id=uuid4())
    assert answer.status_code == 422
    assert "общината ще я прочете" in answer.text
    assert desk.get("/console/news/", base_url=at(HERE)).status_code == 403


def test_nobody_enters_for_longer_than_offered(desk, at):
    url = f"{at('ops')}/municipalities/{HERE}/step-in"
    answer = send(desk, url, reason=REASON, minutes=6000, request_id=uuid4())
    assert answer.status_code == 422


def test_it_ends_by_itself(desk, at, monkeypatch):
    enter(desk, at)
    late = clock.now() + timedelta(minutes=29, seconds=58)
    monkeypatch.setattr(sessions, "now", lambda: late)
    assert desk.get("/console/news/", base_url=at(HERE)).status_code == 200
    later = late + timedelta(seconds=5)
    monkeypatch.setattr(sessions, "now", lambda: later)
    assert desk.get("/console/news/", base_url=at(HERE)).status_code == 403


def test_they_leave_by_the_button_on_every_page(desk, at):
    enter(desk, at)
    page = desk.get("/console/news/", base_url=at(HERE)).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    left = desk.post("/step-out", data={"csrf_token": token}, base_url=at(HERE))
    assert left.status_code == 303
    assert desk.get("/console/news/", base_url=at(HERE)).status_code == 403


def test_who_is_of_the_team_no_longer_is_out_at_once(desk, at, app, specialist):
    enter(desk, at)
    assert desk.get("/console/news/", base_url=at(HERE)).status_code == 200
    with app.app_context(), open_uow(None, Principal.system("test")) as region:
        take_regional_role(region, specialist)
    assert desk.get("/console/news/", base_url=at(HERE)).status_code == 403


def test_the_letter_about_it_goes_to_who_answers_for_the_portal(desk, at, sign_in, queued, uow_in):
    sign_in(HERE, Role.ADMIN, email="admin@v.example")
    sign_in(HERE, Role.EDITOR, email="editor@v.example")
    sign_in(THERE, Role.ADMIN, email="neighbour@v.example")
    enter(desk, at)
    [(_, job)] = queued()
    job.pop("municipality")
    with uow_in(HERE) as uow:
        write_letters(uow, **job)
        [letter] = uow.session.query(Message).all()
        assert letter.recipient == "admin@v.example" and REASON in letter.text


def test_the_municipality_reads_who_why_and_until_when(desk, at, sign_in, queued):
    enter(desk, at)
    page = sign_in(HERE, Role.ADMIN).get("/console/audit/").text
    assert "Десислава Митова" in page
    assert "влезе в общината като ИТ екип на областта" in page
    assert REASON in page
    assert REASON not in sign_in(THERE, Role.ADMIN).get("/console/audit/").text
    [(name, arguments)] = queued()
    assert name == "notify:write"
    assert (arguments["municipality"], arguments["payload"]["reason"]) == (HERE, REASON)


def test_what_they_do_inside_is_theirs_in_the_log(desk, at, owner):
    enter(desk, at)
    page = desk.get("/console/settings/", base_url=at(HERE))
    assert page.status_code == 200
    url = f"{at(HERE)}/console/news/new"
    send(desk, url, title="Проба", summary="Проба", markdown="Проба", request_id=uuid4())
    names = owner('select person_name from "t_gorno_selo".audit_entry')
    assert [row[0] for row in names] == ["Десислава Митова, ИТ екип на областта"]


def test_a_form_sent_twice_enters_once(app, specialist, owner):
    who, one = Principal(person_id=specialist, name="Д. М."), uuid4()
    for _ in range(2):
        with app.app_context(), open_uow(None, who) as region:
            step_in(region, HERE, reason=REASON, minutes=15, request_id=one)
    assert owner("select count(*) from shared.step_in") == [(1,)]
    assert owner("select count(*) from shared.audit_entry where act like '%begun'") == [(1,)]


def test_there_is_no_entering_what_is_not_there(app, specialist):
    who = Principal(person_id=specialist, name="Д. М.")
    with app.app_context(), pytest.raises(NotFound), open_uow(None, who) as region:
        step_in(region, "nowhere", reason=REASON, minutes=15, request_id=uuid4())


def test_leaving_twice_is_leaving_once(app, specialist, owner):
    who = Principal(person_id=specialist, name="Д. М.")
    with app.app_context(), open_uow(None, who) as region:
        step_in(region, HERE, reason=REASON, minutes=15, request_id=uuid4())
    for _ in range(2):
        with app.app_context(), open_uow(None, who) as region:
            step_out(region, HERE, specialist)
    assert owner("select count(*) from shared.audit_entry where act like '%ended'") == [(1,)]


def test_only_the_regions_team_may(sign_in, at):
    mayor = sign_in(HERE, *[Role.ADMIN, Role.MAYOR])
    token = mayor.client.get_cookie("session", domain=f"{HERE}.localhost").value
    mayor.client.set_cookie("session", token, domain="ops.localhost")
    assert mayor.get("/municipalities", base_url=at("ops")).status_code == 302
