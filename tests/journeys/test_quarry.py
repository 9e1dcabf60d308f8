"""An initiative against a quarry, on paper: from the meeting of fifty to the published answer."""

from datetime import timedelta

import pikepdf
import pytest
from playwright.sync_api import expect
from stdnum.bg import egn
from support.unscripted import send

from obshto.platform.clock import today
from obshto.platform.permissions import Role

pytestmark = pytest.mark.browser
QUESTION = "Общината да не дава пътя през гората за камионите на кариерата"
MINUTES = {
    "meeting_at": f"{today().isoformat()}T00:01",
    "meeting_place": "Читалището",
    "meeting_chair": "Проба Водеща",
    "attended": "63",
    "collects_until": (today() + timedelta(days=45)).isoformat(),
    "places": "Пред магазина",
}
DOUBLE, WRONG = "Същият човек е подписал и другаде", "ЕГН е сгрешено"


def number_of(order):
    start = f"800101{order:03}"
    return next(f"{start}{last}" for last in range(10) if egn.is_valid(f"{start}{last}"))


def test_a_village_against_a_quarry(furnish, person):
    base = furnish("initiatives")
    chair, secretary, reader = person(), person(Role.SECRETARY), person()
    desk = founded(chair, base)
    printed(chair, desk)
    entered(chair, desk)
    console = f"{base}/console/initiatives/{desk.rpartition('/')[2]}"
    page = f"{base}/initiatives/{desk.rpartition('/')[2]}"
    send(chair, f"{desk}/steps/file", happened_on=today().isoformat())
    reader.goto(page)
    expect(reader.locator("main")).to_contain_text("Въведени от листата: 4, броят се: 2.")
    checked(secretary, console)
    answered(secretary, console)
    reader.goto(page)
    for told in ("броят се: 1.", "Пътят остава затворен", "Вестник „Проба“", "Прието"):
        expect(reader.locator("main")).to_contain_text(told)
    for secret in ("Проба Член", "Проба Водеща", number_of(11)):
        expect(reader.locator("main")).not_to_contain_text(secret)


def founded(chair, base):
    """A committee of three; forty-nine at the meeting are refused, what was typed stays."""
    words = {"question": QUESTION, "reasons": "Прах до къщите"}
    desk = send(chair, f"{base}/initiatives/new", addressee="council", **words)
    for order in range(3):
        typed = {"name": f"Проба Член {order}", "egn": number_of(order), "address": "тук"}
        send(chair, f"{desk}/members", **typed, **({} if order else {"is_chair": "y"}))
    chair.goto(f"{desk}/steps/meet")
    for name, value in (MINUTES | {"attended": "49"}).items():
        chair.locator(f'[name="{name}"]').fill(value)
    chair.get_by_role("button", name="Впишете протокола").click()
    expect(chair.locator(".govuk-error-summary")).to_contain_text("поне 50 граждани")
    expect(chair.locator('[name="meeting_place"]')).to_have_value("Читалището")
    send(chair, f"{desk}/steps/meet", **MINUTES)
    return desk


def printed(chair, desk):
    """Two numbered sheets as one PDF."""
    send(chair, f"{desk}/sheets", count=2)
    with chair.expect_download() as sheets:
        chair.get_by_role("link", name="Отворете листата за печат (PDF)").click()
    with pikepdf.open(sheets.value.path()) as document:
        assert len(document.pages) == 2


def entered(chair, desk):
    """Line after line; what does not count is kept, and the page says why."""
    numbers = (number_of(11), number_of(11), "1234567890", number_of(12))
    for line, (number, told) in enumerate(zip(numbers, ("", DOUBLE, WRONG, ""), strict=True), 1):
        typed = {"name": "Проба Подписала", "egn": number, "address": "ул. Втора 2"}
        send(chair, f"{desk}/rows/enter", sheet=1, line=line, **typed)
        expect(chair.locator("main")).to_contain_text(told or "Лист")


def checked(secretary, console):
    """The file of the register office, then who is no voter by its protocol."""
    send(secretary, f"{console}/rows", "/look", purpose="check")
    for fault in (DOUBLE, WRONG):
        expect(secretary.locator("main")).to_contain_text(fault)
    with secretary.expect_download() as file:
        secretary.locator('a[href$="/rows.csv"]').click()
    lines = file.value.path().read_text("utf-8-sig").splitlines()
    assert [line.split(";")[:2] for line in lines[1:]] == [["1", "1"], ["1", "4"]]
    send(secretary, f"{console}/steps/send", happened_on=today().isoformat())
    send(secretary, f"{console}/protocol", places="1/4", rest="confirmed")
    secretary.goto(f"{console}/rows")
    expect(secretary.locator("main")).to_contain_text("Не е гласоподавател по протокола")
    on = {"happened_on": today().isoformat()}
    send(secretary, f"{console}/steps/confirm", **on, words="Протокол № 7")


def answered(secretary, console):
    """In the month that the law gives, and in a newspaper."""
    on = {"happened_on": today().isoformat()}
    words = "Пътят остава затворен за камиони"
    send(secretary, f"{console}/steps/answer", **on, words=words, outcome="accepted")
    send(secretary, f"{console}/steps/announce", **on, words="Вестник „Проба“, бр. 5")
