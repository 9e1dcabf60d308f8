"""What a designer says of the life of a case: speeds, who receives it, register, how long kept."""

import html
import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from support.designer_pages import NEIGHBOUR, VILLAGE, carried, text

from obshto.modules.eservices.models import Case, PublishedAct
from obshto.modules.eservices.notifications import who_may_take
from obshto.modules.eservices.privacy import export
from obshto.modules.eservices.services.retention import empty_old_cases
from obshto.platform.clock import now
from obshto.platform.permissions import Role

QUEUE = "/console/eservices/"
TRAINING = {
    "step-1": {"za_kakvo_vi_triabva_zalata": "a1", "data_na_polzvane": ["12", "1", "2027"]},
    "step-2": {
        "otgovornik-0-name": "Пена Иванова Пробова",
        "otgovornik-0-egn": "0307159274",
        "shte_pazia_reda": "a1",
    },
}
SPEEDS = {"fast_fee": "25", "fast_days": "3", "express_fee": "40,50", "express_days": "1"}


def answers(walking, place=None, **own):
    known = {name: walking.answers[name] for name in ("acting", "identity", "address", "contact")}
    if place:
        known["address"] = {**known["address"], "address_settlement": place}
    return {**known, **own, "delivery": {"delivery": "office"}}


def apply(person, walking, key, place=None, **own):
    """The id of a case of the hall that somebody sent."""
    ref = walking.begin(person, key)
    walking.fill(person, ref, answers(walking, place, **(own or TRAINING)))
    if "/speed" in (asked := person.get(f"/eservices/drafts/{ref}")).text:
        assert "Скорост" in text(asked)
    return re.search(r"cases/([0-9a-f-]{36})", walking.send(person, ref).location)[1]


def refused(design, part, **typed):
    return text(design.save(part, status=422, **typed))


def test_each_speed_has_a_term_and_a_fee(hall, citizen, designer, walking, owner, sign_in):
    assert "Въведете и срок, и такса" in refused(hall, "terms", fast_fee="25")
    late = {"own_days": "", "fast_fee": "25", "fast_days": "14"}
    assert "Обикновената услуга е до 14 дни" in refused(hall, "terms", **late)
    wrong = SPEEDS | {"express_days": "4"}
    assert "Бързата услуга е до 3 дни" in refused(hall, "terms", **wrong)
    assert "сума с цифри" in refused(hall, "terms", **SPEEDS | {"express_fee": "много"})
    hall.save("terms", **SPEEDS)
    file = json.loads(designer.get(f"{hall.path}/file").data)
    assert file["design"]["offer"]["speeds"] == {
        "fast": {"days": 3, "cents": 2500},
        "express": {"days": 1, "cents": 4050},
    }
    there = sign_in(NEIGHBOUR, Role.SECRETARY, name="Съсед", email="s@n.example")
    answer = carried(there, json.dumps(file).encode())
    taken = there.get(f"{answer.location.partition('?')[0]}/terms").text
    assert 'value="40,50"' in taken
    hall.publish()
    page = text(citizen.get(f"/eservices/{hall.key}"))
    assert "Бърза: 25,00 €, до 3 дни" in page and "Експресна: 40,50 €, до 1 ден" in page
    ref = walking.begin(citizen, hall.key)
    assert walking.fill(citizen, ref, answers(walking, **TRAINING)).location.endswith("/speed")
    shown = citizen.get(f"/eservices/drafts/{ref}/speed")
    assert "Експресна: до" in text(shown)
    seen = {"speed": "express", "expected_version": walking.seen_on(shown)}
    assert citizen.post(f"/eservices/drafts/{ref}/speed", seen).status_code == 303
    walking.send(citizen, ref)
    [(cents, speed)] = owner("select fee_cents, speed from t_gorno_selo.eservices_case")
    assert (cents, speed) == (4050, "express")


@pytest.fixture
def offices(hall, designer, clerk, colleague):
    """Two offices of the village, each with one clerk."""
    for name, person in (("Кметство Изток", clerk), ("Кметство Запад", colleague)):
        made = {"name": name, "services": ["1997"], "members": [person.person_id]}
        path = "/console/eservices/departments/new"
        assert designer.post(path, made | {"request_id": uuid4()}).status_code == 303
    return hall


@pytest.fixture
def villages(migrator):
    """Two villages of the municipality, one of the neighbour."""
    insert = (
        "INSERT INTO shared.settlement (ekatte, municipality, kind, names, is_seat, sort_key)"
        " VALUES ('{0}', '{1}', 'село', '{{\"bg\": \"{2}\", \"en\": \"{2}\"}}', false, '{2}')"
    )
    rows = (("90001", VILLAGE, "Изток"), ("90002", VILLAGE, "Запад"), ("90003", NEIGHBOUR, "Долно"))
    with migrator.begin() as connection:
        for row in rows:
            connection.exec_driver_sql(insert.format(*row))
    yield
    with migrator.begin() as connection:
        connection.exec_driver_sql("DELETE FROM shared.settlement")


def places(design):
    shown = html.unescape(design.person.get(f"{design.path}/destinations/new").text)
    return re.findall(r'value="address_settlement=([^"]+)"', shown)


def test_it_goes_to_the_office_of_the_place_or_by_an_answer(
    villages, offices, citizen, clerk, colleague, designer, walking, uow_in
):
    hall = offices
    assert [place.partition(",")[0] for place in places(hall)] == ["с. Запад", "с. Изток"]
    first = places(hall)[1]
    hall.save(
        "destinations/new", to="office:Кметство Изток", answers=[f"address_settlement={first}"]
    )
    hall.save(
        "destinations/new", to="role:finance_officer", answers=["za_kakvo_vi_triabva_zalata=a2"]
    )
    hall.save("destinations/new", to="office:Кметство Запад")
    shown = text(hall.page)
    assert "Кметство Изток" in shown and first in shown and "всички останали заявления" in shown
    hall.publish()
    east = apply(citizen, walking, hall.key, first)
    west = apply(citizen, walking, hall.key)
    key = hall.key
    for person, mine, other in ((clerk, east, west), (colleague, west, east)):
        page = person.get(QUEUE).text
        assert mine in page and other not in page
        assert person.get(f"{QUEUE}{mine}").status_code == 200
        assert person.get(f"{QUEUE}{other}").status_code == 404
        with uow_in(VILLAGE) as uow:
            told = who_may_take(uow, {"service": key, "subject_id": mine})
        assert set(told) == {person.person_id, designer.person_id}, "the head hears of everything"
    assert "Кметство Изток" in text(designer.get(QUEUE))
    assert "Насочено към" in text(clerk.get(f"{QUEUE}{east}"))
    nobody_hands_it_over(clerk, colleague, east)


def test_it_goes_to_the_office_of_the_place_within_an_address_that_is_asked(
    villages, offices, citizen, clerk, colleague, walking
):
    hall = offices
    hall.ask("step-1", "Адрес на обекта", "address", purpose="да знаем къде е")
    shown = hall.person.get(f"{hall.path}/destinations/new")
    within = r'value="(adres_na_obekta\.0\.settlement=[^"]+)"'
    _west, east = re.findall(within, html.unescape(shown.text))
    assert "„Адрес на обекта: Населено място“: с. Изток" in text(shown)
    hall.save("destinations/new", to="office:Кметство Изток", answers=[east])
    hall.save("destinations/new", to="office:Кметство Запад")
    assert "„Адрес на обекта: Населено място“ е „с. Изток" in text(hall.page)
    hall.publish()
    address = {"settlement": east.partition("=")[2], "street": "ул. „Втора“ 2"}
    typed = {f"adres_na_obekta-0-{name}": said for name, said in address.items()}
    own = {**TRAINING, "step-1": TRAINING["step-1"] | typed}
    case = apply(citizen, walking, hall.key, **own)
    assert case in clerk.get(QUEUE).text and case not in colleague.get(QUEUE).text
    assert hall.press("/move/question/adres_na_obekta", way="remove").status_code == 303
    assert "„Кметство Изток“ получава по въпрос, който вече го няма." in text(hall.page)


def nobody_hands_it_over(clerk, colleague, case):
    """To somebody who may not see it."""
    assert clerk.press(f"{QUEUE}{case}", "/take").status_code == 303
    assert str(colleague.person_id) not in clerk.get(f"{QUEUE}{case}/hand-over").text
    bulk = {"case": f"{case}.2", "act": "hand", "to": str(colleague.person_id)}
    answer = clerk.post(f"{QUEUE}bulk?list=mine", bulk | {"request_id": uuid4()})
    assert "some-refused" in answer.location


def test_where_nobody_is_all_who_work_on_it_receive_it(offices, citizen, clerk, walking, owner):
    hall = offices
    hall.save("destinations/new", to="role:finance_officer")
    hall.publish()
    case = apply(citizen, walking, hall.key)
    assert owner("select goes_to from t_gorno_selo.eservices_case") == [("",)]
    assert case not in clerk.get(QUEUE).text, "their department works on another service"


def test_a_receiver_that_is_wrong_is_said_in_words(offices, designer, walking):
    hall = offices
    assert "Изберете отдел или роля" in refused(hall, "destinations/new", to="")
    assert "Изберете отговор от списъка" in refused(hall, "destinations/new", to="office:Чужд")
    hall.save("destinations/new", to="office:Кметство Изток")
    hall.save("destinations/new", to="office:Кметство Запад")
    assert "следващите правила никога не важат" in text(hall.page)
    assert hall.save("publish", status=422, note="Опит")
    assert hall.press("/move/destination/0", way="remove").status_code == 303
    hall.publish()


def test_a_file_with_an_office_that_is_not_here_is_not_published(offices, designer, sign_in):
    hall = offices
    hall.save("destinations/new", to="office:Кметство Изток")
    content = designer.get(f"{hall.path}/file").data
    there = sign_in(NEIGHBOUR, Role.SECRETARY, name="Съсед", email="s@n.example")
    path = carried(there, content).location.partition("?")[0]
    answer = there.press(f"{path}/publish", note="Първа")
    assert answer.status_code == 422 and "го няма тук" in text(answer)


@pytest.fixture
def open_register(hall):
    """The hall shows what it is for and the decision, by a law."""
    fields = ["za_kakvo_vi_triabva_zalata", "decision_text"]
    hall.save("register", fields=fields, law="Наредба за спортните имоти, чл. 20")
    return hall


def issue(clerk, walking, case, words="Залата е Ваша."):
    assert clerk.press(f"{QUEUE}{case}", to="/take").status_code == 303
    shown = clerk.get(f"{QUEUE}{case}/issue")
    typed = {"decision_text": words, "expected_version": walking.seen_on(shown), "confirmed": "1"}
    assert clerk.post(f"{QUEUE}{case}/issue", typed).status_code == 303


def test_what_a_register_may_not_show_is_not_offered_and_needs_a_law(hall, designer):
    page = designer.get(f"{hall.path}/register").text
    assert 'value="data_na_polzvane"' in page
    for private in ("applicant_id", "phone", "address_street", "otgovornik"):
        assert f'value="{private}"' not in page, private
    wrong = {"fields": ["data_na_polzvane"], "law": ""}
    assert "Напишете закона" in refused(hall, "register", **wrong)
    assert "от списъка" in refused(hall, "register", fields=["otgovornik"], law="Закон")


def test_the_register_shows_the_chosen_answers_alone(
    open_register, citizen, clerk, visitor, walking, owner, uow_in
):
    hall = open_register
    hall.publish()
    page = f"/eservices/{hall.key}/register"
    assert "Още няма издадени документи" in text(visitor.get(page))
    ref = walking.begin(citizen, hall.key)
    walking.fill(citizen, ref, answers(walking, **TRAINING))
    assert "в публичния регистър всеки ще вижда" in text(citizen.get(f"/eservices/drafts/{ref}"))
    case = re.search(r"cases/([0-9a-f-]{36})", walking.send(citizen, ref).location)[1]
    issue(clerk, walking, case)
    shown = text(visitor.get(page))
    assert "Тренировка" in shown and "Залата е Ваша." in shown and "чл. 20" in shown
    assert "Пробова" not in shown and "12.01.2027" not in shown and "0888" not in shown
    assert page in visitor.get(f"/eservices/{hall.key}").text
    with uow_in(VILLAGE) as uow:
        [told] = export(uow, citizen.person_id)["application_register"]
        assert told["shown"]["decision_text"] == "Залата е Ваша."
    fewer = {"fields": ["za_kakvo_vi_triabva_zalata"], "law": "Наредба, чл. 20"}
    hall.save("register", **fewer)
    hall.publish("Решението не е публично")
    again = text(visitor.get(page))
    assert "Тренировка" in again and "Залата е Ваша." not in again, "at once, of older ones too"
    hall.save("register", fields=[], law="")
    hall.publish("Няма регистър")
    assert visitor.get(page).status_code == 404


def test_a_correction_takes_out_of_the_register_what_it_took_out_of_the_document(
    open_register, citizen, clerk, visitor, walking
):
    hall = open_register
    hall.publish()
    case = apply(citizen, walking, hall.key)
    issue(clerk, walking, case, "Залата е на Иван.")
    path = f"{QUEUE}{case}/correction"
    shown = clerk.get(path)
    lines = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", shown.text, re.S)[1])
    typed = {"text": lines.replace("Иван", "Стоян").strip(), "reason": "Сгрешено име"}
    answer = clerk.press(path, **typed)
    if answer.status_code == 200:
        answer = clerk.press(path, **typed, confirmed="1")
    page = text(visitor.get(f"/eservices/{hall.key}/register"))
    assert "Иван" not in page and "Тренировка" in page


def test_it_is_kept_for_its_own_time_and_the_calendar_names_the_law(
    open_register, citizen, clerk, visitor, walking, sign_in, uow_in, migrator
):
    hall = open_register
    assert "по кой закон" in refused(hall, "terms", keep_years="10")
    hall.save("terms", keep_years="10", keep_law="ЗСч, чл. 12")
    hall.publish()
    assert "10 години (ЗСч, чл. 12)" in text(visitor.get(f"/eservices/{hall.key}"))
    with migrator.begin() as connection:
        connection.exec_driver_sql("UPDATE shared.tenant SET modules = modules || '{retention}'")
    admin = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER)
    assert "10 години" in (page := text(admin.get("/console/retention/"))) and "ЗСч, чл. 12" in page
    assert "ЗСч" in admin.get("/console/retention/calendar.csv").data.decode("utf-8-sig")
    case = apply(citizen, walking, hall.key)
    issue(clerk, walking, case)
    for years, left in ((6, 1), (11, 0)):
        with uow_in(VILLAGE) as uow:
            row = uow.session.query(Case).one()
            row.ended_at = now() - timedelta(days=366 * years)
            uow.session.flush()
            empty_old_cases(uow)
            uow.session.flush()
            assert uow.session.query(PublishedAct).count() == left
            assert row.is_emptied is not bool(left)


@pytest.mark.parametrize("part", ["destinations/new", "destinations/0", "register"])
def test_only_a_designer_of_this_municipality_sets_it(open_register, clerk, sign_in, part):
    hall = open_register
    hall.save("destinations/new", to="role:registry_clerk")
    assert clerk.get(f"{hall.path}/{part}").status_code == 403
    stranger = sign_in(NEIGHBOUR, Role.SECRETARY)
    assert stranger.get(f"{hall.path}/{part}").status_code == 404
    assert hall.person.get(f"{hall.path}/destinations/7").status_code == 404
