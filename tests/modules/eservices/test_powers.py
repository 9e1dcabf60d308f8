"""Power of attorney: shown once, checked once, used for others until it ends."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import update
from support.designer_pages import NEIGHBOUR, VILLAGE, text

from obshto.modules.eservices.models import PowerOfAttorney
from obshto.modules.eservices.privacy import erase, export
from obshto.modules.eservices.services.powers.endings import empty_old_powers, end_due_powers
from obshto.platform.clock import today
from obshto.platform.permissions import Role
from obshto.platform.privacy.restrictions import place_restriction
from obshto.platform.purposes.services import looks_at
from obshto.platform.purposes.subjects import Subject

DESK = "/console/eservices/powers"
GRANNY = {
    "applicant_id_kind": "egn",
    "applicant_name": "Гена Пробова Примерова",
    "applicant_id": "0905249370",
    "email": "gena@villages.example",
}
TOLD = {
    **GRANNY,
    "representative_name": "Пена Иванова Пробова",
    "representative_egn": "0307159274",
    "poa_number": "418",
    "poa_date": ["1", "11", "2026"],
    "scope": "all",
    "until": ["", "", ""],
}
STATE = "select state, ended_how from t_gorno_selo.eservices_power"


@pytest.fixture
def granny(offered, sign_in):
    return sign_in(VILLAGE, name="Гена Примерова", email="gena@villages.example")


def change(uow_in, **values):
    with uow_in(VILLAGE) as uow:
        uow.session.execute(update(PowerOfAttorney).values(values))
        uow.commit()


def photo():
    stream = BytesIO()
    Image.new("RGB", (600, 400), "white").save(stream, "JPEG")
    stream.seek(0)
    return stream


def register(person, **typed):
    """Send one; the answer names its page."""
    data = {**TOLD, "request_id": uuid4(), **typed}
    if "shows_original" not in data:
        data["file"] = (photo(), "poa.jpg")
    return person.post("/eservices/powers/new", data, content_type="multipart/form-data")


def of(answer):
    assert answer.status_code == 303, text(answer)
    return re.search(r"/powers/([0-9a-f-]{36})", answer.location)[1]


@pytest.fixture
def sent_power(citizen):
    return of(register(citizen))


@pytest.fixture
def accepted(citizen, clerk, granny, sent_power):
    assert clerk.press(f"{DESK}/{sent_power}", to="/accept").status_code == 303
    return sent_power


def start(person, power, service="1998"):
    data = {"request_id": uuid4(), "power": power}
    answer = person.post(f"/eservices/{service}/start", data)
    return re.search(r"/eservices/drafts/([^/]+)/", answer.location)[1]


def filled(person, walking, power):
    """A draft for who gave it, ready to be sent; name and numbers stand there by themselves."""
    ref = start(person, power)
    pages = {name: walking.answers[name] for name in ("address", "contact", "before", "delivery")}
    walking.fill(person, ref, pages)
    for page in ("acting", "identity", "representative"):
        shown = person.get(f"/eservices/drafts/{ref}/{page}")
        assert shown.status_code == 200
    return ref


def test_checked_once_and_then_chosen_for_each_application(
    citizen, clerk, granny, accepted, walking, uow_in, owner
):
    assert "Гена Пробова Примерова, по пълномощно" in text(citizen.get("/eservices/1998/start"))
    ref = filled(citizen, walking, accepted)
    check = text(citizen.get(f"/eservices/drafts/{ref}"))
    assert "От името на Гена Пробова Примерова" in check and "418" in check
    case = re.search(r"cases/([0-9a-f-]{36})", walking.send(citizen, ref).location)[1]
    assert "От името на Гена Пробова Примерова" in text(citizen.get(f"/eservices/cases/{case}"))
    clerk.press(f"/console/eservices/{case}", to="/take")
    desk = text(clerk.get(f"/console/eservices/{case}"))
    assert "Подава пълномощник" in desk and "Гена Пробова Примерова" in desk
    with uow_in(VILLAGE) as uow:
        hers_alone = Subject(person_id=granny.person_id, email=GRANNY["email"])
        mine = looks_at(uow, hers_alone)
        assert {look.purpose for look in uow.session.scalars(mine)} == {"power-check", "working"}
        [given] = export(uow, granny.person_id)["powers_given"]
        [held] = export(uow, citizen.person_id)["powers_held"]
    assert given["with"] == TOLD["representative_name"] and held["with"] == GRANNY["applicant_name"]
    assert given["applications"] == held["applications"] != []
    hers = text(granny.get(f"/eservices/powers/{accepted}"))
    assert given["applications"][0] in hers and "Веска Деловодна" in hers
    assert TOLD["representative_egn"] not in hers
    assert "Пена Иванова Пробова" not in text(citizen.get("/eservices/1998/start")), "not her own"


def test_her_own_next_application_knows_nothing_of_who_she_represents(
    citizen, accepted, walking, clerk
):
    walking.send(citizen, filled(citizen, walking, accepted))
    ref = walking.begin(citizen)
    assert "0905249370" not in text(citizen.get(f"/eservices/drafts/{ref}"))


def test_one_that_was_withdrawn_meanwhile_is_refused_and_nothing_is_lost(
    citizen, granny, accepted, walking, owner
):
    ref = filled(citizen, walking, accepted)
    assert granny.press(f"/eservices/powers/{accepted}/withdraw").status_code == 303
    assert owner(STATE) == [("ended", "represented")]
    check = citizen.get(f"/eservices/drafts/{ref}")
    assert "вече не важи" in text(check)
    seen = {"expected_version": walking.seen_on(check)}
    refused = citizen.post(f"/eservices/drafts/{ref}/send", seen)
    assert refused.status_code == 422 and "Попълненото е запазено" in text(refused)
    assert "ул. „Първа“ № 1" in text(refused)
    page = f"/eservices/drafts/{ref}/for-whom"
    seen = {"expected_version": walking.seen_on(citizen.get(page))}
    assert citizen.post(page, {"power": "", **seen}).status_code == 303
    check = text(citizen.get(f"/eservices/drafts/{ref}"))
    assert "Гена" not in check and "ул. „Първа“ № 1" in check
    assert owner("select count(*) from t_gorno_selo.eservices_case") == [(0,)]


def test_it_covers_the_chosen_services_and_ends_by_its_day(
    citizen, clerk, walking, owner, uow_in, granny
):
    until = today() + timedelta(days=5)
    power = of(
        register(
            citizen,
            scope="some",
            services=["2082"],
            until=[str(until.day), str(until.month), str(until.year)],
        )
    )
    clerk.press(f"{DESK}/{power}", to="/accept")
    assert "по пълномощно" not in text(citizen.get("/eservices/1998/start"))
    assert "по пълномощно" in text(citizen.get("/eservices/2082/start"))
    change(uow_in, until=today() - timedelta(days=3))
    assert "по пълномощно" not in text(citizen.get("/eservices/2082/start"))
    with uow_in(VILLAGE) as uow:
        end_due_powers(uow)
        uow.commit()
    assert owner(STATE) == [("ended", "term")]
    assert "Срокът му изтече" in text(citizen.get(f"/eservices/powers/{power}"))


def test_the_number_of_somebody_else_is_not_sent_under_it(citizen, accepted, walking, owner):
    ref = filled(citizen, walking, accepted)
    page = f"/eservices/drafts/{ref}/identity"
    typed = {**walking.answers["identity"], "expected_version": walking.seen_on(citizen.get(page))}
    assert citizen.post(page, typed).status_code == 303
    check = citizen.get(f"/eservices/drafts/{ref}")
    seen = {"expected_version": walking.seen_on(check)}
    refused = citizen.post(f"/eservices/drafts/{ref}/send", seen)
    assert refused.status_code == 422 and "не е този от пълномощно" in text(refused)


def test_a_better_copy_is_asked_for_and_a_refusal_says_why(citizen, clerk, sent_power, owner):
    page = f"{DESK}/{sent_power}"
    empty = clerk.press(page, to="/reply", answer="copy")
    assert empty.status_code == 422 and "Напишете текста" in text(empty)
    clerk.press(page, to="/reply", answer="copy", words="Печатът не се чете.")
    mine = citizen.get(f"/eservices/powers/{sent_power}")
    assert "Печатът не се чете." in text(mine)
    version = re.search(r'name="expected_version"[^>]* value="(\d+)"', mine.text)[1]
    data = {"expected_version": version, "file": (photo(), "better.jpg")}
    again = citizen.post(
        f"/eservices/powers/{sent_power}", data, content_type="multipart/form-data"
    )
    assert again.status_code == 303 and owner(STATE) == [("waiting", "")]
    clerk.press(page, to="/reply", answer="refuse", words="Подписът не е заверен.")
    assert owner(STATE) == [("refused", "")]
    assert "Подписът не е заверен." in text(citizen.get(f"/eservices/powers/{sent_power}"))
    assert "по пълномощно" not in text(citizen.get("/eservices/1998/start"))


def test_faults_are_told_at_their_fields_and_the_rest_stays(citizen, owner):
    wrong = {"applicant_id": "123", "poa_date": ["1", "1", "2090"], "scope": "some"}
    answer = register(citizen, shows_original="", **wrong)
    said = text(answer)
    assert answer.status_code == 422 and "Гена Пробова Примерова" in answer.text
    for sentence in (
        "ЕГН има 10 цифри и нищо друго",
        "Датата на пълномощното не може да е в бъдещето",
        "Изберете поне една услуга",
        "Изберете файл или отметнете",
    ):
        assert sentence in said, sentence
    disguised = {"file": (BytesIO(b"MZ not a paper"), "poa.pdf"), "shows_original": ""}
    assert register(citizen, **disguised).status_code == 422
    assert owner("select count(*) from t_gorno_selo.eservices_power") == [(0,)]


def test_an_original_is_accepted_at_the_counter_and_used_there(
    clerk, granny, offered, owner, walking
):
    enter = {**TOLD, "request_id": uuid4(), "seen": "y"}
    for _twice in range(2):
        power = of(clerk.post(f"{DESK}/enter", enter, content_type="multipart/form-data"))
    assert owner(f"{STATE}") == [("accepted", "")]
    number = re.search(r"Пълномощно (\d{4}-\d{5})", text(clerk.get(f"{DESK}/{power}")))[1]
    begun = {"service": "1998", "channel": "counter", "request_id": uuid4()}
    wrong = clerk.post("/console/eservices/enter", {**begun, "power": "2020-00001"})
    assert wrong.status_code == 422 and "Няма пълномощно с този номер" in text(wrong)
    answer = clerk.post("/console/eservices/enter", {**begun, "power": number})
    ref = re.search(r"/enter/([^/]+)/", answer.location)[1]
    assert "Гена Пробова Примерова" in text(clerk.get(f"/console/eservices/enter/{ref}"))
    assert number in text(granny.get("/eservices/powers"))


def test_nobody_checks_their_own_and_clerks_look_on_record(clerk, citizen, sent_power, owner):
    listed = text(clerk.get(DESK))
    assert "Гена" not in listed and "0905249370" not in listed
    found = clerk.press(DESK, to="/find", text="0905249370")
    assert "0905249370" not in found.location
    assert sent_power in clerk.get(found.location).text
    looks = "select count(*) from t_gorno_selo.purposes_look where purpose = 'power-check'"
    assert owner(looks) == [(0,)]
    clerk.get(f"{DESK}/{sent_power}")
    assert owner(looks) == [(1,)]
    own = of(register(clerk))
    shown = clerk.get(f"{DESK}/{own}")
    assert "Проверява го друг служител" in text(shown) and "/accept" not in shown.text
    version = {"expected_version": 1}
    assert clerk.post(f"{DESK}/{own}/accept", version).status_code == 403
    assert citizen.get(DESK).status_code == 403


def test_strangers_and_neighbours_reach_none_of_it(citizen, accepted, sign_in, walking, granny):
    page = f"/eservices/powers/{accepted}"
    other = sign_in(VILLAGE, name="Друг Човек", email="other@villages.example")
    there = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK, name="Съсед", email="s@n.example")
    for who in (other, there):
        for path in (page, f"{page}/file", f"{page}/withdraw"):
            assert who.get(path).status_code == 404, path
        ref = start(who, accepted)
        assert "Гена" not in text(who.get(f"/eservices/drafts/{ref}"))
    for path in ("", "/file"):
        assert there.get(f"{DESK}/{accepted}{path}").status_code == 404
    assert there.post(f"{DESK}/{accepted}/accept", {"expected_version": 1}).status_code == 404
    assert accepted not in there.get(f"{DESK}?list=accepted").text


def test_a_restriction_of_either_binds_the_check(clerk, citizen, sent_power, uow_in, owner):
    with uow_in(VILLAGE) as uow:
        who = Subject(person_id=citizen.person_id)
        place_restriction(uow, who, case_id=uuid4(), number="1")
        uow.commit()
    version = {"expected_version": 1}
    assert clerk.post(f"{DESK}/{sent_power}/accept", version).status_code in (403, 422)
    assert owner(STATE) == [("waiting", "")]


def test_what_stays_after_erasure_and_after_its_years(
    citizen, granny, accepted, walking, uow_in, owner
):
    walking.send(citizen, filled(citizen, walking, accepted))
    with uow_in(VILLAGE) as uow:
        erase(uow, citizen.person_id)
        erase(uow, granny.person_id)
        uow.commit()
    assert owner(STATE) == [("ended", "erased")]
    held = "select representative_id, represented_id, file_id is null from t_gorno_selo."
    assert owner(f"{held}eservices_power") == [(None, None, False)]
    change(uow_in, ended_on=today() - timedelta(days=1900))
    with uow_in(VILLAGE) as uow:
        empty_old_powers(uow)
        uow.commit()
    assert owner(f"{held}eservices_power") == [(None, None, True)]
    assert owner("select is_emptied, number_index from t_gorno_selo.eservices_power") == [
        (True, None)
    ]
