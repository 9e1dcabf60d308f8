"""A centre on a Monday: duty, a broken computer, guests, and a man without internet."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from obshto.modules.centres.services.centres import CentreEntry, publish_centre, write_centre
from obshto.modules.centres.services.inventory import ItemEntry, write_item
from obshto.modules.centres.services.kinds import CENTRE, COMPUTER, PART
from obshto.modules.centres.services.rota import monday_of
from obshto.modules.centres.services.times import written
from obshto.platform.bookings.resources import ResourceEntry, write_resource
from obshto.platform.clock import SOFIA, day_of, now
from obshto.platform.opening_hours.hours import Hours, Span
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
WHO, PHONE = "Проба Пробов Безмрежов", "0938 99 777"
ALWAYS = Hours(week=((Span(0, 24 * 60),),) * 7, holidays=None)
HALF = timedelta(minutes=30)


@pytest.fixture
def village(furnish):
    return furnish("centres")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def entered(desk):
    """Who is on the phone, for the hour on the page."""
    desk.get_by_label("по телефона").check()
    desk.fill("#name", WHO)
    desk.fill("#phone", PHONE)
    press(desk, "Запишете човека")
    expect(desk.locator("h1")).to_have_text("Бележка за запазен час")


def booked_by_phone(desk, village):
    """The first free hour; gives the code for his note."""
    desk.get_by_role("link", name="План за деня").first.click()
    desk.locator("main ul a[href*='/times/']").first.click()
    desk.locator("a[href*='/book/']").first.click()
    entered(desk)
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


@pytest.fixture
def two_seats(village, site):
    """A centre that never closes, with two computers: ids of the centre, of what is booked."""
    with site.app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        told = {"name": "Център до пощата", "address": "ул. Първа 1", "phone": "0938 12 345"}
        entry = CentreEntry(kind=CENTRE, hours=ALWAYS, **told)
        centre = write_centre(uow, entry, request_id=uuid4())
        publish_centre(uow, centre, True, expected_version=centre.version)
        seats = ResourceEntry(kind=COMPUTER, name="Компютър", capacity=2, slot_minutes=30)
        thing = write_resource(uow, PART, centre.id, seats, request_id=uuid4())
        for name in ("Ляв компютър", "Десен компютър"):
            item = ItemEntry(centre_id=centre.id, kind=COMPUTER, name=name, resource_id=thing.id)
            write_item(uow, item, request_id=uuid4())
        uow.commit()
        return centre.id, thing.id


def soon():
    """The first half hour to which a guest has time to sit down, and no whole hour."""
    start = (now() + timedelta(minutes=15)).replace(second=0, microsecond=0)
    return start + (HALF - timedelta(minutes=start.minute % 30))


def test_a_monday_with_a_substitute_and_a_broken_computer(village, site, visit, two_seats):
    centre, thing = two_seats
    people = (
        site.token(VILLAGE, Role.SECRETARY, name="Проба Отговорна"),
        site.token(VILLAGE, Role.REGISTRY_CLERK, name="Проба Първа"),
        site.token(VILLAGE, Role.REGISTRY_CLERK, name="Проба Втора"),
    )
    planner, first, second = (
        visit(js=False, phone=False, cookies=[site.cookie(VILLAGE, token)]) for token in people
    )
    console, start = f"{village}/console/centres", soon()
    monday = (monday_of(day_of(now())) + timedelta(days=7)).isoformat()
    planner.goto(f"{console}/{centre}/rota?week={monday}")
    on_duty(planner, "Проба Първа", monday)
    first.goto(f"{console}/duty")
    first.get_by_role("button", name="Потърсете заместник").click()
    steps_in(second, village, "Проба Първа")
    planner.reload()
    expect(planner.locator("main")).to_contain_text("Проба Втора")
    breaks(second, console, "Ляв компютър")
    second.goto(f"{console}/book/{thing}?at={written(start)}")
    entered(second)
    gives_way(second, f"{console}/{centre}/board", f"{start.astimezone(SOFIA):%-H:%M}")


def on_duty(planner, name, day):
    planner.select_option("#who", label=name)
    planner.select_option("#day", value=day)
    planner.fill("#hours", "8:30-12")
    press(planner, "Запишете дежурството")


def steps_in(colleague, village, name):
    """The desk says that a substitute is sought; one press takes the shift over."""
    colleague.goto(f"{village}/console/")
    expect(colleague.locator("main")).to_contain_text("Търси се заместник")
    colleague.goto(f"{village}/console/centres/duty")
    colleague.locator("li", has_text=name).get_by_role("button").click()


def breaks(desk, console, thing):
    """It does not work: its seat is booked by nobody from now on."""
    desk.goto(f"{console}/inventory")
    desk.locator("tr", has_text=thing).get_by_role("link").click()
    desk.get_by_role("button", name="Отбележете повреда").click()
    desk.fill("#words", "Не се включва")
    press(desk, "Отбележете повреда")
    expect(desk.locator("main")).to_contain_text("мястото не се запазва")


def gives_way(desk, board, hour):
    """A guest has the only seat until the one who booked it comes, and no minute longer."""
    desk.goto(board)
    press(desk, "Нов гост")
    desk.get_by_role("button", name="Настанете госта").click()
    seats = desk.locator("section[aria-labelledby=seats]")
    expect(seats).to_contain_text(f"до {hour}")
    expect(desk.locator("section[aria-labelledby=soon]")).to_contain_text(hour)
    desk.get_by_role("button", name="Удължете с 30 минути").click()
    expect(desk.locator("main")).to_contain_text("Местата са запазени от")
    desk.get_by_role("button", name="Освободете мястото").click()
    expect(seats).to_contain_text("свободно")
