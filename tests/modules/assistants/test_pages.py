"""Pages of assistants: asking by each way there is, the day on the phone, who may see what."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from obshto.modules.assistants.services.check_ins import watch_check_ins
from obshto.platform.clock import SOFIA
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PATH, DESK = "/assistants", "/console/assistants"


def typed(**changed):
    told = {
        "request_id": uuid4(),
        "name": "Проба Първанова",
        "asked_by": "Дете Първанов",
        "phone": "0888 100 201",
        "address": "ул. Тайна 17",
        "directions": "синята порта",
        "subjects": ["video"],
        "needs": ["hearing"],
        "times": ["tue", "afternoon"],
        "at_home": "alone",
        "age": "65+",
        "language": "bg",
        "words": "След обяд",
    }
    return {**told, **changed}


def act(person, path, to="", **sent):
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', person.get(path).text)[1]
    return person.post(f"{path}{to}", {"expected_version": version, **sent})


def picture():
    body = BytesIO()
    Image.new("RGB", (60, 60), "teal").save(body, "PNG")
    return body.getvalue()


def test_the_coordinator_sees_when_it_suits_and_lists_who_is_free_then(client, at, coordinator):
    client.post(f"{PATH}/new", data=typed(), base_url=at(VILLAGE))
    for time, is_listed in (("tue", True), ("wed", False), ("afternoon", True), ("morning", False)):
        page = coordinator.get(f"{DESK}/?time={time}").text
        assert bool(re.search(r"\d{4}-\d{5}", page)) == is_listed, time
        assert "Чакат ден (1)" in page or not is_listed
    case = re.search(rf"{DESK}/[0-9a-f-]{{36}}", coordinator.get(f"{DESK}/").text)[0]
    assert "във вторник; след обяд" in coordinator.get(case).text.replace("\xa0", " ")
    client.post(f"{PATH}/new", data=typed(times=[]), base_url=at(VILLAGE))
    assert "Чакат ден (1)" in coordinator.get(f"{DESK}/?time=wed").text


def test_a_relative_asks_without_an_account_and_follows_by_code(client, at):
    sent = client.post(f"{PATH}/new", data=typed(), base_url=at(VILLAGE))
    assert sent.status_code == 303
    page = client.get(sent.location, base_url=at(VILLAGE)).text
    number = re.search(r"\d{4}-\d{5}", page)[0]
    code = re.search(r'ob-number">([\d\s\xa0]+)<', page)[1]
    found = {"request_id": uuid4(), "number": number, "code": code}
    followed = client.post(f"{PATH}/follow", data=found, base_url=at(VILLAGE))
    assert followed.status_code == 303 and followed.location.split("?")[0] in sent.location
    wrong = client.post(f"{PATH}/follow", data={**found, "number": "2020-1"}, base_url=at(VILLAGE))
    assert wrong.status_code == 422 and number not in wrong.text


def test_what_was_typed_stays_when_something_is_missing(client, at):
    sent = typed(phone="123", subjects=[])
    page = client.post(f"{PATH}/new", data=sent, base_url=at(VILLAGE))
    assert page.status_code == 422
    for kept in ("Проба Първанова", "Дете Първанов", "синята порта", "След обяд"):
        assert kept in page.text
    assert "Такъв телефон няма" in page.text and "Изберете поне едно" in page.text
    english = client.post(f"/en{PATH}/new", data=sent, base_url=at(VILLAGE))
    assert english.status_code == 422 and "There is no such phone" in english.text


def test_a_village_of_the_neighbour_leads_there_with_all_that_was_typed(
    client, at, coordinator, places
):
    own, theirs = places
    sent = typed(settlement=theirs)
    for page in (
        client.post(f"{PATH}/new", data=sent, base_url=at(VILLAGE)),
        coordinator.post(f"{DESK}/enter", {**sent, "channel": "phone"}),
    ):
        assert page.status_code == 422 and "Чуждо" in page.text
        assert f"{NEIGHBOUR}.localhost:8000/assistants/new?settlement={theirs}" in page.text
        assert "синята порта" in page.text
    there = client.get(f"{PATH}/new?settlement={theirs}", base_url=at(NEIGHBOUR))
    assert re.search(rf'value="{theirs}"[^>]*selected', there.text)
    here = client.post(f"{PATH}/new", data=typed(settlement=own), base_url=at(VILLAGE))
    assert here.status_code == 303


@pytest.fixture
def called(coordinator, assistant, places):
    """A clerk writes down a call, and plans a visit by an assistant with a face; the code."""
    own, _ = places
    new = {"request_id": uuid4(), "languages": ["bg"], "settlement": own}
    new |= {"person": str(assistant.person_id), "photo": (BytesIO(picture()), "az.png")}
    assert coordinator.post(f"{DESK}/staff/new", new).status_code == 303
    sent = coordinator.post(f"{DESK}/enter", typed(settlement=own, channel="phone"))
    slip = coordinator.get(sent.location).text
    code = re.sub(r"\s", "", re.search(r'ob-number">([\d\s]+)<', slip)[1])
    case = re.search(rf"{DESK}/([0-9a-f-]{{36}})", sent.location)[1]
    plan = coordinator.get(f"{DESK}/{case}/plan").text
    assert "Проба Помощникова" in plan and re.search(r"0\s+км", plan)
    chosen = re.search(r'name="assistant"[^>]*value="([0-9a-f-]{36})"', plan)[1]
    assert act(coordinator, f"{DESK}/{case}/plan", assistant=chosen, **times()).status_code == 303
    return code


def test_who_comes_is_told_with_a_name_a_face_and_a_word(called, client, at):
    public = client.get(f"{PATH}/case/{called}", base_url=at(VILLAGE)).text
    assert "Проба Помощникова" in public and word_of(public)
    face = client.get(f"{PATH}/case/{called}/photo", base_url=at(VILLAGE))
    assert face.status_code == 200 and face.mimetype.startswith("image/")


def test_a_woman_of_78_from_the_first_call_to_her_first_video_call(called, assistant, client, at):
    public = client.get(f"{PATH}/case/{called}", base_url=at(VILLAGE)).text
    day = assistant.get(f"{DESK}/day")
    assert "Тайна" in day.text and word_of(public) in day.text and "Чува трудно" in day.text
    assert int(day.headers["Keep-Until"]) > 0 and "no-store" in day.headers["Cache-Control"]
    visit = re.search(rf"{DESK}/visits/([0-9a-f-]{{36}})/act", day.text)[1]
    page = f"{DESK}/visits/{visit}"
    for kind in ("arrived", "ended"):
        pressed = {"kind": kind, "request_id": uuid4()}
        assert assistant.post(f"{page}/act", pressed).status_code == 303
    assert act(assistant, page, taught=["video-answer", "video-call"]).status_code == 303
    assert assistant.post(f"{page}/next", times(days=7)).status_code == 303
    sheet = assistant.get(f"{page}/sheet").text
    assert "Започване на видео разговор" in sheet and "Ще дойда пак" in sheet
    public = client.get(f"{PATH}/case/{called}", base_url=at(VILLAGE)).text
    assert "Приемане на видео разговор" in public and "Насрочено посещение" in public
    assert "Тайна" not in public


def test_a_problem_is_handed_to_one_official_by_name(
    called, assistant, coordinator, sign_in, client, at
):
    day = assistant.get(f"{DESK}/day").text
    page = f"{DESK}/visits/" + re.search(rf"{DESK}/visits/([0-9a-f-]{{36}})/act", day)[1]
    official = sign_in(VILLAGE, Role.FINANCE_OFFICER, name="Проба Данъчна")
    handed = {"official": official.person_id, "words": "Две сметки", "request_id": uuid4()}
    for _ in range(2):
        assert assistant.post(f"{page}/problem", handed).status_code == 303
    [found] = re.findall(rf"{DESK}/problems/[0-9a-f-]{{36}}", official.get(f"{DESK}/problems").text)
    assert "Две сметки" in official.get(found).text
    assert coordinator.get(found).status_code == 404, "handed to one official by name"
    assert act(official, found, answer="Едната отпада").status_code == 303
    public = client.get(f"{PATH}/case/{called}", base_url=at(VILLAGE)).text
    assert "Едната отпада" in public and "Проба Данъчна" in public


def word_of(page):
    return re.search(r"Парола на вратата:\s*<b><span[^>]*>(\w+)<", page)[1]


def times(**ahead):
    return {"minutes": "60", "half": "", "request_id": uuid4(), "starts_at": soon(**ahead)}


def soon(**ahead):
    """In a minute as a form takes it, or that long after."""
    at = datetime.now(SOFIA) + timedelta(minutes=1) + timedelta(**ahead)
    return f"{at:%Y-%m-%dT%H:%M:%S}"


def test_a_missed_check_in_is_seen_and_cleared_by_the_coordinator(story, coordinator, uow_in, boss):
    with uow_in(VILLAGE) as begun:
        watch_check_ins(replace(begun, now=begun.now + timedelta(hours=2)))
        begun.commit()
    assert "Няма вест от 1" in coordinator.get(f"{DESK}/").text
    alarms = coordinator.get(f"{DESK}/alarms").text
    assert "Проба Помощникова" in alarms and "Тайна" not in alarms
    opened = coordinator.post(f"{DESK}/visits/{story.visit}/address", {"request_id": uuid4()})
    assert opened.status_code == 200 and "Тайна" in opened.text
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', alarms)[1]
    cleared = coordinator.post(f"{DESK}/visits/{story.visit}/clear", {"expected_version": version})
    assert cleared.status_code == 303
    assert "обадили навреме" in coordinator.get(f"{DESK}/alarms").text


def test_an_act_of_the_queue_is_answered_without_a_page(story, assistant):
    sent = {"kind": "arrived", "request_id": uuid4(), "queued": "1"}
    for _ in range(2):
        assert assistant.post(f"{DESK}/visits/{story.visit}/act", sent).status_code == 204
    for broken in ({"kind": "flown"}, {"request_id": "x"}):
        answer = assistant.post(f"{DESK}/visits/{story.visit}/act", {**sent, **broken})
        assert answer.status_code == 422


def test_a_refused_act_of_the_queue_says_why_to_the_phone_that_keeps_it(story, assistant):
    page = f"{DESK}/visits/{story.visit}/act"
    edge = {"kind": "arrived", "at": "0001-01-01T00:00:00+14:00"}  # before all that UTC knows
    for status, told, sent in (
        (422, "в деня на посещението", {"kind": "arrived", "at": "2020-01-01T10:00:00Z"}),
        (204, "", edge),
        (409, "вече е", {"kind": "absent"}),
    ):
        answer = assistant.post(page, {"request_id": uuid4(), "queued": "1", **sent})
        assert (answer.status_code, told in answer.text) == (status, True)
        assert "<html" not in answer.text
    gone = assistant.post(page.replace(str(story.visit), str(uuid4())), {"queued": "1"})
    assert (gone.status_code, gone.text) == (404, "Няма такова посещение")


@pytest.mark.parametrize("path", ["/", "/enter", "/staff", "/alarms", "/calls", "/day"])
def test_who_only_answers_problems_enters_nothing_else(path, sign_in):
    official = sign_in(VILLAGE, Role.FINANCE_OFFICER)
    assert official.get(f"{DESK}{path}").status_code == 403
    assert official.get(f"{DESK}/problems").status_code == 200


def test_the_mayor_sees_numbers_and_no_names(story, sign_in):
    mayor = sign_in(VILLAGE, Role.MAYOR)
    assert mayor.get(f"{DESK}/statistics").status_code == 200
    assert mayor.get(f"{DESK}/{story.case}").status_code == 403


def test_somebody_withdraws_by_code_and_by_call(story, client, at, coordinator):
    path = f"{PATH}/case/{story.code}/withdraw"
    page = client.get(path, base_url=at(VILLAGE)).text
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]
    stale = client.post(path, data={"expected_version": "0"}, base_url=at(VILLAGE))
    assert stale.status_code == 409
    sent = client.post(path, data={"expected_version": version}, base_url=at(VILLAGE))
    assert sent.status_code == 303
    assert "Оттеглена" in coordinator.get(f"{DESK}/{story.case}").text


def test_an_assistant_who_left_keeps_no_day(story, assistant, coordinator):
    page = f"{DESK}/staff/{story.who}/dismiss"
    assert "1 насрочено посещение" in coordinator.get(page).text
    assert act(coordinator, page).status_code == 303
    assert "Тайна" not in assistant.get(f"{DESK}/day").text
    assert assistant.get(f"{DESK}/visits/{story.visit}").status_code == 404
    assert "Чака ден" in coordinator.get(f"{DESK}/{story.case}").text


@pytest.mark.parametrize("language", ["ro", "en"])
def test_a_talk_is_offered_in_the_language_of_the_page(language, client, at):
    page = client.get(f"/{language}{PATH}/new", base_url=at(VILLAGE)).text
    assert re.search(rf'<option value="{language}"[^>]*selected', page)
