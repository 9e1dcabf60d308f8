"""Requests for information: the law's clock, the public answer, who may see what."""

import re
from datetime import date, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest

from obshto.modules.opendata.models import InformationRequest
from obshto.modules.opendata.privacy import erase, export
from obshto.modules.opendata.services.request_retention import lapse_unclear, watch_terms
from obshto.modules.opendata.services.request_submission import InformationWords, send_request
from obshto.platform.legal.terms import term
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK, PATH = "/console/opendata/requests", "/opendata/requests"
WORDS = "Колко струва ремонтът на покрива?"
ADDRESS = "http://gorno-selo.localhost:8000"


@pytest.fixture
def citizen(sign_in, switched_on):
    return sign_in(VILLAGE, name="Проба Гражданинова", email="grazhdaninova@villages.example")


@pytest.fixture
def uow(uow_in, switched_on):
    with uow_in(VILLAGE) as begun:
        yield begun


def asked(person, **changed):
    typed = {
        "kind": "information",
        "words": WORDS,
        "form": "electronic",
        "name": "Проба Гражданинова",
        "request_id": uuid4(),
    }
    return person.post(f"{PATH}/new", {**typed, **changed})


def place_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*<[^<]*", answer.text)
    return answer.location.partition("?")[0].removeprefix(ADDRESS)


def case_on_desk(clerk):
    found = re.search(rf"{DESK}/([0-9a-f-]{{36}})", clerk.get(f"{DESK}/").text)
    return f"{DESK}/{found[1]}"


def taken(clerk):
    page = case_on_desk(clerk)
    assert clerk.press(page, to="/take").status_code == 303
    return page


def version_on(page):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', page.text)[1]


def act(clerk, page, name, **typed):
    version = version_on(clerk.get(f"{page}/{name}"))
    return clerk.post(f"{page}/{name}", {"expected_version": version, **typed})


def test_the_name_is_asked_for_where_the_law_wants_it(citizen):
    page = citizen.get(f"{PATH}/new").text
    assert re.search(r'<label[^>]*for="name">\s*Име или организация\s*</label>', page)
    refused = asked(citizen, name=" ")
    assert refused.status_code == 422 and "законът го иска" in refused.text
    place_of(asked(citizen, name="", kind="data"))


def test_a_question_gets_a_public_answer_without_who_asked(citizen, clerk, read):
    own = place_of(asked(citizen))
    assert "ще отговорим" in citizen.get(own).text
    page = taken(clerk)
    said = {"words": "Струва осем хиляди.", "topic": "Ремонт на покрива", "is_public": "y"}
    assert act(clerk, page, "answered", **said, public_words="Колко струва?").status_code == 303
    assert "осем" in citizen.get(own).text
    listed = read(f"{PATH}/").text
    assert "Ремонт на покрива" in listed
    public = re.search(rf"{PATH}/[0-9a-f-]{{36}}", listed)[0]
    shown = read(public).text
    assert "осем" in shown and "Колко струва?" in shown
    assert "Гражданинова" not in shown and WORDS not in shown
    assert read(public, NEIGHBOUR).status_code == 404
    assert "Ремонт" not in read(f"{PATH}/", NEIGHBOUR).text


def test_a_request_is_withdrawn_after_being_asked_once(citizen, uow_in):
    own = place_of(asked(citizen))
    assert f'href="{own}/withdraw"' in citizen.get(own).text
    assert f'action="{own}/withdraw"' not in citizen.get(own).text
    assert "Назад без промени" in citizen.get(f"{own}/withdraw").text
    with uow_in(VILLAGE) as uow:
        assert uow.session.query(InformationRequest).one().state == "received"
    assert citizen.press(f"{own}/withdraw").status_code == 303
    assert "Оттеглено" in citizen.get(own).text


def test_what_is_not_public_stays_with_who_asked(citizen, clerk, read):
    own = place_of(asked(citizen))
    page = taken(clerk)
    assert act(clerk, page, "refused", words="Няма такава информация.").status_code == 303
    assert "Няма такава" in citizen.get(own).text and "обжалвате" in citizen.get(own).text.replace(
        "\xa0", " "
    )
    assert "Още няма публикувани" in read(f"{PATH}/").text
    found = re.search(r"[0-9a-f-]{36}", page)[0]
    assert read(f"{PATH}/{found}").status_code == 404


def test_public_without_a_topic_is_asked_for_and_the_answer_stays(citizen, clerk):
    place_of(asked(citizen))
    page = taken(clerk)
    answer = act(clerk, page, "answered", words="Отговор за всички", is_public="y")
    assert answer.status_code == 422 and "Отговор за всички" in answer.text


def test_the_law_asks_for_a_name_and_an_address(client, at, switched_on):
    typed = {"kind": "information", "words": WORDS, "form": "electronic", "request_id": uuid4()}
    answer = client.post(f"{PATH}/new", data=typed, base_url=at(VILLAGE))
    assert answer.status_code == 422 and "име и адрес" in answer.text and WORDS in answer.text
    assert 'href="#name"' in answer.text  # what is missing, not what stands there


def test_a_stranger_follows_by_number_and_code(client, at, clerk):
    typed = {"kind": "data", "words": "Списък на чешмите", "form": "paper", "request_id": uuid4()}
    answer = client.post(f"{PATH}/new", data=typed, base_url=at(VILLAGE))
    own = place_of(answer)
    again = client.post(f"{PATH}/new", data=typed, base_url=at(VILLAGE))
    assert place_of(again) == own  # sent twice, one request
    page = client.get(own, base_url=at(VILLAGE)).text
    number = re.search(r"<b>(\d{4}-\d{5})</b>", page)[1]
    sent = {"number": number, "code": own.rpartition("/")[2], "request_id": uuid4()}
    found = client.post(f"{PATH}/follow", data=sent, base_url=at(VILLAGE))
    assert place_of(found) == own
    wrong = client.post(f"{PATH}/follow", data={**sent, "code": "1" * 20}, base_url=at(VILLAGE))
    assert wrong.status_code == 422
    assert client.get(own, base_url=at(NEIGHBOUR)).status_code == 404


def test_the_clock_stands_while_the_sender_is_asked_and_then_runs_anew(citizen, clerk, uow_in):
    own = place_of(asked(citizen))
    page = taken(clerk)
    assert act(clerk, page, "unclear", words="За коя година?").status_code == 303
    shown = citizen.get(own)
    assert "За коя година?" in shown.text
    sent = {"expected_version": version_on(shown), "words": "За 2025 г."}
    assert citizen.post(own, sent).status_code == 303
    with uow_in(VILLAGE) as uow:
        [row] = uow.session.query(InformationRequest)
        assert row.state == "in_work"
        assert row.due_on == term("zdoi", starts_on=row.starts_on).due_on


def test_who_has_no_email_is_told_and_clarifies_at_the_counter(citizen, clerk, uow_in):
    typed = {"kind": "data", "words": "Чешмите", "form": "spoken", "request_id": uuid4()}
    assert clerk.post(f"{DESK}/enter", {**typed, "channel": "counter"}).status_code == 303
    page = taken(clerk)
    assert "не стига имейл" in clerk.get(page).text.replace("\xa0", " ")
    assert act(clerk, page, "unclear", words="Кои чешми?").status_code == 303
    assert f"{page}/clarified" in clerk.get(page).text
    assert act(clerk, page, "clarified", words="Тези с питейна вода").status_code == 303
    shown = clerk.get(page).text
    assert "В работа" in shown and "питейна вода" in shown.replace("\xa0", " ")


def test_words_sent_after_the_request_lapsed_are_refused_and_stay(citizen, clerk, uow_in):
    own = place_of(asked(citizen))
    page = taken(clerk)
    assert act(clerk, page, "unclear", words="За коя година?").status_code == 303
    seen = version_on(citizen.get(own))
    with uow_in(VILLAGE) as uow:
        [row] = uow.session.query(InformationRequest)
        row.due_on = uow.now.date() - timedelta(days=3)
        uow.session.flush()
        lapse_unclear(uow)
        uow.commit()
    answer = citizen.post(own, {"expected_version": seen, "words": "За две хиляди"})
    assert answer.status_code == 422 and "За две хиляди" in answer.text


def test_another_answer_than_the_one_given_is_no_second_click(citizen, clerk, sign_in):
    place_of(asked(citizen))
    page = taken(clerk)
    typed = {"expected_version": version_on(clerk.get(f"{page}/refused")), "words": "Мотивите ми"}
    other = sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Колега")
    assert other.press(page, to="/take").status_code == 303
    assert act(other, page, "refused", words="Други мотиви").status_code == 303
    answer = clerk.post(f"{page}/refused", typed)
    assert answer.status_code == 422 and "Мотивите ми" in answer.text


def test_a_term_is_extended_once_by_its_article(citizen, clerk, uow_in):
    place_of(asked(citizen))
    page = taken(clerk)
    form = clerk.get(f"{page}/longer")
    said = {"expected_version": version_on(form), "rule": "zdoi_third", "words": "Питаме фирмата"}
    assert clerk.post(f"{page}/longer", said).status_code == 303
    with uow_in(VILLAGE) as uow:
        [row] = uow.session.query(InformationRequest)
        assert row.due_on == term("zdoi_third", starts_on=row.starts_on).due_on
    again = act(clerk, page, "longer", rule="zdoi_volume", words="Още")
    assert again.status_code == 422 and "веднъж" in again.text


def test_a_stale_form_keeps_its_words(citizen, clerk, sign_in):
    place_of(asked(citizen))
    page = taken(clerk)
    stale = version_on(clerk.get(f"{page}/refused"))
    other = sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Колега")
    assert other.press(page, to="/take").status_code == 303
    answer = clerk.post(f"{page}/refused", {"expected_version": stale, "words": "Мотивите ми"})
    assert answer.status_code == 422 and "Мотивите ми" in answer.text


def test_the_fourteen_days_are_the_laws():
    assert term("zdoi", starts_on=date(2026, 11, 30)).due_on == date(2026, 12, 14)
    assert term("zdoi_volume", starts_on=date(2026, 11, 9)).due_on == date(2026, 12, 3)
    assert term("zdoi_third", starts_on=date(2026, 11, 9)).due_on == date(2026, 12, 7)
    assert term("zdoi_clarify", starts_on=date(2026, 11, 9)).due_on == date(2026, 12, 9)


def test_the_morning_tells_of_what_is_late_once_and_the_unclear_lapse(uow):
    told = InformationWords(kind="data", words=WORDS)
    late = send_request(uow, told, request_id=uuid4())
    unclear = send_request(uow, told, request_id=uuid4())
    uow.session.flush()
    late.due_on = unclear.due_on = uow.now.date() - timedelta(days=3)
    unclear.state = "unclear"
    uow.facts.clear()
    watch_terms(uow)
    lapse_unclear(uow)
    names = [fact.name for fact in uow.facts]
    assert names == ["opendata:request.late", "opendata:request.lapsed"]
    uow.facts.clear()
    watch_terms(uow)
    lapse_unclear(uow)
    assert uow.facts == []


def test_an_erasure_leaves_the_answer_and_nobody_beside_it(citizen, clerk, uow_in, read):
    place_of(asked(citizen))
    page = taken(clerk)
    said = {"words": "Струва осем хиляди.", "topic": "Ремонт на покрива", "is_public": "y"}
    assert act(clerk, page, "answered", **said).status_code == 303
    with uow_in(VILLAGE) as uow:
        assert export(uow, citizen.person_id)["information_requests"][0]["words"] == WORDS
        erase(uow, citizen.person_id)
        [row] = uow.session.query(InformationRequest)
        assert (row.person_id, row.applicant, row.words) == (None, "", None)
        assert row.topic == "Ремонт на покрива"
        assert export(uow, citizen.person_id)["information_requests"] == []


def test_an_answer_for_one_person_goes_with_who_asked(citizen, clerk, uow_in):
    place_of(asked(citizen))
    page = taken(clerk)
    said = {"words": "Уважаема Гражданинова, няма такава.", "topic": "Покрив"}
    assert act(clerk, page, "refused", **said).status_code == 303
    with uow_in(VILLAGE) as uow:
        erase(uow, citizen.person_id)
        [row] = uow.session.query(InformationRequest)
        assert (row.answer, row.topic) == ("", "Покрив")


def test_who_opens_a_request_is_seen_by_who_sent_it(citizen, clerk):
    place_of(asked(citizen))
    clerk.get(case_on_desk(clerk))
    assert "Отговаря на Вашето искане за информация" in citizen.get("/personaldata/looks").text


def test_others_are_refused(citizen, editor, sign_in, clerk):
    own = place_of(asked(citizen))
    page = case_on_desk(clerk)
    assert editor.get(page).status_code == 403
    assert sign_in(NEIGHBOUR, Role.REGISTRY_CLERK).get(page).status_code == 404
    assert sign_in(VILLAGE).get(own).status_code == 404


def test_numbers_are_given_without_gap_or_double(app, switched_on):
    """Eight senders at once."""
    numbers, barrier = [], Barrier(8)

    def send():
        with app.app_context():
            scope = scope_named(VILLAGE)
            with open_uow(scope, Principal.system("test")) as uow:
                barrier.wait()
                told = InformationWords(kind="data", words=WORDS)
                numbers.append(send_request(uow, told, request_id=uuid4()).sequence)

    threads = [Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 9))
