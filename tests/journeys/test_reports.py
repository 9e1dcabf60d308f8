"""Reports without scripts: told by a phone call, a violation, an outcome that is disputed."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from obshto.modules.reports.models import Report
from obshto.modules.reports.notifications import news, reader
from obshto.platform.permissions import Role
from obshto.platform.storage.samples import sample_picture
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
PHOTO = {"name": "a.png", "mimeType": "image/png", "buffer": sample_picture().read()}


@pytest.fixture
def here(site):
    site.switch(VILLAGE)
    return site.at(VILLAGE)


@pytest.fixture
def staff(site, visit, here):
    """staff(role): their page of the console."""

    def of(role):
        cookie = site.cookie(VILLAGE, site.token(VILLAGE, role, name="Веска Деловодна"))
        return visit(js=False, phone=False, cookies=[cookie])

    return of


def found(site):
    """The only report, as it is now."""
    with site.app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("t")) as uow:
        return uow.session.scalars(select(Report)).one()


def tell(page, here, kind="lamp", words="Не свети лампата"):
    page.goto(f"{here}/reports/new/tell?kind={kind}&settlement=")
    page.get_by_label("Какво се е случило?").fill(words)
    page.get_by_label("Къде точно?").fill("до чешмата")
    page.get_by_role("button", name="Подайте сигнала").click()
    expect(page.locator("main")).to_contain_text("Запишете си номера и кода")
    return page.url.partition("?")[0]


def take(page, here, queue, number):
    page.goto(f"{here}{queue}")
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="Поемете сигнала").click()
    expect(page.locator("main")).to_contain_text("Сигналът вече е Ваш")


def refuse(page):
    page.get_by_role("button", name="Отговорете с резултат").click()
    page.get_by_label("Приключен без действие").check()
    page.get_by_label("Отговорът").fill("Проверихме, няма нередност.")
    page.get_by_role("button", name="Изпратете резултата").click()
    expect(page.locator("main")).to_contain_text("Резултатът е изпратен")


def test_a_grandmother_tells_it_by_phone_and_hears_by_phone(here, site, staff):
    clerk = staff(Role.REGISTRY_CLERK)
    clerk.goto(f"{here}/console/reports/enter")
    clerk.get_by_label("по телефона").check()
    clerk.locator("select[name=kind]").select_option("lamp")
    clerk.get_by_label("Какво се е случило?").fill("Тъмно е пред нас")
    clerk.get_by_label("Къде точно?").fill("пред № 5")
    clerk.get_by_label("Телефон", exact=False).last.fill("0888 123 456")
    clerk.get_by_role("button", name="Запишете сигнала").click()
    slip = clerk.locator("main")
    expect(slip).to_contain_text("Продиктувайте или отпечатайте")
    code = re.sub(r"\s", "", slip.locator("b.ob-number").inner_text())
    report = found(site)
    take(clerk, here, "/console/reports/", report.number)
    refuse(clerk)
    with site.app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("t")) as uow:
        fact = {"subject_id": str(report.id), "number": report.number}
        [address] = reader(uow, fact)
        assert address.phone == "+359888123456"
        assert report.number in news(uow, fact)[0]
    clerk.goto(f"{here}/reports/case/{code}")
    expect(clerk.locator("main")).to_contain_text("Проверихме, няма нередност.")


def test_a_violation_reaches_the_inspector_past_the_clerk(here, site, staff, visit):
    tell(visit(js=False), here, "dumping", "Изсипват тухли")
    number = found(site).number
    clerk, inspector = staff(Role.REGISTRY_CLERK), staff(Role.SECRETARY)
    clerk.goto(f"{here}/console/reports/?list=all")
    expect(clerk.get_by_text(number)).to_have_count(0)
    take(inspector, here, "/console/reports/violations", number)
    inspector.get_by_role("link", name="Вид, срок и публичен текст").click()
    inspector.get_by_label("Проверено е").check()
    inspector.get_by_role("button", name="Запазете промените").click()
    public = visit(js=False)
    public.goto(f"{here}/reports/")
    expect(public.get_by_text(number)).to_have_count(1)


def test_who_told_it_disputes_a_refusal_with_a_photograph(here, site, staff, visit):
    person, clerk = visit(js=False), staff(Role.REGISTRY_CLERK)
    own = tell(person, here)
    take(clerk, here, "/console/reports/", found(site).number)
    refuse(clerk)
    person.goto(own)
    person.get_by_role("link", name="Не е така: оспорете резултата").click()
    person.get_by_label("Какво не е оправено?").fill("Още е тъмно")
    person.get_by_label("Снимка как е сега").set_input_files(PHOTO)
    person.get_by_role("button", name="Оспорете резултата").click()
    expect(person.locator("main")).to_contain_text("Сигналът е отворен отново")
    clerk.goto(f"{here}/console/reports/")
    clerk.get_by_role("link", name=found(site).number).click()
    expect(clerk.locator("main")).to_contain_text("Още е тъмно")
    expect(clerk.locator("figure")).to_have_count(1)
