"""Pages of personal data: who looked, why, a request and its answer, by each way there is."""

import json
import re
from dataclasses import replace
from uuid import uuid4

import pytest

from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.services.codes import proof_of
from obshto.modules.personaldata.services.copies import assemble_copy
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.notify.subscribers import Wishes, subscribe_person
from obshto.platform.permissions import Role
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
PATH, DESK = "/personaldata", "/console/personaldata"
EMAIL = "grazhdaninova@villages.example"
WORDS = "Какво пазите за имота ми?"


@pytest.fixture
def citizen(sign_in):
    return sign_in(VILLAGE, name="Проба Гражданинова", email=EMAIL)


@pytest.fixture
def officer(sign_in):
    return sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")


@pytest.fixture
def clerk(sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Деловодителка")


@pytest.fixture
def reported(sign_in, citizen, clerk):
    """A report of the citizen whose sender the clerk looked up."""
    admin = sign_in(VILLAGE, Role.ADMIN)
    assert admin.press("/console/tenants/reports", to="/on").status_code == 303
    typed = {"words": "Не свети", "place": "до чешмата", "name": "Проба Гражданинова"}
    where = "/reports/new/tell?kind=lamp&settlement="
    assert citizen.post(where, {**typed, "request_id": uuid4()}).status_code == 303
    found = re.search(r"/console/reports/([0-9a-f-]{36})", clerk.get("/console/reports/").text)[1]
    said = {"purpose": "contact", "request_id": uuid4()}
    assert clerk.post(f"/console/reports/{found}/look", said).status_code == 303


def sent(person, kind="access", **changed):
    typed = {"words": WORDS, "name": "Проба Гражданинова", "behalf": "", "request_id": uuid4()}
    return person.post(f"{PATH}/new/{kind}", {**typed, **changed})


def place_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


def act(person, path, to="", **typed):
    page = person.get(path).text
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]
    return person.post(f"{path}{to}", {"expected_version": version, **typed})


def taken(officer):
    found = re.search(rf"{DESK}/([0-9a-f-]{{36}})", officer.get(f"{DESK}/").text)[1]
    desk = f"{DESK}/{found}"
    assert act(officer, desk, "/take").status_code == 303
    return desk


def test_a_man_finds_a_look_asks_why_and_is_answered(citizen, reported, officer, clerk):
    page = citizen.get(f"{PATH}/looks").text
    assert "деловодител" in page and "Свързва се с подателя" in page and "Сигнал 20" in page
    assert "Деловодителка" not in page
    why = re.search(rf'action="({PATH}/looks/[0-9a-f-]+/why)"', page)[1]
    case = place_of(citizen.post(why, {}))
    assert place_of(citizen.post(why, {})) == case, "pressed twice it is one question"
    assert "ще отговорим" in citizen.get(case).text
    desk = taken(officer)
    assert "Деловодителка" in officer.get(desk).text
    said = "Обадила се е за адреса на лампата."
    assert act(officer, f"{desk}/answer", words=said).status_code == 303
    assert said in citizen.get(case).text and said in citizen.get(f"{case}/letter").text
    page = citizen.get(f"{PATH}/looks").text
    assert "Попитахте защо" in page
    assert "Отговаря на Вашето искане" in page, "the officer's own look stands there too"


def test_the_list_is_narrowed_to_a_section_and_empty_ones_say_so(citizen, reported):
    assert "Свързва се" in citizen.get(f"{PATH}/looks?part=reports").text
    page = citizen.get(f"{PATH}/looks?part=eservices").text
    assert "Тук никой не е гледал данните Ви" in page
    assert "Свързва се" in citizen.get(f"{PATH}/looks?part=ghost").text


def test_the_account_leads_there(citizen):
    page = citizen.get("/account").text
    assert f'href="{PATH}/looks"' in page and f'href="{PATH}/consents"' in page


def test_another_persons_look_case_and_copy_do_not_exist(citizen, reported, sign_in):
    case = place_of(sent(citizen))
    page = citizen.get(f"{PATH}/looks").text
    why = re.search(rf'action="({PATH}/looks/[0-9a-f-]+/why)"', page)[1]
    for village in (VILLAGE, NEIGHBOUR):
        other = sign_in(village, name="Проба Друга")
        assert other.post(why, {}).status_code == 404
        assert other.get(case).status_code == 404
        assert other.get(f"{case}/copy").status_code == 404
        assert "Свързва се" not in other.get(f"{PATH}/looks").text


def test_the_copy_is_put_together_and_taken_by_its_person(citizen, officer, uow_in):
    case = place_of(sent(citizen))
    assert sent(citizen).location.endswith("said=personaldata.same")
    assert "Поискахте същото още веднъж" in citizen.get(case).text
    desk = taken(officer)
    assert act(officer, desk, "/assemble").status_code == 303
    with uow_in(VILLAGE) as uow:
        assemble_copy(uow, case_id=desk.rpartition("/")[2])
        uow.commit()
    assert "Изтеглете копието" in citizen.get(case).text
    answer = citizen.get(f"{case}/copy")
    assert answer.headers["Cache-Control"] == "private, no-store"
    told = json.loads(answer.data)
    assert told["data_requests"][0]["words"] == WORDS and told["profile"]["name"]


def test_without_an_account_it_is_confirmed_from_the_e_mail(client, at, officer, uow_in):
    def post(path, **typed):
        return client.post(path, data=typed, base_url=at(VILLAGE))

    typed = {"words": WORDS, "name": "Проба", "behalf": "", "request_id": uuid4()}
    answer = post(f"{PATH}/new/access", **typed)
    assert answer.status_code == 422
    assert "Напишете имейла си" in answer.text and WORDS in answer.text
    case = place_of(post(f"{PATH}/new/access", **typed, email="a@villages.example"))
    assert "Без това то отпада" in client.get(case, base_url=at(VILLAGE)).text
    assert WORDS not in officer.get(f"{DESK}/?list=all").text
    with uow_in(VILLAGE) as uow:
        row = uow.session.query(DataRequest).one()
        stolen = f"{PATH}/confirm/{row.id}/{'1' * 20}"
        link = f"{PATH}/confirm/{row.id}/{proof_of(row.request_id)}"
    assert client.get(stolen, base_url=at(VILLAGE)).status_code == 404
    assert "Потвърдете искането" in client.get(link, base_url=at(VILLAGE)).text
    assert place_of(post(link)) == case
    typed |= {"request_id": uuid4(), "email": "A@villages.example"}
    again = post(f"{PATH}/new/access", **typed)
    assert place_of(again) == f"{PATH}/", "who types somebody's address learns no code"
    desk = taken(officer)
    refused = act(officer, f"{desk}/answer", words="Ето всичко")
    assert refused.status_code == 422
    assert "Първо отбележете" in refused.text and "Ето всичко" in refused.text


def test_at_the_counter_a_request_gets_a_slip_and_opens_by_number_and_code(clerk, client, at):
    typed = {"kind": "correction", "channel": "counter", "identified": "card", "words": WORDS}
    typed |= {"name": "Проба", "behalf": "", "request_id": uuid4()}
    slip = place_of(clerk.post(f"{DESK}/enter", typed))
    assert place_of(clerk.post(f"{DESK}/enter", typed)) == slip
    text = clerk.get(slip).text
    code = re.sub(r"\s", "", re.search(r"(?:\d{4}\s){4}\d{4}", text)[0])
    number = re.search(r"20\d\d-\d{5}", text)[0]
    typed = {"number": number, "code": code, "request_id": uuid4()}
    answer = client.post(f"{PATH}/follow", data=typed, base_url=at(VILLAGE))
    assert WORDS in client.get(place_of(answer), base_url=at(VILLAGE)).text
    wrong = client.post(f"{PATH}/follow", data={**typed, "code": "1" * 20}, base_url=at(VILLAGE))
    assert wrong.status_code == 422 and "Няма такова искане" in wrong.text


def test_a_clerk_prints_it_for_who_stands_there_and_that_is_recorded(
    clerk, citizen, reported, owner, caplog
):
    typed = {"email": EMAIL, "request_id": uuid4()}
    refused = clerk.post(f"{DESK}/print", typed)
    assert refused.status_code == 422 and "личната карта" in refused.text
    paper = place_of(clerk.post(f"{DESK}/print", {**typed, "is_checked": "y"}))
    page = clerk.get(paper).text
    looks = "select by_id from t_gorno_selo.purposes_look where purpose = 'print'"
    assert owner(looks) == [(clerk.person_id,)]
    assert "without a recorded look" not in caplog.text
    assert "Свързва се с подателя" in page and "Отпечата на гише" in page
    assert "Отпечата на гише" in citizen.get(f"{PATH}/looks").text
    nobody = clerk.post(f"{DESK}/print", {"is_checked": "y", "request_id": uuid4()})
    assert nobody.status_code == 422 and "Въведете ЕГН, имейл или телефон" in nobody.text


def test_a_consent_is_withdrawn_at_once_with_a_receipt(citizen, uow_in):
    with uow_in(VILLAGE) as uow:
        wishes = Wishes(topics=("notices:water",), places=())
        subscribe_person(uow, citizen.person_id, EMAIL, wishes, expected_version=0)
        uow.commit()
    page = citizen.get(f"{PATH}/consents").text
    way = re.search(rf'action="({PATH}/consents/notify/[0-9a-f-]+/withdraw)"', page)[1]
    press = {"request_id": re.search(r'name="request_id" value="([^"]+)"', page)[1]}
    receipt = place_of(citizen.post(way, press))
    assert place_of(citizen.post(way, press)) == receipt
    assert "Искам да получавам писма" in citizen.get(receipt).text
    assert "Това е разписката" in citizen.get(receipt).text
    assert "Не сте дали съгласие" in citizen.get(f"{PATH}/consents").text


def test_the_mayor_sees_numbers_and_no_request(citizen, sign_in, clerk, officer):
    case = place_of(sent(citizen)).rpartition("/")[2]
    mayor, editor = sign_in(VILLAGE, Role.MAYOR), sign_in(VILLAGE, Role.EDITOR)
    page = mayor.get(f"{DESK}/numbers").text
    assert "Копие и сведения за данните ми" in page and "Гражданинова" not in page
    for person in (mayor, editor, clerk):
        for path in ("/", f"/{case}", f"/{case}/answer", f"/{case}/letter"):
            assert person.get(f"{DESK}{path}").status_code == 403, path
    assert editor.get(f"{DESK}/print").status_code == editor.get(f"{DESK}/enter").status_code == 403
    assert mayor.get(f"{DESK}/print").status_code == 403
    assert officer.get(f"{DESK}/{case}").status_code == 200


def test_beside_a_form_stands_where_one_reads_what_becomes_of_it(client, at, citizen, reported):
    page = client.get("/reports/new/tell?kind=lamp&settlement=", base_url=at(VILLAGE)).text
    assert '/privacy#reports"' in page
    assert "/privacy#" not in client.get("/reports/", base_url=at(VILLAGE)).text, "no form there"
    told = client.get("/privacy", base_url=at(VILLAGE)).text
    assert 'id="reports"' in told and "АПК" in told and "една година" in told
    assert f'href="{PATH}/looks"' in told


def test_a_page_that_shows_nobodys_data_gains_no_statement(statements_of, citizen, officer):
    for person, path in ((citizen, "/contact"), (officer, "/console/news/"), (citizen, "/")):
        person.get(path)
        heard = statements_of(lambda person=person, path=path: person.get(path))
        assert not [one for one in heard if "purposes_look" in one or "personaldata" in one], path


def test_a_first_look_is_one_question_and_two_rows_and_then_the_question_alone(
    statements_of, citizen, officer
):
    for kind in ("access", "correction"):
        place_of(sent(citizen, kind))
    found = re.findall(rf"{DESK}/[0-9a-f-]{{36}}", officer.get(f"{DESK}/").text)
    warm, new = dict.fromkeys(found)
    officer.get(warm)
    first, again = (statements_of(lambda: officer.get(new)) for _ in range(2))
    asked = ("SELECT", "purposes_look")
    assert [told for one in first if (told := of_a_look(one))] == [
        asked,
        ("INSERT", "purposes_look"),
        ("INSERT", "audit_entry"),
    ]
    assert [told for one in again if (told := of_a_look(one))] == [asked]
    assert len(first) == len(again) + 3, "the two rows, and how else who has an account is known"


def of_a_look(statement):
    """Its verb and table, where it is one of those that record a look."""
    tables = ("purposes_look", "audit_entry")
    return next(((statement.split()[0], one) for one in tables if one in statement), None)


def test_the_timeline_asks_no_more_for_more_looks(citizen, statements_of, uow_in):
    def count(number):
        with uow_in(VILLAGE) as uow:
            for _ in range(number):
                opened = Opened(
                    part="reports", object_id=uuid4(), subject=Subject(person_id=citizen.person_id)
                )
                look(uow, opened, Purpose(word="contact", kinds=(DataKind.NAME,), ground="чл. 6"))
            uow.commit()
        heard = statements_of(lambda: citizen.get(f"{PATH}/looks"))
        return len(heard)

    few, many = count(2), count(30)
    assert few == many <= 12
    assert "page=2" in citizen.get(f"{PATH}/looks").text


def test_somebody_of_the_regions_team_inside_is_told_apart(citizen, uow_in, sign_in):
    with uow_in(VILLAGE) as uow:
        who = Principal(person_id=sign_in(VILLAGE).person_id, name="Проба Област")
        opened = Opened(
            part="reports", object_id=uuid4(), subject=Subject(person_id=citizen.person_id)
        )
        purpose = Purpose(word="contact", kinds=(DataKind.NAME,), ground="чл. 6")
        look(replace(uow, principal=who), opened, purpose)
        uow.commit()
    assert "специалист от ИТ екипа" in citizen.get(f"{PATH}/looks").text


def test_the_kinds_of_data_are_said_in_the_language_of_the_page(client, at):
    for language, words in (("en", "what you wrote"), ("ro", "nume")):
        page = client.get(f"/{language}/privacy", base_url=at(VILLAGE)).text
        assert words in page and "написаното от Вас" not in page
