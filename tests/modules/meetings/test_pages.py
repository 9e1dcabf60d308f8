"""Meetings as citizens, staff and calendar programs meet them, over HTTP."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import icalendar
import pytest
from support.browsing import visitor

from obshto.modules.meetings.services import minutes, queries
from obshto.modules.meetings.services.decisions import decisions_of
from obshto.modules.meetings.services.minutes import EntryWords
from obshto.modules.meetings.services.publication import cancel_meeting
from obshto.modules.meetings.services.questions import (
    QuestionWords,
    ask_question,
    show_question,
)
from obshto.ops.worker import worker_of
from obshto.platform.clock import SOFIA, day_of, now
from obshto.platform.permissions import Role
from obshto.platform.thread.links import link_things
from obshto.platform.thread.models import ThreadThing
from obshto.platform.thread.writer import write_part
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
HERE = "/console/meetings"


def at_clock(moment):
    return moment.astimezone(SOFIA).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def visit(client, at):
    return lambda path, place=VILLAGE: client.get(path, base_url=at(place))


@pytest.fixture
def send(client, at):
    """send(path, **typed): a form of a visitor, with its own request_id."""

    def go(path, **typed):
        told = {"request_id": str(uuid4())} | typed
        return client.post(path, data=told, base_url=at(VILLAGE))

    return go


@pytest.fixture
def standing(uow_in, announced):
    """standing(then, **changed): the id of a public meeting, committed."""

    def begin(then=None, **changed):
        with uow_in(VILLAGE) as uow:
            meeting = announced(uow, **changed)
            if then:
                then(uow, meeting)
            uow.session.commit()
            return meeting.id

    return begin


def typed_plan(**changed):
    start = now() + 20 * DAY
    told = {
        "title": "Бюджетът",
        "kind": "discussion",
        "settlement": "00001",
        "starts_at": at_clock(start),
        "ends_at": at_clock(start + HOUR),
        "request_id": str(uuid4()),
    }
    return told | changed


def test_an_organiser_plans_announces_and_everybody_sees_it(sign_in, visit):
    editor = sign_in(VILLAGE, Role.EDITOR)
    answer = editor.post(f"{HERE}/new", typed_plan())
    assert answer.status_code == 303
    desk = answer.location.partition("?")[0]
    item = {"title": "Проектът", "minutes": "20", "request_id": str(uuid4())}
    assert editor.post(f"{desk}/items/new", item).status_code == 303
    assert "Бюджетът" not in visit("/meetings/").text
    page = editor.get(desk).text
    assert "Проектът" in page and "Обявена е навреме" in page
    assert editor.press(desk, to="/publish").status_code == 303
    assert "Бюджетът" in visit("/meetings/").text
    assert "Проектът" in visit(desk.removeprefix("/console")).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_at": "2020-01-01T10:00"}, "Изберете край, който е след началото"),
        ({"ends_at": at_clock(now() + 40 * DAY)}, "най-много 3 дни"),
        ({"kind": "x"}, "Изберете отговор от списъка"),
        ({"title": ""}, "Въведете заглавие"),
        ({"seats": "много"}, "Въведете число от 1 до 5000"),
        ({"video_link": "javascript:alert(1)"}, "Напишете целия адрес"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(sign_in, changed, sentence):
    editor = sign_in(VILLAGE, Role.EDITOR)
    answer = editor.post(f"{HERE}/new", typed_plan(organizer="Кметството", **changed))
    assert answer.status_code == 422
    assert sentence in answer.text.replace("\xa0", " ")
    assert "Кметството" in answer.text


def test_a_visitor_comes_changes_and_withdraws_by_a_code(send, visit, client, at, standing):
    meeting_id = standing()
    request_id = str(uuid4())
    told = {"mode": "video", "people": "2", "name": "Тайна", "request_id": request_id}
    first = send(f"/meetings/{meeting_id}/come", **told)
    again = send(f"/meetings/{meeting_id}/come", **told)
    assert first.status_code == again.status_code == 303
    page = first.location.partition("?")[0]
    assert again.location.partition("?")[0] == page
    own = visit(page)
    assert (
        "https://sreshta.example.org/a" in own.text and "no-store" in own.headers["Cache-Control"]
    )
    assert "sreshta.example.org" not in visit(f"/meetings/{meeting_id}").text
    version = re.search(r'name="expected_version" value="(\d+)"', own.text)[1]
    assert send(f"{page}/withdraw", expected_version=version).status_code == 303
    assert "няма да участвате" in visit(page).text.replace("\xa0", " ")
    assert send(page, mode="room", people="1", expected_version=version).status_code == 422
    assert visit(page, NEIGHBOUR).status_code == 404
    found = send("/meetings/coming", code=page.rpartition("/")[2])
    assert found.location.endswith(page)


@pytest.mark.parametrize("people", ["0", "21", "много", ""])
def test_a_wrong_number_of_people_is_said(send, standing, people):
    answer = send(f"/meetings/{standing()}/come", mode="room", people=people, name="Проба")
    assert answer.status_code == 422 and "Проба" in answer.text


def test_the_way_into_a_session_of_the_council_is_open(visit, standing):
    page = visit(f"/meetings/{standing(kind='council')}").text
    assert "https://sreshta.example.org/a" in page


def test_a_question_waits_then_shows_without_the_name(send, visit, sign_in, owner, standing):
    meeting_id = standing()
    asked = {"words": "Колко струва?", "name": "Тайна Особа"}
    assert send(f"/meetings/{meeting_id}/ask", **asked).status_code == 303
    page = f"/meetings/{meeting_id}"
    assert "Колко струва" not in visit(page).text
    [(key,)] = owner("select id from t_gorno_selo.meetings_question")
    editor = sign_in(VILLAGE, Role.EDITOR)
    desk = f"{HERE}/questions/{key}"
    assert "Тайна Особа" not in editor.get(desk).text
    assert editor.press(desk, desk, words="Колко струва?").status_code == 303
    shown = visit(page).text
    assert "Колко струва" in shown and "Тайна" not in shown


def test_who_asked_reads_who_moderated_and_the_list_of_what_is_shown_is_no_look(
    sign_in, owner, standing
):
    asker, editor = sign_in(VILLAGE), sign_in(VILLAGE, Role.EDITOR)
    asked = {"words": "Колко струва?", "name": "Тайна Особа", "request_id": uuid4()}
    assert asker.post(f"/meetings/{standing()}/ask", asked).status_code == 303
    [(key,)] = owner("select id from t_gorno_selo.meetings_question")
    looks = "select object_id, purpose, kinds from t_gorno_selo.purposes_look"
    for page in ("questions", "questions", f"questions/{key}", f"questions/{key}/answer"):
        assert "Колко струва" in editor.get(f"{HERE}/{page}").text
    assert owner(looks) == [(key, "question", ["words"])]
    told = asker.get("/personaldata/looks").text
    assert "Преглежда въпроса Ви преди среща" in told and "Въпрос преди среща" in told
    assert editor.press(f"{HERE}/questions/{key}", words="Колко струва?").status_code == 303
    mayor = sign_in(VILLAGE, Role.EDITOR, name="Проба Колега", email="c@v.example")
    assert "Колко струва" in mayor.get(f"{HERE}/questions?list=shown").text
    assert len(owner(looks)) == 1


def test_what_is_cancelled_says_so_everywhere(visit, standing):
    def then(uow, meeting):
        cancel_meeting(uow, meeting, note="Няма ток", expected_version=meeting.version)

    meeting_id = standing(then)
    month = (now() + 20 * DAY).astimezone(SOFIA)
    for path in ("/meetings/", f"/meetings/{meeting_id}", f"/meetings/month/{month:%Y-%m}"):
        page = visit(path).text.replace("\xa0", " ")
        assert "Отменено" in page and "Няма ток" in page, path
    [event] = icalendar.Calendar.from_ical(visit(f"/meetings/{meeting_id}.ics").data).events
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


@pytest.mark.parametrize("form", ["come", "ask"])
def test_a_form_that_would_be_refused_is_not_offered(send, visit, standing, form):
    def cancels(uow, meeting):
        cancel_meeting(uow, meeting, note="Болен водещ", expected_version=meeting.version)

    def ends(uow, meeting):
        meeting.starts_at, meeting.ends_at = uow.now - 2 * HOUR, uow.now - HOUR

    open_one = f"/meetings/{standing()}/{form}"
    assert visit(open_one).status_code == 200
    for then in (cancels, ends):
        page = f"/meetings/{standing(then)}"
        assert visit(f"{page}/{form}").location == page
        typed = {"mode": "room", "people": "1", "name": "Тайна", "words": "Тайна"}
        late = send(f"{page}/{form}", **typed)
        assert late.status_code == 422 and "Тайна" in late.text


def test_the_calendar_of_events_shows_meetings_too(visit, standing):
    meeting_id = standing(title="Изслушване за водата")
    path = f"/meetings/{meeting_id}"
    month = (now() + 20 * DAY).astimezone(SOFIA)
    for page in ("/events/", f"/events/month/{month:%Y-%m}", "/events/?subject=public"):
        assert path in visit(page).text, page
    assert path not in visit("/events/?subject=sport").text
    assert path not in visit("/events/?place=00002").text
    uids = [
        str(event["UID"])
        for event in icalendar.Calendar.from_ical(visit("/events/calendar.ics").data).events
    ]
    assert uids == [str(meeting_id)]


def test_names_open_after_a_purpose_and_the_guest_sees_who_looked(send, visit, sign_in, standing):
    meeting_id = standing()
    page = send(f"/meetings/{meeting_id}/come", mode="room", people="1", name="Тайна").location
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Мария Служител")
    desk = f"{HERE}/{meeting_id}/guests"
    assert "Тайна" not in clerk.get(desk).text
    assert "Тайна" not in clerk.get(f"{desk}.csv").text
    assert clerk.press(desk, desk, purpose="seats").status_code == 303
    assert "Тайна" in clerk.get(desk).text and "Тайна" in clerk.get(f"{desk}.csv").text
    send(f"/meetings/{meeting_id}/come", mode="room", people="1", name="Нов Човек")
    asked = clerk.get(f"{desk}.csv")
    assert asked.status_code == 303 and asked.location == desk
    assert "Нов Човек" not in clerk.get(desk).text
    assert "Мария Служител" in visit(page.partition("?")[0]).text


def test_who_calls_is_written_down_and_gets_a_code(sign_in, visit, standing):
    meeting_id = standing()
    clerk, other = sign_in(VILLAGE, Role.REGISTRY_CLERK), sign_in(VILLAGE, Role.REGISTRY_CLERK)
    told = {"mode": "phone", "people": "1", "channel": "phone", "request_id": str(uuid4())}
    answer = clerk.post(f"{HERE}/{meeting_id}/guests/enter", told)
    slip = clerk.get(answer.location)
    code = re.sub(r"\D", "", re.search(r'ob-number">([\d\s\xa0]+)<', slip.text)[1])
    assert visit(f"/meetings/coming/{code}").status_code == 200
    assert f"{HERE}/{meeting_id}/guests/enter" in slip.text
    assert other.get(answer.location.partition("?")[0]).status_code == 404
    asked = {"words": "Кога?", "channel": "counter", "request_id": str(uuid4())}
    entered = clerk.post(f"{HERE}/{meeting_id}/questions/enter", asked)
    assert entered.status_code == 303


def record(uow, meeting):
    """Minutes with a decision, published; the meeting began an hour ago."""
    object.__setattr__(uow, "principal", Principal(name="Проба"))
    meeting.starts_at, meeting.ends_at = uow.now - 2 * HOUR, uow.now - HOUR
    item = queries.items_of(uow, meeting.id)[0]
    words = EntryWords(text="Говорихме", votes_for=9, number="12", decision="Ремонт на моста")
    minutes.write_entry(uow, item, words, request_id=uuid4())
    uow.session.flush()
    minutes.publish_minutes(uow, meeting, why="", request_id=uuid4())


def test_minutes_are_a_page_and_data_and_decisions_are_found(visit, standing):
    meeting_id = standing(record)
    page = f"/meetings/{meeting_id}/minutes"
    assert "Ремонт на моста" in visit(page).text.replace("\xa0", " ")
    told = json.loads(visit(f"{page}.json").text)
    assert told["agenda"][0]["entries"][0]["votes_for"] == 9
    assert "Ремонт" in visit("/meetings/decisions?q=моста").text
    assert "Ремонт" not in visit("/meetings/decisions?q=чешма").text
    assert visit(f"{page}?edition=2").status_code == 404
    assert visit(page, NEIGHBOUR).status_code == 404


def owed(uow, meeting):
    """The same with somebody who carries it out, by a day that passed; an opening followed."""
    record(uow, meeting)
    [made] = decisions_of(uow, meeting.id)
    made.owner, made.due_on = "Кметът", day_of(uow.now - 48 * HOUR)
    made.follows = "Търг за изпълнител"
    uow.session.flush()
    key = uuid4()
    told = {"title": "Откриване", "path": "/events/1", "place": "", "since": uow.now}
    opening = ThreadThing(part="events", object_id=key, thread_id=key, is_shown=True, **told)
    uow.session.add(opening)
    write_part(uow, "meetings", [made.id])
    link_things(uow, ("meetings", made.id), ("events", key), request_id=uuid4())


def test_a_decision_has_a_page_with_what_it_promised_and_what_followed(visit, standing, sign_in):
    meeting_id = standing(owed)
    found = re.findall(r'"(/meetings/decisions/[0-9a-f-]{36})"', visit("/meetings/decisions").text)
    [path] = set(found)
    page = visit(path).text.replace("\xa0", " ")
    assert "Решение № 12" in page and "Търг за изпълнител" in page and "Просрочено" in page
    assert f"/meetings/{meeting_id}/minutes" in page
    assert "Какво доведе дотук и какво последва" in page and "/events/1" in page
    assert "(тази страница)" in page and "Кметът" in page
    assert path in visit(f"/meetings/{meeting_id}").text
    assert visit(path, NEIGHBOUR).status_code == 404
    assert visit(f"/meetings/decisions/{uuid4()}").status_code == 404
    sign_in(VILLAGE, Role.EDITOR).press(f"{HERE}/{meeting_id}", to="/hide")
    assert visit(path).status_code == 404


def test_minutes_are_recorded_and_published_by_who_may(sign_in, visit, standing):
    def began(uow, meeting):
        meeting.starts_at = uow.now - HOUR

    meeting_id = standing(began)
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    desk = f"{HERE}/{meeting_id}/minutes"
    assert sign_in(VILLAGE, Role.EDITOR).get(desk).status_code == 403
    add = re.search(rf'"({HERE}/items/[^"]+/entries/new)"', clerk.get(desk).text)[1]
    without = {"number": "12", "text": "Т", "request_id": str(uuid4())}
    refused = clerk.post(add, without)
    assert refused.status_code == 422 and "Напишете самото решение" in refused.text
    some = clerk.post(add, {"text": "Т", "votes_for": "9", "request_id": str(uuid4())})
    assert some.status_code == 422 and some.text.count("Напишете 0, ако няма") == 4
    votes = {"votes_for": "9", "votes_against": "0", "votes_abstained": "0"}
    words = {"text": "Говорихме", "request_id": str(uuid4()), **votes}
    assert clerk.post(add, words).status_code == 303
    assert visit(f"/meetings/{meeting_id}/minutes").status_code == 404
    assert clerk.press(desk, desk).status_code == 303
    assert "Говорихме" in visit(f"/meetings/{meeting_id}/minutes").text


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("", Role.FINANCE_OFFICER),
        ("/new", Role.REGISTRY_CLERK),
        ("/questions", Role.REGISTRY_CLERK),
        ("/decisions", Role.EDITOR),
        ("/guests", Role.FINANCE_OFFICER),
    ],
)
def test_who_may_not_is_refused(sign_in, path, role):
    assert sign_in(VILLAGE, role).get(f"{HERE}{path or '/'}").status_code == 403


def test_the_region_shows_what_a_municipality_announced(app, config, sign_in, visit):
    editor = sign_in(VILLAGE, Role.EDITOR)
    plan = typed_plan(title="Форум в Горно")
    desk = editor.post(f"{HERE}/new", plan).location.partition("?")[0]
    assert editor.press(desk, to="/publish").status_code == 303
    worker = worker_of(app, config)
    with worker.open():
        worker.run_worker(queues=["default"], wait=False, install_signal_handlers=False)
    assert "Форум в Горно" in visit("/meetings/", "").text


def test_a_guest_votes_a_question_up_once(send, visit, uow_in, standing, client, at):
    def asks(uow, meeting):
        for words in ("Първи въпрос", "Втори въпрос"):
            asked = QuestionWords(words=words)
            question = ask_question(uow, meeting, asked, request_id=uuid4())
            uow.session.flush()
            show_question(uow, question, words, expected_version=question.version)

    meeting_id = standing(asks)
    told = {"mode": "room", "people": "1"}
    own, other = (
        send(f"/meetings/{meeting_id}/come", **told).location.partition("?")[0] for _ in range(2)
    )
    last = re.findall(rf"{own}/questions/([0-9a-f-]+)", visit(own).text)[-1]
    for page in (own, own, other):
        assert send(f"{page}/questions/{last}").status_code == 303
    shown = visit(f"/meetings/{meeting_id}").text.replace("\xa0", " ")
    assert "2 души също чакат отговора" in shown
    assert shown.index("Втори въпрос") < shown.index("Първи въпрос")
    wrong = client.post(
        f"{own}/questions/{last}", data={"request_id": str(uuid4())}, base_url=at(NEIGHBOUR)
    )
    assert wrong.status_code == 404
    assert send(f"{own}/questions/{uuid4()}").status_code == 404


def test_one_press_sent_by_many_at_once_is_one_guest(app, at, standing, owner):
    meeting_id = standing()
    told = {"mode": "room", "people": "3", "request_id": str(uuid4())}

    def press(_):
        return visitor(app).post(f"/meetings/{meeting_id}/come", data=told, base_url=at(VILLAGE))

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(press, range(6)))
    assert {answer.status_code for answer in answers} == {303}
    assert owner("select count(*), sum(people) from t_gorno_selo.meetings_guest") == [(1, 3)]


def test_the_poster_of_a_held_meeting_says_that_it_is_over(uow_in, announced, sign_in):
    with uow_in(VILLAGE) as uow:
        past, ahead = announced(uow), announced(uow)
        past.starts_at -= 30 * DAY
        past.ends_at -= 30 * DAY
        held, coming = past.id, ahead.id
        uow.commit()
    editor = sign_in(VILLAGE, Role.EDITOR)
    listed = editor.get("/console/posters/").text
    assert f"/posters/meetings/{held}" in listed and f"/posters/meetings/{coming}" in listed
    answer = editor.get(f"/console/posters/meetings/{held}")
    assert (answer.status_code, "Това вече мина" in answer.text.replace("\xa0", " ")) == (200, True)
    assert "Свалете за печат" in editor.get(f"/console/posters/meetings/{coming}").text
    assert editor.get(f"/console/posters/meetings/{uuid4()}").status_code == 404
    elsewhere = sign_in(NEIGHBOUR, Role.EDITOR)
    assert elsewhere.get(f"/console/posters/meetings/{held}").status_code == 404


def test_scheduling_without_a_moment_is_refused_and_shows_nothing(sign_in, visit):
    editor = sign_in(VILLAGE, Role.EDITOR)
    desk = editor.post(f"{HERE}/new", typed_plan()).location.partition("?")[0]
    answer = editor.press(f"{desk}/when", published_at="")
    assert answer.status_code == 422 and "Въведете от кога да се вижда" in answer.text
    assert "Бюджетът" not in visit("/meetings/").text
