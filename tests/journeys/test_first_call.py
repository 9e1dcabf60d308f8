"""A woman of 78: from the call to the municipality to her first video call, without a script."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from obshto.modules.assistants.models import HomeVisit
from obshto.modules.assistants.services.staff_records import AssistantEntry, write_assistant
from obshto.platform.clock import SOFIA
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named, session_behind

pytestmark = pytest.mark.browser
VILLAGE, HOST = "gorno-selo", "/console/assistants/"
SHE, HELPER, STREET = "Проба Баба Цена", "Проба Внимателна", "ул. Тайна 17"
WHO = Principal.system("test")


@pytest.fixture
def village(furnish):
    return furnish("assistants")


@pytest.fixture
def staff(site, village, visit):
    """Who coordinates, at a desk; who visits, with a phone."""
    desk, phone = visit(js=False, phone=False), visit(js=False)
    coordinator = site.token(VILLAGE, Role.SECRETARY)
    token = site.token(VILLAGE, Role.REGISTRY_CLERK, name=HELPER)
    desk.context.add_cookies([site.cookie(VILLAGE, coordinator)])
    phone.context.add_cookies([site.cookie(VILLAGE, token)])
    with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
        person_id = session_behind(token).person_id
        entry = AssistantEntry(person_id=person_id, name=HELPER, settlement="", languages=("bg",))
        write_assistant(uow, entry, request_id=uuid4())
        tomorrow = uow.now.astimezone(SOFIA) + timedelta(days=1)
    return desk, phone, tomorrow.replace(hour=15, minute=0)


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def told_by_phone(desk, village):
    """Two minutes on the phone; gives number and code, as they are read out to her."""
    desk.goto(f"{village}{HOST}enter")
    desk.fill("#name", SHE)
    desk.fill("#phone", "0938 55 123")
    if desk.locator("#settlement option").count() > 1:
        desk.select_option("#settlement", index=1)
    desk.fill("#address", STREET)
    desk.get_by_label("Видео разговор с близки").check()
    desk.get_by_label("Чува трудно").check()
    desk.get_by_label("след обяд").check()
    desk.locator("form[method=post] button").last.click()
    expect(desk.locator("h1")).to_contain_text("Молба")
    number = re.search(r"\d{4}-\d{5}", desk.locator("h1").inner_text())[0]
    return number, desk.locator(".ob-number").inner_text()


def planned(desk, hour):
    desk.get_by_role("link", name="Насрочете посещение сега").click()
    expect(desk.locator("main")).to_contain_text("Удобно е след обяд")
    desk.get_by_label(HELPER).check()
    desk.fill("#starts_at", hour.strftime("%Y-%m-%dT%H:%M"))
    press(desk, "Насрочете посещението")
    expect(desk.locator("main")).to_contain_text(HELPER)


def the_day_has_come(site):
    """Tomorrow is today: the visit begins in a moment."""
    with site.app.app_context(), open_uow(scope_named(VILLAGE), WHO) as uow:
        visit = uow.session.query(HomeVisit).order_by(HomeVisit.id.desc()).first()
        lasts = visit.ends_at - visit.starts_at
        visit.starts_at = uow.now + timedelta(seconds=5)
        visit.ends_at = visit.starts_at + lasts
        return visit.id


def visited(phone, village, visit_id, word):
    """The day: the address, the word at the door, what was shown, the sheet that stays there."""
    phone.goto(f"{village}{HOST}day")
    expect(phone.locator("main")).to_contain_text(STREET)
    expect(phone.locator("main")).to_contain_text(word)
    press(phone, "Пристигнах")
    phone.goto(f"{village}{HOST}visits/{visit_id}")
    phone.get_by_label("Приемане на видео разговор").check()
    press(phone, "Запишете какво показахте")
    phone.get_by_role("button", name="Лист за човека").click()
    expect(phone.locator("main")).to_contain_text("Натиснете зеленото копче с камера")
    phone.goto(f"{village}{HOST}day")
    press(phone, "Край на посещението")


def test_from_the_first_call_to_the_first_video_call(site, village, staff, visit):
    desk, phone, hour = staff
    number, code = told_by_phone(desk, village)
    planned(desk, hour)
    daughter = visit(js=False)
    daughter.goto(f"{village}/assistants/follow")
    daughter.fill("#number", number)
    daughter.fill("#code", code)
    press(daughter, "Покажете молбата")
    told = daughter.locator("main")
    expect(told).to_contain_text(HELPER)
    expect(told).not_to_contain_text(STREET)
    word = told.locator("b", has_text=re.compile("^[а-я]+$")).inner_text()
    phone.goto(f"{village}{HOST}day?day={hour.date()}")
    expect(phone.locator("main")).not_to_contain_text(STREET)  # not before the day
    visit_id = the_day_has_come(site)
    visited(phone, village, visit_id, word)
    daughter.reload()
    expect(told).to_contain_text("Показано: Приемане на видео разговор")
    desk.goto(f"{village}{HOST}?list=done&number={number}")
    expect(desk.locator("main table")).to_contain_text(number)
