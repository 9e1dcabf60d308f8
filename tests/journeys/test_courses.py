"""A course with a waiting list: from the poster on a door to a certificate anybody checks."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from obshto.modules.courses import seeds
from obshto.modules.courses.models import Course, Group
from obshto.platform.posters.models import PosterAddress
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
COURSE, WHO = "Интернет без страх", "Проба Пробова Ученичка"
OVER = timedelta(days=31)  # the fourth weekly lesson of a group that begins in a week


@pytest.fixture
def village(furnish):
    return furnish("courses")


@pytest.fixture
def group(village, site):
    """The id of the group with two seats; `group(days)` lets so much time go by."""

    def find(uow):
        rows = select(Group).join(Course, Course.id == Group.course_id)
        return uow.session.scalars(
            rows.where(Course.name == COURSE, Group.starts_at > uow.now)
        ).one()

    def told(ago=None):
        who = Principal.system("test")
        with site.app.app_context(), open_uow(scope_named(VILLAGE), who) as uow:
            found = find(uow)
            if ago:
                seeds._shift(uow, found, ago)
                uow.commit()
            return found.id

    return told


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def answer(page):
    """The three questions, before the course and after it."""
    page.get_by_role("button", name="Отговорете на въпросите").click()
    for question in page.locator("fieldset").all():
        question.get_by_role("radio").first.check()
    press(page, "Готово")


def printed(clerk, village, site):
    """The poster, from the list of what can be printed; gives the short address on it."""
    clerk.goto(f"{village}/console/posters/?q={COURSE}")
    clerk.locator("main").get_by_role("link", name=COURSE, exact=True).click()
    with clerk.expect_download() as begun:
        press(clerk, "Свалете за печат (PDF)")
    assert begun.value.path().read_bytes().startswith(b"%PDF")
    who = Principal.system("test")
    with site.app.app_context(), open_uow(scope_named(VILLAGE), who) as uow:
        return f"{village}/go/{uow.session.scalars(select(PosterAddress.number)).one()}"


def waits(pupil, poster):
    """From the poster into the line of a full group; gives the address of the enrolment."""
    pupil.goto(poster)
    expect(pupil.locator("h1")).to_contain_text(COURSE)
    press(pupil, "Чакайте за място")
    pupil.fill("#name", WHO)
    pupil.fill("#email", "uchenichka@example.com")
    press(pupil, "Чакам за място")
    expect(pupil.locator("main")).to_contain_text("на ред сте 2")
    return pupil.url.partition("?")[0]


def reads(pupil):
    """What there is to practise at home, for who has a seat."""
    with pupil.expect_download() as begun:
        pupil.get_by_role("link", name="Упражнения").click()
    assert "Упражнение" in begun.value.path().read_text("utf-8-sig")


def strike_off(clerk, listed):
    """Who was before her in the line, then somebody with a seat."""
    for listing in ("last", "first"):
        clerk.goto(listed)
        people = getattr(clerk.locator("ol.ob-list"), listing)
        people.get_by_role("link", name="Отворете").first.click()
        press(clerk, "Отпишете човека")


def tick(clerk, listed):
    """She came to each lesson."""
    clerk.goto(listed)
    clerk.get_by_role("radio").first.check()
    press(clerk, "Покажете имената")
    expect(clerk.locator("main")).to_contain_text(WHO)
    for number in range(clerk.locator("ol a[href*='/lessons/']").count()):
        clerk.goto(listed)
        clerk.locator("ol a[href*='/lessons/']").nth(number).click()
        clerk.get_by_role("checkbox", name=WHO).check()
        press(clerk, "Запазете присъствието")


def test_who_waited_learns_and_shows_a_certificate(village, site, visit, enter_as, work_off, group):
    path = f"/console/courses/groups/{group()}"
    pupil, clerk, stranger = visit(js=False), visit(js=False, phone=False), visit(js=False)
    enter_as(clerk, village, path, "secretary")
    enter_as(pupil, village, "/courses/", "citizen")
    mine = waits(pupil, printed(clerk, village, site))
    strike_off(clerk, village + path)
    work_off()
    stranger.goto(f"{site.at('ops')}/letters")
    expect(stranger.locator("article", has_text=COURSE).first).to_contain_text(
        re.compile(r"Свободно е: .*\sч\. Потвърдете го\.")
    )
    pupil.goto(mine)
    press(pupil, "Приемам мястото")
    reads(pupil)
    answer(pupil)
    group(OVER)
    tick(clerk, village + path)
    pupil.goto(mine)
    answer(pupil)
    expect(pupil.locator("main")).to_contain_text("Верни отговори преди курса")
    press(pupil, "Вземете удостоверението")
    pupil.get_by_role("link", name="Какво вижда всеки, който провери кода").click()
    stranger.goto(pupil.url)
    expect(stranger.locator("main")).to_contain_text("Удостоверение за завършен курс")
    expect(stranger.locator("main")).not_to_contain_text(WHO)
