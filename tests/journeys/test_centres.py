"""A man without internet: booked by phone, come on the wrong day, moved, found by his code."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
WHO, PHONE = "Проба Пробов Безмрежов", "0938 99 777"


@pytest.fixture
def village(furnish):
    return furnish("centres")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def booked_by_phone(desk, village):
    """The first free hour; gives the code for his note."""
    desk.get_by_role("link", name="План за деня").first.click()
    desk.locator("main ul a[href*='/times/']").first.click()
    desk.locator("a[href*='/book/']").first.click()
    desk.get_by_label("по телефона").check()
    desk.fill("#name", WHO)
    desk.fill("#phone", PHONE)
    press(desk, "Запишете човека")
    expect(desk.locator("h1")).to_have_text("Бележка за запазен час")
    return desk.locator(".ob-number").inner_text()


def test_booked_by_phone_and_come_on_the_wrong_day(village, visit, enter_as):
    desk, library = visit(js=False, phone=False), visit(js=False)
    enter_as(desk, village, "/console/centres/", "secretary")
    code = booked_by_phone(desk, village)
    desk.goto(f"{village}/console/centres/bookings?words={PHONE.replace(' ', '')}")
    desk.locator("main table a").first.click()  # he stands there, today
    hour = desk.locator(".govuk-summary-list__value").nth(1)
    before = hour.inner_text()
    desk.get_by_role("button", name="Покажете името").click()
    expect(desk.locator("main")).not_to_contain_text(WHO)  # without saying why
    desk.get_by_role("radio").first.check()
    press(desk, "Покажете името")
    expect(desk.locator("main")).to_contain_text(WHO)
    desk.get_by_role("button", name="Преместете часа").click()
    desk.locator("button[name=at]").first.click()
    expect(hour).not_to_have_text(before)
    now = hour.inner_text()
    library.goto(f"{village}/centres/booking")
    library.fill("#code", code)
    press(library, "Покажете часа")
    expect(library.locator("main")).to_contain_text(now)
    expect(library.locator("main")).not_to_contain_text(before)
    press(library, "Отменете часа")
    desk.reload()
    expect(desk.locator("main")).to_contain_text("Отменен")


def test_a_guest_who_just_came_sits_down_stays_longer_and_leaves(village, visit, enter_as):
    desk = visit(js=False)
    enter_as(desk, village, "/console/centres/", "secretary")
    desk.get_by_role("link", name="Табло на гостите").first.click()
    press(desk, "Нов гост")
    queue, seats = desk.locator("section[aria-labelledby=queue]"), desk.locator("section").nth(1)
    guest = queue.locator("h3").last.inner_text().lower()
    queue.locator("li").last.get_by_role("button", name="Настанете госта").click()
    seat = seats.locator("li", has_text=guest)
    for _ in range(queue.locator("li").count()):  # who sits stays longer if nobody waits
        queue.get_by_role("button", name="Отказа се да чака").first.click()
    until = seat.locator("p").first.inner_text()
    seat.get_by_role("button", name="Удължете с 30 минути").click()
    expect(seat.locator("p").first).not_to_have_text(until)
    expect(seat).to_contain_text("Оставеното на компютъра се изтрива.")
    seat.get_by_role("button", name="Освободете мястото").click()
    expect(seats).not_to_contain_text(guest)
