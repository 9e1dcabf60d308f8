"""The register of dogs: decisions write into it, a chip finds its keeper, money follows the dog."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from obshto.billing.charges.kinds import add_kind
from obshto.modules.eservices.models import Dog, DogEntry, Keeping, Offer
from obshto.modules.eservices.notifications import keeper_of_dog, vaccination
from obshto.modules.eservices.privacy import erase, export
from obshto.modules.eservices.services.case_actions import take_case
from obshto.modules.eservices.services.case_queries import case_of
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.decisions import issue_document
from obshto.modules.eservices.services.dogs.duties import (
    bills_of,
    charge_dogs,
    due_cents,
    due_on,
)
from obshto.modules.eservices.services.dogs.queries import dog_by_chip, keeping_of, keepings_of
from obshto.modules.eservices.services.dogs.reminders import remind_of_vaccinations
from obshto.modules.eservices.services.drafts import draft_at, start_draft
from obshto.modules.eservices.services.retention import forget_old_dogs
from obshto.modules.eservices.services.submission import send_application
from obshto.platform.clock import today
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
CHIP, KIND = "100000000000123", "448013"
HERE = "с. Раковица, община Горно село, област Видин"
PENA = {
    **{"acting_as": "self", "applicant_id_kind": "egn", "applicant_id": "0307159274"},
    **{"applicant_name": "Пена Иванова Пробова", "phone": "+359888123456"},
    **{"address_settlement": HERE, "address_street": "ул. „Първа“ № 1"},
    **{"email": "pena@villages.example", "delivery": "office", "truth": '["yes"]'},
}
IVAN = {**PENA, "applicant_id": "0402299282", "applicant_name": "Иван Примеров Пробов", "email": ""}
SHARO = {"dog_name": "Шаро", "chip": CHIP}
NEW = {
    **{"event": "register", "sex": "male", "acquired": "2026-01-05", "passport": "П-1"},
    **{"rabies": "2026-01-10", "neutered": "no", "kept_settlement": HERE, "kept_street": "1"},
}
SOLD = {
    **{"event": "transfer", "event_date": "2026-04-10", "owner_name": "Иван Примеров Пробов"},
    **{"owner_settlement": HERE, "owner_street": "ул. „Втора“ № 2", "owner_egn": "0402299282"},
}
CLERK = UUID(int=77)


class Register:
    """Applications about a dog are sent and decided, as a citizen and a clerk do."""

    def __init__(self, app, offered):
        self.app = app

    def open_uow(self, principal=None, slug=VILLAGE):
        return open_uow(scope_named(slug), principal or Principal.system("test"))

    def decide(self, answers, *, by=None, who=PENA):
        with self.app.app_context():
            with self.open_uow(by) as uow:
                ref = start_draft(uow, catalogue_services()["dog"], request_id=uuid4())
                draft = draft_at(uow, ref)
                draft.keep({**who, **SHARO, **answers})
                uow.session.flush()
                case = send_application(uow, ref, expected_version=draft.version)
                case_id = case.id
            with self.open_uow(Principal.system("clerk")) as uow:
                case = case_of(uow, case_id, to_change=True)
                take_case(uow, case, expected_version=case.version)
                uow.session.flush()
                issue_document(uow, case, {}, expected_version=case.version)
        return case_id

    def ask(self, question, slug=VILLAGE):
        with self.app.app_context(), self.open_uow(slug=slug) as uow:
            return question(uow)

    def dog(self):
        def read(uow):
            if dog := dog_by_chip(uow, CHIP):
                uow.session.refresh(dog, ("chip",))  # which no list loads
            return dog

        return self.ask(read)

    def price(self, cents=1200):
        def put(uow):
            add_kind(uow, code=KIND, title="Такса за куче", request_id=UUID(int=8))
            offer = uow.session.scalars(select(Offer).where(Offer.service == "dog")).one()
            offer.fee_cents, offer.fee_kind = cents, KIND

        self.ask(put)

    def older(self, years=1):
        """The dog was entered a year before: its first year, which is free, is over."""

        def put(uow):
            dog = dog_by_chip(uow, CHIP)
            dog.entered_on = date(today().year - years, 1, 5)

        self.ask(put)


@pytest.fixture
def register(app, offered):
    return Register(app, offered)


def keepers(uow):
    dog = dog_by_chip(uow, CHIP)
    return [
        (k.read()["name"], k.since, k.until, k.is_declared, k.number_index is not None)
        for k in keepings_of(uow, dog)
    ]


def test_a_decision_enters_the_dog_under_the_number_of_its_application(register, owner):
    case_id = register.decide(NEW)
    dog = register.dog()
    number = register.ask(lambda uow: case_of(uow, case_id).number)
    assert (dog.register_no, dog.state, dog.chip) == (number, "here", CHIP)
    assert (dog.vaccinated_on, dog.vaccinate_by) == (date(2026, 1, 10), date(2027, 1, 10))
    assert register.ask(keepers) == [("Пена Иванова Пробова", date(2026, 1, 5), None, True, True)]
    lying = owner("select chip, answers from t_gorno_selo.eservices_dog")
    lying += owner("select answers from t_gorno_selo.eservices_keeping")
    kept = b"".join(bytes(part) for row in lying for part in row)
    assert CHIP.encode() not in kept and "Пена".encode() not in kept


def test_what_happens_to_a_dog_alters_its_row(register):
    register.decide(NEW)
    register.decide({"event": "lost", "event_date": "2026-02-01", "lost_place": "до реката"})
    assert register.dog().state == "lost"
    register.decide({"event": "found", "event_date": "2026-02-02"})
    assert register.dog().state == "here"
    register.decide({"event": "vaccination", "rabies": "2026-11-20"})
    register.decide({"event": "vaccination", "rabies": "2025-03-01"})  # told late: it counts less
    assert register.dog().vaccinate_by == date(2027, 11, 20)
    register.decide({"event": "death", "event_date": "2026-11-21"})
    dog = register.dog()
    assert (dog.state, dog.ended_on) == ("dead", date(2026, 11, 21))
    assert register.ask(keepers)[0][2] == date(2026, 11, 21)
    entries = register.ask(lambda uow: uow.session.scalars(select(DogEntry.name)).all())
    assert sorted(entries) == sorted(
        ["register", "lost", "found", "vaccination", "vaccination", "death"]
    )


def test_a_transfer_closes_one_duty_and_opens_the_other(register):
    register.decide(NEW)
    register.decide(SOLD)
    sold = date(2026, 4, 10)
    assert register.ask(keepers) == [
        ("Иван Примеров Пробов", sold, None, False, True),
        ("Пена Иванова Пробова", date(2026, 1, 5), sold, True, True),
    ]
    register.decide({**NEW, "acquired": "2026-04-10"}, who=IVAN)
    assert register.ask(keepers)[0] == ("Иван Примеров Пробов", sold, None, True, True)
    assert len(register.ask(keepers)) == 2


def test_a_new_owner_who_was_not_told_of_declares_and_keeps_it(register):
    register.decide(NEW)
    register.decide({**NEW, "acquired": "2026-06-01"}, who=IVAN)
    assert [(k[0], k[2]) for k in register.ask(keepers)] == [
        ("Иван Примеров Пробов", None),
        ("Пена Иванова Пробова", date(2026, 6, 1)),
    ]


def test_a_dog_that_moves_to_another_municipality_leaves_the_register(register):
    register.decide(NEW)
    elsewhere = "гр. Монтана, община Монтана, област Монтана"
    register.decide({**SOLD, "owner_settlement": elsewhere})
    assert register.dog().state == "gone"
    assert [k[2] for k in register.ask(keepers)] == [date(2026, 4, 10)]


@pytest.mark.parametrize(
    ("changed", "year", "cents"),
    [
        ({}, 2027, 1200),
        ({}, 2026, 0),  # the first year after it is entered is free
        ({"since": date(2027, 4, 10)}, 2027, 900),
        ({"since": date(2027, 12, 31)}, 2027, 100),
        ({"since": date(2028, 1, 1)}, 2027, 0),
        ({"until": date(2026, 12, 31)}, 2027, 0),
        ({"exempt": "hunting"}, 2027, 0),
        ({"is_neutered": True}, 2027, 0),
    ],
)
def test_what_is_owed_for_a_year(changed, year, cents):
    dog = Dog(entered_on=date(2026, 5, 1), is_neutered=changed.pop("is_neutered", False))
    told = {"since": date(2026, 4, 1), "until": None, "exempt": "", **changed}
    assert due_cents(dog, Keeping(**told), year, 1200) == cents


def test_it_is_due_by_the_end_of_march_or_a_month_after_somebody_got_it():
    assert due_on(Keeping(since=date(2026, 4, 1)), 2027) == date(2027, 3, 31)
    assert due_on(Keeping(since=date(2027, 4, 10)), 2027) == date(2027, 5, 10)
    assert due_on(Keeping(since=date(2027, 1, 10)), 2027) == date(2027, 3, 31)


def test_the_fee_is_asked_for_once_a_year_and_the_owner_sees_it(register, citizen, owner):
    register.decide(NEW, by=Principal(person_id=citizen.person_id, name="Пена Пробова"))
    register.price()
    register.ask(charge_dogs)
    assert owner("select count(*) from t_gorno_selo.billing_charge") == [(0,)]  # the free year
    register.older()
    register.ask(lambda uow: setattr(keeping_of(uow, dog_by_chip(uow, CHIP)), "charged_year", 1))
    for _ in range(2):
        register.ask(charge_dogs)
    assert owner("select cents, purpose from t_gorno_selo.billing_charge") == [
        (1200, line_of(register))
    ]
    page = citizen.get("/eservices/dogs")
    assert "Шаро" in page.text and "Платете таксата" in page.text
    path = re.search(r'href="(/pay/[^"]+)"', page.text)[1]
    assert citizen.get(path).status_code == 200
    register.decide({"event": "fee", "exempt": "hunting"})
    bills = register.ask(lambda uow: bills_of(uow, keepings_of(uow, dog_by_chip(uow, CHIP))))
    assert bills == {}
    assert "Ловно куче" in citizen.get("/eservices/dogs").text


def line_of(register):
    number = register.dog().register_no
    return f"Такса за притежаване на куче за {today().year} г., № в регистъра {number}"


def test_a_keeper_hears_before_a_vaccination_lapses_once(register, owner):
    register.decide(NEW)
    told = "select count(*) from t_gorno_selo.audit_entry where act like '%vaccination-nearing'"

    def lapses_in(days):
        def put(uow):
            dog_by_chip(uow, CHIP).vaccinate_by = today() + timedelta(days=days)

        register.ask(put)

    lapses_in(20)
    register.ask(remind_of_vaccinations)
    assert owner(told) == [(0,)]
    lapses_in(10)
    for _ in range(2):
        register.ask(remind_of_vaccinations)
    assert owner(told) == [(1,)]

    def letter(uow):
        fact = {"subject_id": str(dog_by_chip(uow, CHIP).id)}
        return [reader.email for reader in keeper_of_dog(uow, fact)], vaccination(uow, fact)

    readers, (subject, body) = register.ask(letter)
    assert readers == ["pena@villages.example"]
    assert "Шаро" not in body and "Пена" not in body and CHIP not in body
    assert "/eservices/dogs" in body and subject


def test_a_clerk_with_a_found_dog_finds_who_keeps_it_and_writes(register, clerk, owner):
    register.decide(NEW)
    register.decide({"event": "lost", "event_date": "2026-02-01", "lost_place": "до реката"})
    wrong = clerk.press("/console/eservices/dogs", to="/find", chip="123")
    assert wrong.status_code == 422 and "15 цифри" in wrong.text and 'value="123"' in wrong.text
    unknown = clerk.press("/console/eservices/dogs", to="/find", chip="9" * 15)
    assert "Няма куче с този микрочип" in unknown.text
    found = clerk.press("/console/eservices/dogs", to="/find", chip="100 000 000 000 123")
    assert found.status_code == 303 and CHIP not in found.location
    path = re.search(r"/console/eservices/dogs/[0-9a-f-]{36}", found.location)[0]
    page = clerk.get(path)
    assert "Шаро" in page.text and "Пена" not in page.text
    asleep = clerk.post(f"{path}/brought", {"request_id": uuid4(), "words": "При кметството"})
    assert asleep.status_code in (403, 404, 409)
    assert clerk.press(path, to="/look", purpose="stray").status_code == 303
    assert "Пена Иванова Пробова" in clerk.get(path).text
    request_id = uuid4()
    for _ in range(2):
        sent = clerk.post(f"{path}/brought", {"request_id": request_id, "words": "При кметството"})
        assert sent.status_code == 303, sent.text
    assert register.dog().state == "here"
    brought = "select count(*) from t_gorno_selo.eservices_dog_entry where name = 'brought'"
    assert owner(brought) == [(1,)]
    assert "търсим собственика" in clerk.get(path).text


def test_a_dog_of_one_village_does_not_exist_in_the_other(register, sign_in, walking):
    register.decide(NEW)
    dog = register.dog()
    assert register.ask(lambda uow: dog_by_chip(uow, CHIP), NEIGHBOUR) is None
    stranger = sign_in(NEIGHBOUR, *walking.everyone, name="Чужд", email="c@v.example")
    path = f"/console/eservices/dogs/{dog.id}"
    assert stranger.get(path).status_code == 404
    told = {"request_id": uuid4(), "purpose": "stray", "words": "Тук"}
    assert stranger.post(f"{path}/look", told).status_code == 404
    assert stranger.post(f"{path}/brought", told).status_code == 404
    assert (
        "Няма куче с този микрочип"
        in stranger.press("/console/eservices/dogs", to="/find", chip=CHIP).text
    )


def test_somebody_elses_dog_is_on_nobodys_page_but_theirs(register, citizen, sign_in):
    register.decide(NEW, by=Principal(person_id=citizen.person_id, name="Пена Пробова"))
    other = sign_in(VILLAGE, name="Друг", email="d@v.example")
    assert "Шаро" in citizen.get("/eservices/dogs").text
    page = other.get("/eservices/dogs")
    assert "Шаро" not in page.text and "Няма куче на Ваше име" in page.text


def test_a_keeper_reads_who_opened_the_entry_and_the_list_is_no_look(
    register, citizen, clerk, owner
):
    register.decide(NEW, by=Principal(person_id=citizen.person_id, name="Пена Пробова"))
    looks = "select purpose, kinds from t_gorno_selo.purposes_look"
    assert "Шаро" in clerk.get("/console/eservices/dogs").text and owner(looks) == []
    path = f"/console/eservices/dogs/{register.dog().id}"
    for _ in range(2):
        assert "Пена" not in clerk.get(path).text
    assert owner(looks) == [("dog-entry", ["property"])]
    told = citizen.get("/personaldata/looks").text
    assert "Отваря записа за кучето Ви" in told and "Куче" in told


def test_a_keeper_takes_it_along_and_is_forgotten(register, citizen):
    me = citizen.person_id
    register.decide(NEW, by=Principal(person_id=me, name="Пена Пробова"))
    (told,) = register.ask(lambda uow: export(uow, me)["dogs"])
    assert told["chip"] == CHIP and told["keeper"]["name"] == "Пена Иванова Пробова"
    register.ask(lambda uow: erase(uow, me))
    assert register.ask(lambda uow: export(uow, me)["dogs"]) == []
    assert register.dog() is not None  # the duty of the law stays, under nobody's account


def test_what_ended_long_ago_goes(register, owner):
    register.decide(NEW)
    register.decide({"event": "death", "event_date": "2026-11-21"})
    register.ask(forget_old_dogs)
    assert register.dog() is not None

    def long_ago(uow):
        dog = dog_by_chip(uow, CHIP)
        dog.ended_on = date(2015, 1, 1)
        for keeping in keepings_of(uow, dog):
            keeping.since = keeping.until = date(2015, 1, 1)

    register.ask(long_ago)
    register.ask(forget_old_dogs)
    assert register.dog() is None
    assert owner("select count(*) from t_gorno_selo.eservices_dog_entry") == [(0,)]


def test_a_clerk_sees_that_the_applicant_does_not_keep_the_dog(register, clerk, owner):
    register.decide(NEW)
    case_id = register.decide({"event": "fee", "exempt": "hunting"}, who=IVAN)
    assert clerk.press(f"/console/eservices/{case_id}", to="/look", purpose="control")
    assert "Заявителят не е вписаният собственик" in clerk.get(f"/console/eservices/{case_id}").text
