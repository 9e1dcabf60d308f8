"""Personal data: a look nobody understands, a lost laptop on a Friday, a neighbour looked up."""

import pytest
from playwright.sync_api import expect

from obshto.modules.dataprotection.services.detection import examine_looks
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
DESK = "/console/dataprotection"


@pytest.fixture
def village(furnish):
    return furnish("reports")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_a_man_asks_why_and_is_answered_within_the_term(village, visit, enter_as):
    man, officer = visit(js=False), visit(js=False, phone=False)
    enter_as(man, village, "/personaldata/looks", "citizen")
    expect(man.locator("main")).to_contain_text("Подписва решението втори")
    man.get_by_role("button", name="Защо?").first.click()
    expect(man.locator("main")).to_contain_text("ще отговорим")
    number = man.locator("h1").inner_text().rpartition(" ")[2]
    enter_as(officer, village, f"/console/personaldata/?number={number}", "dpo")
    officer.get_by_role("link", name=number, exact=True).click()
    expect(officer.locator("main")).to_contain_text("За кой преглед се пита")
    press(officer, "Поемете искането")
    officer.get_by_role("button", name="Отговорете").click()
    officer.get_by_label("Отговорът").fill("Деловодителят работеше по Вашето заявление.")
    press(officer, "Изпратете отговора")
    man.reload()
    expect(man.locator("main")).to_contain_text("работеше по Вашето заявление")
    man.goto(f"{village}/personaldata/looks")
    expect(man.locator("main")).to_contain_text("Попитахте защо: вижте отговора")


def _facts(officer):
    officer.get_by_role("link", name="Опишете какво се случи").click()
    officer.get_by_label("Какво се случи").fill("Лаптопът остана в автобуса за Видин.")
    officer.get_by_label("поверителност").check()
    officer.get_by_label("Чии данни").fill("хора, подали заявления за помощ")
    officer.get_by_label("Колко души").fill("42")
    officer.get_by_label("Колко записа").fill("120")
    officer.get_by_label("Какво направихте").fill("Спряхме достъпа му още в петък.")
    officer.get_by_label("Телефон и имейл").fill("0938 12 345")
    press(officer, "Запишете")


def test_a_laptop_lost_on_a_friday_is_told_within_72_hours_and_closed(village, visit, enter_as):
    officer = visit(js=False, phone=False)
    enter_as(officer, village, f"{DESK}/incidents/new", "dpo")
    officer.get_by_label("Накратко").fill("Изгубен служебен лаптоп")
    press(officer, "Открийте нарушение")
    expect(officer.locator("main")).to_contain_text("Остават 7")
    incident = officer.url.partition("?")[0]
    _facts(officer)
    officer.get_by_role("link", name="Готови текстове").click()
    expect(officer.locator("main")).to_contain_text("Приблизителен брой записи: 120")
    with officer.expect_download() as sheet:
        officer.get_by_role("link", name="Изтеглете уведомлението до комисията (PDF)").click()
    assert sheet.value.suggested_filename.endswith(".pdf")
    for who, told in (("комисията", "Кога я уведомихте"), ("хората", "Кога ги уведомихте")):
        officer.goto(incident)
        officer.get_by_role("link", name=f"Решете за {who}").click()
        officer.get_by_role("radio").first.check()
        officer.get_by_label("Защо решихте така").fill("Дискът не беше кодиран.")
        officer.get_by_label(told).fill("2026-01-02T10:00")
        press(officer, "Запишете")
    officer.get_by_role("link", name="Приключете с поуките").click()
    officer.locator("textarea").fill("Кодираме всички дискове.")
    press(officer, "Приключете")
    expect(officer.locator("main")).to_contain_text("Кодираме всички дискове.")
    expect(officer.locator("main")).to_contain_text("Нарушението е приключено.")


def _looked_up(clerk, village, reason):
    """The sender of a report, opened for a reason that the clerk types."""
    clerk.goto(f"{village}/console/reports/?list=new")
    clerk.locator("main table a").first.click()
    clerk.locator("input[name=purpose][value=urgent]").check()
    clerk.locator("#reason").fill(reason)
    press(clerk, "Покажете подателя")


def test_a_clerk_who_looks_up_a_neighbour_explains_it_or_it_is_an_incident(
    village, visit, enter_as, site
):
    clerk, officer = visit(js=False, phone=False), visit(js=False, phone=False)
    enter_as(clerk, village, "/console/reports/", "clerk")
    _looked_up(clerk, village, "Съседът ми се обади, че има пожар")
    with site.app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        examine_looks(uow)
    enter_as(officer, village, f"{DESK}/findings?kind=urgent", "dpo")
    officer.get_by_role("link", name="Спешен преглед").first.click()
    expect(officer.locator("main")).to_contain_text("Съседът ми се обади")
    press(officer, "Обяснено е, приключете")  # without a word: refused
    expect(officer.locator(".govuk-error-summary")).to_be_visible()
    press(officer, "Открийте нарушение")
    expect(officer.locator("main")).to_contain_text("Остават 7")
