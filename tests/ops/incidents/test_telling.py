"""What is told stands on all pages with the next request, and on a page of its own."""

import re
from datetime import timedelta

from obshto.ops.incidents.models import IncidentKind
from obshto.platform.clock import SOFIA, now
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role


def test_a_page_that_the_cache_keeps_shows_it_with_the_next_request(client, at, incident):
    village, neighbour = at("gorno-selo"), at("dolno-selo")
    for base in (village, neighbour):
        assert "Плащанията" not in client.get("/", base_url=base).text
    incident(places=["gorno-selo"], en="Payments are down")
    assert "Плащанията не работят" in client.get("/", base_url=village).text
    assert "Payments are down" in client.get("/en/", base_url=village).text
    assert "Плащанията" not in client.get("/", base_url=neighbour).text


def test_what_concerns_the_region_stands_everywhere(client, at, incident):
    incident()
    for label in ("", "gorno-selo", "dolno-selo"):
        assert "Плащанията не работят" in client.get("/", base_url=at(label)).text
        state = client.get("/status", base_url=at(label))
        assert state.status_code == 200
        assert "Плащанията не работят" in state.text.partition("<main")[2]


def test_the_state_of_one_municipality_says_nothing_of_another(client, at, incident):
    incident(places=["gorno-selo"])
    own = client.get("/status", base_url=at("gorno-selo"))
    assert "Плащанията" in own.text.partition("<main")[2]
    for label in ("dolno-selo", ""):
        page = client.get("/status", base_url=at(label)).text
        assert "Плащанията" not in page and "Порталът работи." in page


def test_the_way_to_the_state_is_at_the_foot_of_each_page(client, at):
    assert 'href="/status"' in client.get("/", base_url=at("gorno-selo")).text


def test_an_operator_announces_says_more_and_closes(client, at, operator, owner):
    sent = {"kind": "incident", "bg": "Търсенето е бавно", "places": ["gorno-selo"]}
    went = operator.send("/incidents/new", **sent)
    assert went.status_code == 303
    page = went.headers["Location"].partition("?")[0]
    village = at("gorno-selo")
    assert "Търсенето е бавно" in client.get("/", base_url=village).text
    assert operator.send(page, to="/more", word="found", bg="Намерихме го").status_code == 303
    assert "Намерихме го" in client.get("/status", base_url=village).text
    assert operator.send(page, to="/more", word="resolved", bg="Готово е").status_code == 303
    assert "Търсенето е бавно" not in client.get("/", base_url=village).text
    past = client.get("/status", base_url=village).text
    assert "Готово е" in past and "Порталът работи." in past
    acts = owner("select act, municipality from shared.audit_entry order by id")
    assert [tuple(row) for row in acts] == [
        ("incidents:incident.announced", "gorno-selo"),
        ("incidents:incident.updated", "gorno-selo"),
        ("incidents:incident.updated", "gorno-selo"),
    ]


def test_one_form_announces_once(operator, owner):
    page = operator.get("/incidents/new").text
    [same] = re.findall(r'name="request_id" type="hidden" value="([^"]+)"', page)
    for _ in range(2):
        operator.send("/incidents/new", kind="incident", bg="Веднъж", request_id=same)
    assert owner("select count(*) from shared.incident") == [(1,)]


def test_maintenance_is_told_a_day_before(operator, owner):
    soon = (now() + timedelta(hours=2)).astimezone(SOFIA)
    sent = {
        "kind": "maintenance",
        "bg": "Смяна на сървър",
        "starts_at": f"{soon:%Y-%m-%dT%H:%M}",
        "ends_at": f"{soon + timedelta(hours=1):%Y-%m-%dT%H:%M}",
    }
    went = operator.send("/incidents/new", **sent)
    assert went.status_code == 422 and "поне 24 часа" in went.text
    assert "Смяна на сървър" in went.text
    later = soon + timedelta(hours=24)
    sent |= {
        "starts_at": f"{later:%Y-%m-%dT%H:%M}",
        "ends_at": f"{later + timedelta(hours=1):%Y-%m-%dT%H:%M}",
    }
    assert operator.send("/incidents/new", **sent).status_code == 303
    assert owner("select kind from shared.incident") == [("maintenance",)]


def test_planned_maintenance_is_seen_before_it_begins_and_gone_when_it_is_over(
    client, at, incident, put
):
    incident(kind=IncidentKind.MAINTENANCE, begins=30, hours=1)
    page = client.get("/", base_url=at("gorno-selo")).text
    assert "Профилактика" in page
    assert "Предстои" in client.get("/status", base_url=at("gorno-selo")).text
    put(
        """UPDATE shared.tenant SET version = version + 1, bulletins =
        jsonb_set(bulletins, '{0,ends_at}', '"2020-01-01T00:00:00+00:00"')"""
    )
    assert "Профилактика" not in client.get("/", base_url=at("gorno-selo")).text


def test_whoever_answers_for_the_portal_gets_a_letter(uow_in, incident, sign_in, queued):
    sign_in("gorno-selo", Role.ADMIN, email="admin@v.example")
    incident(places=["gorno-selo"], is_read_only=True)
    [job] = [args for name, args in queued() if name == "notify:write"]
    job.pop("municipality")
    with uow_in("gorno-selo") as uow:
        write_letters(uow, **job)
        [letter] = uow.session.query(Message).all()
        assert letter.recipient == "admin@v.example"
        assert "само за четене" in letter.text and "/status" in letter.text
