"""The designer's first hour: from nothing to a published service, applied for and issued.

And an upgrade of a service of the region that one mayor refuses: who made it sees who and why.
"""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import g
from playwright.sync_api import expect

from obshto.modules.eservices.services.catalogue import object_id_of, service_of
from obshto.modules.eservices.services.design import designs
from obshto.modules.eservices.services.design.demonstration import household_service
from obshto.modules.eservices.services.design.inheritance import watch_versions
from obshto.modules.eservices.services.design.regional import bring_regional, come_by_date
from obshto.platform.clock import today
from obshto.platform.permissions import Role
from obshto.platform.search.services import index
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import appoint_in_region, find_municipality, scope_named, session_behind

pytestmark = pytest.mark.browser
VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
OWN = "/console/eservices/own"
SERVICE = "Разрешение за сергия на събора"
SURE = Principal.system("test")


@pytest.fixture
def host(site):
    for slug in (VILLAGE, NEIGHBOUR):
        site.switch_to(slug, ["news", "eservices"])
    yield site.at(VILLAGE)
    for slug in (VILLAGE, NEIGHBOUR):
        site.switch_to(slug, ["news"])


def said(page):
    return expect(page.locator("main"))


def keep(page, **typed):
    """Fill in the boxes of a page by their names, and save."""
    for name, value in typed.items():
        box = page.locator(f"[name={name}]")
        if value is True:
            box.check()
        elif box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    page.get_by_role("button", name="Запазете", exact=True).click()
    said(page).to_contain_text("Хората ще го видят, когато публикувате")


def design(page, host):
    """A service of one step, by the links of its page alone; its key in the catalogue."""
    page.goto(f"{host}{OWN}")
    page.get_by_role("button", name="Нова услуга").click()
    page.get_by_label("Как се казва услугата?").fill(SERVICE)
    page.get_by_role("button", name="Започнете").click()
    said(page).to_contain_text("Напишете на какво основание")
    change = page.get_by_role("link", name=re.compile("^Променете"))
    change.filter(has_text="За услугата").click()
    keep(page, law="Наредба за събора, чл. 4")
    page.get_by_role("button", name="Добавете стъпка").click()
    keep(page, title="Сергията")
    page.get_by_role("link", name="Добавете въпрос").click()
    keep(page, label="Какво ще продавате?", kind="radios", options="Храна\nИграчки")
    page.get_by_role("link", name="Добавете въпрос").click()
    keep(page, label="Колко метра Ви трябват?", kind="number")
    follow(page, host, change)
    page.get_by_role("button", name="Публикувайте").click()
    page.get_by_label("Какво е новото в тази версия?").fill("Първа")
    page.get_by_role("button", name="Публикувайте").click()
    said(page).to_contain_text("версия 1")
    return page.get_by_role("link", name="Вижте я в каталога").get_attribute("href")


def follow(page, host, change):
    """What follows after sending: speeds, the open register, who receives it."""
    change.filter(has_text="Срок и такса").click()
    keep(page, fee="10", fast_fee="20", fast_days="2", fee_article="Тарифа", official="Кмет")
    change.filter(has_text="Публичен регистър").click()
    page.get_by_label("Какво ще продавате?").check()
    keep(page, law="Наредба за събора, чл. 9")
    page.get_by_role("link", name="Добавете отдел или роля").click()
    page.get_by_label("Кой получава заявлението").select_option(label="деловодител")
    page.get_by_role("button", name="Запазете", exact=True).click()
    said(page).to_contain_text("всички останали заявления")


ANSWERS = (
    {"acting_as": "self"},
    {"applicant_id_kind": "egn", "applicant_name": "Пена Пробова", "applicant_id": "0307159274"},
    {"address_settlement": "с. Раковица, община Макреш, област Видин", "address_street": "Първа 1"},
    {"phone": "0888 123 456"},
    {"kakvo_shte_prodavate": "a2", "kolko_metra_vi_triabvat": "3"},
    {"delivery": "office"},
)


def apply(page, host, path):
    """As the pages lead, from the catalogue to the number."""
    page.goto(f"{host}{path}")
    said(page).to_contain_text("Бърза: 20,00 €, до 2 дни")
    page.get_by_role("button", name="Започнете заявлението").click()
    page.get_by_role("button", name="Продължете").click()
    for answers in ANSWERS:
        for name, value in answers.items():
            boxes = page.locator(f"[name={name}]")
            if boxes.first.get_attribute("type") == "radio":
                page.locator(f"[name={name}][value={value}]").check()
            else:
                boxes.fill(value)
        page.get_by_role("button", name="Запазете и продължете").click()
    page.get_by_label(re.compile("Бърза")).check()
    page.get_by_role("button", name="Продължете").click()
    said(page).to_contain_text("в публичния регистър всеки ще вижда")
    page.get_by_role("button", name="Подайте заявлението").click()
    said(page).to_contain_text("Подадохте заявлението")


def issue(page, host):
    page.goto(f"{host}/console/eservices/")
    page.get_by_role("row").filter(has_text=SERVICE).get_by_role("link").first.click()
    page.get_by_role("button", name="Поемете заявлението").click()
    page.get_by_role("button", name="Издайте документа").click()
    page.locator("[name=decision_text]").fill("Сергия № 4 е Ваша.")
    page.get_by_role("button", name="Прегледайте документа").click()
    page.get_by_role("button", name="Издайте документа").click()
    said(page).to_contain_text("Документът е издаден")


def test_from_nothing_to_an_issued_document_in_an_hour(person, host):
    secretary = person(Role.SECRETARY)
    path = design(secretary, host)
    citizen = person()
    apply(citizen, host, path)
    issue(person(Role.REGISTRY_CLERK), host)
    citizen.goto(f"{host}{path}")
    citizen.get_by_role("link", name="Публичен регистър на издадените документи").click()
    said(citizen).to_contain_text("Играчки")
    expect(citizen.locator("main")).not_to_contain_text("Пробова")


class Region:
    """What its jobs do: the index of each village, the hourly look of the other one."""

    def __init__(self, site):
        self.site = site

    def work(self, slug, *acts):
        with self.site.app.app_context(), open_uow(scope_named(slug), SURE) as uow:
            g.modules = find_municipality(slug).modules  # as a worker knows them
            for act in acts:
                act(uow)
                uow.session.flush()
            for row in designs.designs(uow):
                if row.published:
                    found = object_id_of(service_of(uow, row.key))
                    index(uow, part="eservices", object_id=str(found))
            uow.commit()

    def hour(self):
        self.work(NEIGHBOUR)
        self.work(VILLAGE, watch_versions, bring_regional, come_by_date)


def begin(uow):
    design = household_service() | {"approvals": []}
    row = designs.start_design(uow, design, request_id=UUID(int=7))
    uow.session.flush()
    designs.publish_design(uow, row, "Първа", expected_version=row.version)


@pytest.fixture
def specialist(site, visit):
    """Of the region's team, inside the municipality where its services are made."""
    token = site.token(NEIGHBOUR, Role.ADMIN, name="Десислава Митова")
    with site.app.app_context():
        appoint_in_region(session_behind(token).person_id, Role.OPERATOR)
    return visit(js=False, phone=False, cookies=[site.cookie(NEIGHBOUR, token)])


def name_day(page):
    day = today() + timedelta(days=10)
    for at, value in enumerate((day.day, day.month, day.year)):
        page.locator("[name=due_on]").nth(at).fill(str(value))


SHARED = "Удостоверение за доход на домакинство"


@pytest.fixture
def offered(site, host, specialist):
    """One service that the region publishes: the page of it, on which who made it stands."""
    region = Region(site)
    region.work(NEIGHBOUR, begin)
    specialist.goto(f"{site.at(NEIGHBOUR)}{OWN}")
    specialist.get_by_role("link", name=SHARED).click()
    home = specialist.url.partition("?")[0]
    specialist.get_by_role("link", name="Публикувайте я за цялата област").click()
    name_day(specialist)
    specialist.get_by_role("button", name="Запазете").click()
    said(specialist).to_contain_text("Областта я публикува за всички общини")
    region.hour()
    return region, home


def publish_again(page, home):
    page.goto(f"{home}/letters")
    keep(page, sent="Ще Ви пишем.")
    page.get_by_role("button", name="Публикувайте").click()
    page.get_by_label("Какво е новото в тази версия?").fill("Писмо")
    name_day(page)
    page.get_by_role("button", name="Публикувайте").click()
    said(page).to_contain_text("версия 2")


def agree(page, host):
    page.goto(f"{host}/console/eservices/inherited")
    page.get_by_role("link", name=SHARED).click()
    page.get_by_role("button", name="Приемете новата версия").click()
    said(page).to_contain_text("Новата версия е публикувана")


def refuse(page, host):
    page.goto(f"{host}/console/eservices/inherited")
    said(page).to_contain_text("чака версия 2")
    page.get_by_role("link", name=SHARED).click()
    said(page).to_contain_text("влиза в сила сама на")
    page.get_by_role("link", name="Откажете я").click()
    page.locator("textarea").fill("Нямаме кой да праща писма")
    page.get_by_role("button", name="Откажете версията").click()
    said(page).to_contain_text("Оставате с версията, която е тук")


def test_a_mayor_refuses_an_upgrade_and_the_map_says_so(host, offered, specialist, person):
    region, home = offered
    mayor = person(Role.MAYOR)
    agree(mayor, host)
    publish_again(specialist, home)
    region.hour()
    refuse(mayor, host)
    region.hour()
    specialist.goto(f"{home}/takers")
    row = specialist.get_by_role("row").filter(has_text="Горно село")
    expect(row).to_contain_text("отказана версия 2")
    expect(row).to_contain_text("Нямаме кой да праща писма")
