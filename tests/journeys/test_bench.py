"""A bench from the idea to its photo: a proposal, a project, a stage, and one line over all.

Without scripts. What an official has to do for a project is counted: pages opened, boxes filled.
"""

from datetime import date, timedelta

import pytest
from journeys.test_proposals import BENCH, decide, photo, press, propose, said
from playwright.sync_api import expect

from obshto.platform.permissions import Role

pytestmark = pytest.mark.browser
STAGE, SEEN = "Пейката е пред магазина", "Нова дървена пейка под липата"
MOST_PAGES, MOST_BOXES = 9, 4  # of a project that begins with the words of a proposal


@pytest.fixture
def village(furnish):
    return furnish("proposals", "projects", "promises")


class Official:
    """Somebody of the municipality whose pages and boxes are counted."""

    def __init__(self, page, village):
        self.page, self.village, self.pages, self.boxes = page, village, 0, 0
        page.on("domcontentloaded", self.open)

    def open(self, _page):
        self.pages += 1

    def fill(self, box, words):
        self.page.fill(box, words)
        self.boxes += 1

    def begin_project(self, desk):
        page = self.page
        page.goto(desk)
        page.locator("a[href$='/continue'], form[action$='/continue'] button").first.click()
        page.select_option("#kind", "project:parks")
        press(page, "Направете го")
        page.locator("a[href*='/console/projects/']").last.click()

    def give_stage(self):
        page = self.page
        page.get_by_role("link", name="Добавете етап").click()
        self.fill("#title", STAGE)
        due = date.today() + timedelta(days=20)
        for label, part in (("Ден", due.day), ("Месец", due.month), ("Година", due.year)):
            page.get_by_label(label, exact=True).fill(str(part))
        self.boxes += 1
        press(page, "Добавете етапа")

    def publish(self):
        press(self.page, "Публикувайте проекта")
        said(self.page, "публикуван")

    def tell_stage(self):
        page = self.page
        page.get_by_role("link", name="Кажете какво става").click()
        self.fill("#text", "Пейката стои.")
        page.set_input_files("input[type=file]", photo())
        self.fill("#seen", SEEN)
        page.check("input[name=is_reached]")
        press(page, "Запишете новината")
        said(page, "Записано е")


def test_a_bench_goes_from_the_idea_to_its_photo(visit, village, person):
    author = visit(js=False)
    propose(author, village)
    press(author, "Внесете")
    author.goto(f"{village}/proposals/")
    author.get_by_role("link", name=BENCH).first.click()
    public = author.url.partition("?")[0]
    desk = f"{village}/console{public.removeprefix(village)}"
    clerk = person(Role.REGISTRY_CLERK, Role.EDITOR, Role.SECRETARY)
    clerk.goto(desk)
    decide(clerk)
    official = Official(clerk, village)
    official.begin_project(desk)
    official.give_stage()
    official.publish()
    official.tell_stage()
    assert official.pages <= MOST_PAGES and official.boxes <= MOST_BOXES
    author.goto(public)
    author.locator("main a[href*='/projects/']").filter(has_text=BENCH).first.click()
    expect(author.get_by_text("Пейката стои.")).to_be_visible()
    expect(author.get_by_role("img", name=SEEN)).to_be_visible()
    back = author.locator(f"main a[href*='{public.removeprefix(village)}']")
    expect(back.first).to_be_visible()
