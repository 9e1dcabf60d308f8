"""From „what do I need“ to a document in the hand: a citizen without a profile, and a clerk."""

import re

import pytest
from playwright.sync_api import expect

from obshto.platform.permissions import Role

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
PLACE = "с. Раковица, община Макреш, област Видин"
WHO = {
    "applicant_name": "Пена Иванова Пробова",
    "applicant_id": "0307159274",
    "address_street": "ул. „Първа“ № 1",
    "phone": "0888 123 456",
    "before_whom": "банка",
    "address_settlement": PLACE,
}
CHOSEN = {"acting_as": "self", "applicant_id_kind": "egn", "delivery": "office"}


@pytest.fixture
def villages(site):
    site.switch(VILLAGE)
    site.fill(VILLAGE)
    return site


def answer(page, typed=WHO, chosen=CHOSEN):
    """Page after page until the answers are to be checked: whatever a page asks is answered."""
    for _ in range(20):
        page.wait_for_load_state()  # what is counted below must be there
        title = page.locator("h1").inner_text()
        if title == "Проверка на отговорите":
            return
        if title == "Документи":  # they are shown at the counter
            page.get_by_role("button", name="Продължете към проверката").click()
            expect(page.locator("h1")).to_have_text("Проверка на отговорите")
            continue
        for name, value in chosen.items():
            if page.locator(f"input[name={name}]").count():
                page.locator(f"input[name={name}][value={value}]").check()
        for name, value in typed.items():
            parts = value if isinstance(value, (list, tuple)) else [value]
            for field, part in zip(page.locator(f"[name={name}]").all(), parts, strict=False):
                field.fill(part)
        with page.expect_navigation():
            page.get_by_role("button", name="Запазете и продължете").click()
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
    raise AssertionError("the questions do not end")


def clerk_of(visit, site, slug, token=None):
    token = token or site.token(slug, Role.REGISTRY_CLERK, name="Веска Деловодна")
    return visit(phone=False, cookies=[site.cookie(slug, token)])


def take_newest(page, host, number):
    """Find it in the queue by its number, and take it."""
    page.goto(f"{host}/console/eservices/")
    page.get_by_label("Номер, име, ЕГН, ЕИК, телефон или услуга").fill(number)
    page.get_by_role("button", name="Покажете").click()
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="Поемете заявлението").click()
    expect(page.locator("main")).to_contain_text("Заявлението вече е Ваше")


def entry_number(page):
    """The number that the receipt tells."""
    return re.search(r"20\d\d-\d{5}", page.locator("main").inner_text())[0]


def test_a_grandmother_gets_her_certificate_with_a_neighbours_phone(visit, villages):
    """Nothing of hers stays on the phone: the code is enough to ask how it goes."""
    host, phone = villages.at(VILLAGE), visit()
    phone.goto(f"{host}/eservices/1998/start")
    phone.get_by_role("button", name="Продължете без профил").click()
    answer(phone)
    code = re.search(r"\d{4}(\s\d{4}){4}", phone.locator("main").inner_text())[0]
    phone.get_by_role("button", name="Подайте заявлението").click()
    number = entry_number(phone)
    clerk = clerk_of(visit, villages, VILLAGE)
    take_newest(clerk, host, number)
    clerk.get_by_role("button", name="Издайте документа").click()
    for place, part in enumerate(("20", "11", "2026")):
        clerk.locator("[name=as_of]").nth(place).fill(part)
    clerk.locator("input[name=debts][value=none]").check()
    clerk.locator("[name=before]").fill("банка")
    for press in ("Прегледайте документа", "Издайте документа"):
        clerk.get_by_role("button", name=press).click()
    expect(clerk.locator("main")).to_contain_text("Документът е издаден")
    later = visit()  # another phone, another day
    later.goto(f"{host}/eservices/resume")
    later.get_by_label("Код").fill(code)
    later.get_by_role("button", name="Продължете").click()
    expect(later.locator("main")).to_contain_text("Издадено")
    clerk.get_by_role("button", name="Връчен на гише").click()
    later.reload()
    expect(later.locator("main")).to_contain_text("Получихте документа на гишето")


def test_a_dog_changes_owner(visit, villages):
    host, owner = villages.at(VILLAGE), visit()
    dog = {
        "dog_name": "Мечо",
        "chip": "100 000 000 000 456",
        "event_date": ("23", "11", "2025"),
        "owner_name": "Иван Примеров Пробов",
        "owner_settlement": "с. Раковица, община Горно село, област Видин",
        "owner_street": "ул. „Втора“ № 2",
    }
    owner.goto(f"{host}/eservices/dog/start")
    owner.get_by_role("button", name="Продължете без профил").click()
    answer(owner, {**WHO, **dog}, {**CHOSEN, "event": "transfer", "truth": "yes"})
    owner.get_by_role("button", name="Подайте заявлението").click()
    number = entry_number(owner)
    clerk = clerk_of(visit, villages, VILLAGE)
    take_newest(clerk, host, number)
    expect(clerk.locator("main")).to_contain_text("Още го няма")
    clerk.get_by_role("button", name="Издайте документа").click()
    expect(clerk.locator("h1")).to_contain_text("Издаване по заявление")
    clerk.get_by_role("button", name="Прегледайте документа").click()
    clerk.get_by_role("button", name="Издайте документа").click()
    clerk.get_by_role("link", name=f"Куче № {number}").click()
    clerk.get_by_label("Отговаря на въпрос на собственика").check()
    clerk.get_by_role("button", name="Покажете собственика").click()
    expect(clerk.locator("main")).to_contain_text("Иван Примеров Пробов")
    expect(clerk.locator("main")).to_contain_text("Още не е декларирал")
