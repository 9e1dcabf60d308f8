"""An office hour of the mayor: found, booked, come to; what was agreed is read by who came."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from obshto.modules.centres.services.centres import CentreEntry, publish_centre, write_centre
from obshto.modules.centres.services.kinds import OFFICE
from obshto.platform.bookings.models import Slot
from obshto.platform.clock import day_of
from obshto.platform.opening_hours.hours import Hours, Span
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE, SYSTEM = "gorno-selo", Principal.system("test")
OFFICE_NAME, WHO, WISH = "Кмет за журнала", "Проба Пробов Жител", "За моста при мелницата"
ALWAYS = Hours(week=((Span(0, 24 * 60),),) * 7, holidays=None)
CLERK, MAYOR = "Проба Деловодител", "Проба Кметова"
AGREED = "Кметът праща майстор до 20 януари."


@pytest.fixture
def village(furnish):
    return furnish("centres")


@pytest.fixture
def office(village, site):
    """The id of the mayor's office hours, at which people are received at any hour."""
    with site.app.app_context(), open_uow(scope_named(VILLAGE), SYSTEM) as uow:
        told = {"name": OFFICE_NAME, "address": "пл. Свобода 1", "phone": "0938 12 345"}
        entry = CentreEntry(kind=OFFICE, hours=ALWAYS, **told)
        found = write_centre(uow, entry, request_id=uuid4())
        publish_centre(uow, found, True, expected_version=found.version)
        return found.id


@pytest.fixture
def clerk(village, site, visit):
    """Who keeps the book of the office."""
    token = site.token(VILLAGE, Role.REGISTRY_CLERK, name=CLERK)
    return visit(js=False, phone=False, cookies=[site.cookie(VILLAGE, token)])


@pytest.fixture
def mayor(village, site, visit):
    """Who receives people."""
    token = site.token(VILLAGE, Role.MAYOR, name=MAYOR)
    return visit(js=False, phone=False, cookies=[site.cookie(VILLAGE, token)])


@pytest.fixture
def the_hour_comes(site, office):
    """the_hour_comes(): the only booked hour begins now; the day on which that is."""

    def begin():
        with site.app.app_context(), open_uow(scope_named(VILLAGE), SYSTEM) as uow:
            taken = select(Slot).where(Slot.resource.has(object_id=office))
            slot = uow.session.scalars(taken).one()
            length = slot.ends_at - slot.starts_at
            slot.starts_at, slot.ends_at = uow.now, uow.now + length
            return day_of(uow.now).isoformat()

    return begin


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def book(citizen, village):
    """From the home page to a quarter of an hour; gives the code."""
    citizen.goto(f"{village}/")
    citizen.get_by_role("link", name="Запазете час при кмета или отдел").first.click()
    citizen.get_by_role("link", name=OFFICE_NAME).click()
    expect(citizen.locator("main")).to_contain_text("по 15 минути")
    press(citizen, "Изберете час")
    citizen.locator("main details[open] a[href*='/book/']").first.click()
    citizen.fill("#name", WHO)
    citizen.fill("#email", "jitel@example.com")
    citizen.get_by_label("Ще дойда на място").check()
    citizen.fill("#wish", WISH)
    press(citizen, "Запазете час")
    expect(citizen.locator("h1")).to_have_text("Запазен час")
    return citizen.locator(".ob-number").inner_text()


def test_a_citizen_books_a_quarter_with_the_mayor_and_reads_what_was_agreed(
    village, office, site, visit, clerk, mayor, work_off, the_hour_comes
):
    citizen, reader = visit(js=False), visit(js=False)
    code = book(citizen, village)
    letter_of(reader, site, work_off, "Ще дойда на място")
    expect(reader.locator(".ob-number")).to_have_text(code)
    clerk.goto(f"{village}/console/centres/{office}/day?day={the_hour_comes()}")
    sees_who_comes(clerk)
    clerk.get_by_role("button", name="Дойде").first.click()
    expect(clerk.locator("main table")).to_contain_text("Посетен")
    writes_what_was_agreed(mayor, village)
    citizen.goto(citizen.url)
    expect(citizen.locator("main")).to_contain_text(AGREED)
    for who in (CLERK, MAYOR):  # who looked, and who wrote it
        expect(citizen.locator("main")).to_contain_text(who)
    letter_of(reader, site, work_off, "Записахме какво се уговори")
    expect(reader.locator("main")).to_contain_text(AGREED)


def letter_of(reader, site, work_off, words):
    """The letter with these words; its link opens the page of the hour."""
    work_off()
    reader.goto(f"{site.at('ops')}/letters")
    letter = reader.locator("article", has_text=OFFICE_NAME).filter(has_text=words).first
    reader.goto(letter.get_by_role("link").first.get_attribute("href"))


def sees_who_comes(clerk):
    """Not before it is said what for."""
    expect(clerk.locator("main table")).not_to_contain_text(WHO)
    clerk.get_by_role("radio").first.check()
    press(clerk, "Покажете имената за деня")
    expect(clerk.locator("main table")).to_contain_text(WHO)
    expect(clerk.locator("main table")).to_contain_text(WISH)


def writes_what_was_agreed(mayor, village):
    """The hour that is now; who it is and why, then what follows."""
    mayor.goto(f"{village}/console/centres/received")
    mayor.locator("main tr", has_text=OFFICE_NAME).get_by_role("link").click()
    expect(mayor.locator("main")).not_to_contain_text(WISH)
    mayor.get_by_label("Приема човека и записва какво се уговори").check()
    press(mayor, "Покажете името")
    expect(mayor.locator("main")).to_contain_text(WISH)
    mayor.fill("#agreed", AGREED)
    press(mayor, "Запишете")
    expect(mayor.locator("main")).to_contain_text("Записано е.")
