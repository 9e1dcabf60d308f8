"""A dog changes owner: applied for without a profile, entered in the register by a clerk."""

import re

from obshto.modules.eservices.services import case_queries, publication
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.definitions import read_definition, stored_definitions
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

DOG = {
    "event": {"event": "transfer"},
    "acting": {"acting_as": "self"},
    "dog": {"dog_name": "Шаро", "chip": "100 000 000 000 123"},
    "when": {"event_date": ["23", "11", "2025"]},
    "owner": {
        "owner_name": "Иван Примеров Пробов",
        "owner_settlement": "гр. Кула, община Кула, област Видин",
        "owner_street": "ул. „Втора“ № 2",
    },
    "truth": {"truth": ["yes"]},
    "delivery": {"delivery": "office"},
}
CARS = {
    "vehicles-0-plate": "bh 1234 aa",
    "vehicles-0-driver_egn": "0402299282",
    "vehicles-1-plate": "",
}


def test_a_dog_changes_owner(visitor, clerk, walking):
    ref = walking.begin(visitor, "dog")
    pages = {name: DOG.get(name) or walking.answers[name] for name in ORDER}
    assert walking.fill(visitor, ref, pages).location.endswith(f"/drafts/{ref}")
    check = visitor.get(f"/eservices/drafts/{ref}")
    assert '<time datetime="2025-11-23">' in check.text and "без такса" in check.text
    receipt = walking.send(visitor, ref)
    assert receipt.status_code == 303
    queue = clerk.get("/console/eservices/?service=dog").text
    case_id = re.search(r"/console/eservices/([0-9a-f-]{36})", queue)[1]
    desk = f"/console/eservices/{case_id}"
    assert clerk.press(desk, to="/take").status_code == 303
    assert "Иван Примеров Пробов" in clerk.get(desk).text
    answer = clerk.press(f"{desk}/issue", register_no="45", confirmed="1")
    assert answer.status_code == 303, answer.text
    assert "Издадено" in visitor.get(f"/eservices/cases/{ref}").text


ORDER = (
    *("event", "acting", "identity", "address", "contact", "dog", "when", "owner"),
    *("truth", "delivery"),
)


def test_rows_are_saved_and_another_one_is_drawn_without_a_script(visitor, walking):
    ref = walking.begin(visitor, "2069")
    path = f"/eservices/drafts/{ref}/vehicles"
    first = visitor.get(path)
    assert 'name="vehicles-0-plate"' in first.text and "vehicles-1" not in first.text
    sent = {**CARS, "expected_version": walking.seen_on(first), "more": "1"}
    answer = visitor.post(path, sent)
    assert answer.status_code == 303 and answer.location.endswith("/vehicles")
    again = visitor.get(path)
    assert 'value="ВН1234АА"' in again.text and 'name="vehicles-1-plate"' in again.text
    wrong = visitor.post(
        path, {"vehicles-0-plate": "ЖЖ", "expected_version": walking.seen_on(again)}
    )
    assert wrong.status_code == 422 and 'value="ЖЖ"' in wrong.text and "Ред 1" in wrong.text


def test_what_is_said_aloud_is_begun_by_the_clerk_alone(visitor, clerk):
    assert visitor.get("/eservices/2072").status_code == 200
    assert visitor.get("/eservices/2072/start").status_code == 404
    assert visitor.get("/eservices/2072/form").status_code == 404
    assert clerk.get("/eservices/2072/start").status_code == 404
    assert 'value="2072"' in clerk.get("/console/eservices/enter").text


def test_a_new_version_never_changes_what_is_under_way(sent, app, walking, monkeypatch):
    given = next(given for given in stored_definitions() if given["service"] == "1998")
    newer = {**given, "version": 2, "term": "apk_general", "form": [*given["form"], "Нов ред"]}
    versions = {**publication.published(), ("1998", 2): read_definition(newer)}
    monkeypatch.setattr(publication, "published", lambda: versions)
    latest = {**publication._latest(), "1998": versions["1998", 2]}
    monkeypatch.setattr(publication, "_latest", lambda: latest)
    with app.app_context(), open_uow(scope_named("gorno-selo"), Principal.system("test")) as uow:
        case = case_queries.case_of(uow, sent)
        assert definition_behind(case).version == 1
        assert "Нов ред" not in definition_behind(case).form
        assert case_queries.term_of(case).article == "ДОПК чл. 87, ал. 6"
        draft = draft_at(uow, start_draft(uow, catalogue_services()["1998"], request_id=new_id()))
        assert definition_behind(draft).version == 2
