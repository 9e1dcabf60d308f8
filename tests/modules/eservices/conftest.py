"""A village that offers services, a citizen with a profile, two clerks."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import text
from support.designer_pages import Design

from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms, change_offer, offers
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.people.roles import STAFF_ROLES

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
OFFERED = frozenset({"1997", "1998", "2071", "2082", "2112", "2119", "dog", "2069"})
ANSWERS = {
    "acting": {"acting_as": "self"},
    "identity": {
        "applicant_id_kind": "egn",
        "applicant_name": "Пена Иванова Пробова",
        "applicant_id": "0307159274",
    },
    "address": {
        "address_settlement": "с. Раковица, община Макреш, област Видин",
        "address_street": "ул. „Първа“ № 1",
    },
    "contact": {"phone": "0888 123 456", "email": ""},
    "before": {"before_whom": "банка"},
    "delivery": {"delivery": "office"},
}


@pytest.fixture
def offered(house, migrator, app, memory):
    """Both villages have the module on and offer the services of these tests online."""

    def write():
        with migrator.begin() as connection:
            connection.execute(text("UPDATE shared.tenant SET modules = '{news,eservices}'"))
        with app.app_context():
            for slug in (VILLAGE, NEIGHBOUR):
                with open_uow(scope_named(slug), Principal.system("test")) as uow:
                    offer_all(uow)

    memory.of_first("offered", write)


def offer_all(uow):
    terms = Terms(is_online=True, fee_cents=250, official="Проба Подписваща")
    for key in OFFERED.difference(offers(uow)):
        change_offer(uow, catalogue_services()[key], terms, expected_version=UNWRITTEN)


@pytest.fixture
def citizen(offered, sign_in):
    return sign_in(VILLAGE, name="Пена Пробова", email="pena@villages.example")


@pytest.fixture
def clerk(offered, sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Веска Деловодна", email="v@v.example")


@pytest.fixture
def colleague(offered, sign_in):
    return sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Гошо Колегов", email="g@v.example")


class Visitor:
    """Somebody without a profile, with the few words of a signed-in browser."""

    def __init__(self, client, base):
        self.client, self.base = client, base

    def get(self, path, **kw):
        return self.client.get(path, base_url=self.base, **kw)

    def post(self, path, data=None, **kw):
        return self.client.post(path, data=data or {}, base_url=self.base, **kw)


@pytest.fixture
def visitor(offered, client, at):
    return Visitor(client, at(VILLAGE))


def seen_on(page):
    """The version that a page carries."""
    return re.search(r'name="expected_version"[^>]* value="(-?\d+)"', page.text)[1]


def begin(person, service="1998", request_id=None):
    """Begin an application; the answer is the part of the address that names it."""
    answer = person.post(f"/eservices/{service}/start", {"request_id": request_id or uuid4()})
    assert answer.status_code == 303, answer.text
    return re.search(r"/eservices/drafts/([^/]+)/", answer.location)[1]


def fill(person, ref, pages=ANSWERS, **changed):
    """Answer page after page, as the redirects lead."""
    for page, typed in pages.items():
        path = f"/eservices/drafts/{ref}/{page}"
        shown = person.get(path)
        assert shown.status_code == 200, (page, shown.status_code)
        typed = {name: changed.get(name, value) for name, value in typed.items()}
        answer = person.post(path, {**typed, "expected_version": seen_on(shown)})
        assert answer.status_code == 303, answer.text
    return answer


def send(person, ref):
    """Send what stands there; the answer leads to the receipt."""
    check = person.get(f"/eservices/drafts/{ref}")
    assert check.status_code == 200
    return person.post(f"/eservices/drafts/{ref}/send", {"expected_version": seen_on(check)})


@pytest.fixture
def sent(citizen):
    """The id of a case that the citizen sent."""
    ref = begin(citizen)
    fill(citizen, ref)
    return re.search(r"/eservices/cases/([0-9a-f-]{36})/receipt", send(citizen, ref).location)[1]


@pytest.fixture
def taken(clerk, sent):
    """The same, taken by the clerk."""
    assert clerk.press(f"/console/eservices/{sent}", to="/take").status_code == 303
    return sent


class Walking:
    """The steps of an application, for the tests."""

    answers, everyone = ANSWERS, STAFF_ROLES
    begin, fill, send, seen_on = map(staticmethod, (begin, fill, send, seen_on))

    @staticmethod
    def visitor(app, base):
        client = app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        return Visitor(client, base)

    @staticmethod
    def twin(person):
        """The same session in another browser tab, with a client of its own."""
        twin = Walking.visitor(person.app, person.base)
        cookie = person.client.get_cookie("session", domain=f"{person.slug}.localhost")
        twin.client.set_cookie("session", cookie.value, domain=f"{person.slug}.localhost")
        return twin


@pytest.fixture
def walking():
    return Walking


@pytest.fixture
def designer(offered, sign_in):
    return sign_in(VILLAGE, Role.SECRETARY, name="Сийка Секретарова", email="s@v.example")


@pytest.fixture
def hall(designer, walking):
    """A service with a condition, a fee and a term of its own, ready to be published."""
    design = Design(designer, walking)
    design.about()
    use = design.step("Кога и за какво")
    design.ask(use, "За какво Ви трябва залата?", "radios", options="Тренировка\nТържество")
    design.ask(use, "Дата на ползване", "date")
    more = design.step("Още за тържеството")
    design.ask(more, "Колко души ще дойдат?", "number", when0="za_kakvo_vi_triabva_zalata=a2")
    design.ask(more, "Отговорник", "person", purpose="да знаем кой отговаря за реда")
    design.ask(more, "Ще пазя реда", "declaration", options="Ще пазя реда и имуществото.")
    design.save(
        "terms", rule="apk_general", own_days="5", own_kind="workdays", fee="12,50", official="Кмет"
    )
    design.save("letters", issued="Ключът се взима от портиера.")
    return design
