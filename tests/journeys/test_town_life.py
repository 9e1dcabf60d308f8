"""Town life without scripts: a pensioner goes to the doctor, a tourist has a Saturday, an editor a
Monday."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MARKET, CONCERT, SONGS = "Съботен пазар", "Концерт на читалищния хор", "Вечер на старите песни"
LIMES = "Засаждане на липи"


@pytest.fixture
def village(settled, furnish, work_off):
    address = furnish("events", "places", "transit", alone=True)
    work_off()  # the region hears of the timetables
    return address


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def notice(page):
    return page.locator(".govuk-notification-banner__heading")


def next_day(weekday):
    """That day of the week, from tomorrow on, as the field of a day takes it."""
    tomorrow = date.today() + timedelta(days=1)
    return (tomorrow + timedelta(days=(weekday - tomorrow.weekday()) % 7)).isoformat()


def test_a_pensioner_finds_the_doctor_the_bus_there_and_the_bus_home(village, visit):
    page = visit(js=False)
    page.goto(f"{village}/places/")
    page.get_by_text("Изберете кои места да виждате").click()
    page.select_option("#kind", "health")
    press(page, "Покажете местата")
    follow(page, "Лекарски кабинет")
    expect(page.locator("section[aria-labelledby=hours]")).to_contain_text("Вторник")
    expect(page.locator("main a[href^='tel:']").first).to_be_visible()
    page.goto(f"{village}/transit/")
    press(page, "Как да стигна и да се върна")
    asks_for_the_bus(page)
    page.goto(f"{village}/transit/")
    page.get_by_role("link", name="центърът").first.click()
    expect(page.locator("main")).to_contain_text("за с. Старопатица, центърът: 18:28")


def asks_for_the_bus(page):
    """The doctor is there in the afternoon of a Tuesday; a slip on the way loses nothing."""
    page.select_option("#from", "69002")
    page.select_option("#to", label="гр. Кула")
    page.fill("#day", next_day(weekday=1))
    page.fill("#after", "на обяд")
    press(page, "Намерете автобус")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Напишете часа като 8:05")
    expect(page.locator("#day")).to_have_value(next_day(weekday=1))
    page.fill("#after", "12:00")
    press(page, "Намерете автобус")
    both = page.locator(".govuk-inset-text", has_text="Отиване и връщане в един ден")
    expect(both).to_contain_text("Тръгвате в 13:10")
    expect(both).to_contain_text("у дома сте в")
    expect(page.locator("main")).to_contain_text("Последният автобус за вкъщи тръгва в")


def test_a_tourist_spends_a_saturday_from_the_market_to_the_square(village, visit):
    page = visit(js=False)
    page.goto(f"{village}/en/events/")
    follow(page, "Saturday market")
    expect(page.locator("main")).to_contain_text("Free admission")
    coming = page.get_by_label("You come by bus from")
    coming.select_option(label="Staropatitsa")
    press(page, "Show the buses")
    expect(page.locator("section[aria-labelledby=buses]")).to_contain_text("Leaves")
    with page.expect_download() as found:
        follow(page, "Add to your calendar")
    assert "BEGIN:VEVENT" in found.value.path().read_text()
    page.goto(f"{village}/en/places/map")
    page.select_option("#feature", "wifi")
    press(page, "Show on the map")
    follow(page, "The square with free internet")
    expect(page.locator("h1")).to_have_text("The square with free internet")
    follow(page, "Places")
    follow(page, "walks")
    follow(page, "A walk through the centre")
    expect(page.locator("h1")).to_have_text("A walk through the centre")
    expect(page.locator("main section h2").first).to_be_visible()


def test_an_editor_answers_announces_and_calls_off_on_a_monday(village, visit, enter_as):
    desk, reader = visit(js=False, phone=False), visit(js=False)
    enter_as(desk, village, "/console/", "editor")
    follow(desk, "Предложени събития")
    follow(desk, SONGS)
    press(desk, "Направете събитие от него")
    press(desk, "Публикувайте събитието")
    expect(notice(desk)).to_contain_text("публикувано")
    desk.goto(f"{village}/console/events/new")
    writes_an_event(desk)
    press(desk, "Публикувайте събитието")
    desk.goto(f"{village}/console/events/")
    follow(desk, CONCERT)
    desk.get_by_role("link", name="Отменете", exact=True).first.click()
    desk.fill("#note", "Хорът е болен.")
    press(desk, "Отменете събитието")
    reader.goto(f"{village}/events/")
    for title in (SONGS, LIMES, CONCERT):
        expect(reader.locator("main")).to_contain_text(title)
    follow(reader, CONCERT)
    expect(reader.locator("article")).to_contain_text("Отменено. Хорът е болен.")


def writes_an_event(desk):
    """It ends before it begins at first; nothing typed is lost."""
    desk.fill("#title", LIMES)
    desk.fill("#starts_at", f"{next_day(weekday=5)}T09:00")
    desk.fill("#ends_at", f"{next_day(weekday=5)}T08:00")
    desk.select_option("#settlement", "69002")
    desk.select_option("#subject", "other")
    desk.fill("#summary", "Носете лопата.")
    press(desk, "Запазете черновата")
    expect(desk.locator("#ends_at-error")).to_be_visible()
    expect(desk.locator("#title")).to_have_value(LIMES)
    desk.fill("#ends_at", f"{next_day(weekday=5)}T11:00")
    press(desk, "Запазете черновата")
