"""A poll from the home page to what came of it, on a phone; paper answers by the keyboard alone."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import g
from playwright.sync_api import expect

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.polls import Draft, open_poll, write_poll
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.questions import ask_question
from obshto.modules.polls.services.tally import tally_of
from obshto.modules.polls.services.wordings import Wording
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
PATIENCE = 60_000  # ms: each sheet is counted behind a lock, on a machine that may be busy
DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя"))
WHAT = Wording(
    kind="several", title="Какво да има?", options=("Мед", "Сирене", "Вино"), is_required=False
)
MORE = Wording(kind="text", title="Още нещо?", is_required=False)
SCRIPTS = pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def village(site):
    site.switch(VILLAGE)
    return site.at(VILLAGE)


@pytest.fixture
def working_there(site):
    def begin():
        g.modules = frozenset({"polls"})
        return open_uow(scope_named(VILLAGE), Principal.system("test"))

    return begin


@pytest.fixture
def asking(site, village, working_there):
    """asking(*wordings): a poll that ends before all others, so that it is the one at home."""

    def ask(*wordings, **changed):
        with site.app.app_context(), working_there() as uow:
            end = uow.now + timedelta(minutes=30)
            draft = Draft(title="Пазарът в центъра", who="anyone", closes_at=end, **changed)
            poll = write_poll(uow, draft, request_id=uuid4())
            for wording in wordings:
                ask_question(uow, poll, wording, request_id=uuid4(), expected_version=poll.version)
            open_poll(uow, poll, expected_version=poll.version)
            uow.session.flush()
            return poll.id

    return ask


@pytest.fixture
def counted(site, working_there):
    """counted(poll_id): online and on paper, then each option by its label."""

    def look(poll_id):
        with site.app.app_context(), working_there() as uow:
            poll = uow.session.get_one(Poll, poll_id)
            options = [option for one in asked_of(uow, poll_id) for option in one.options]
            tally = tally_of(poll)
            return (poll.online, poll.paper), {o.label: sum(tally.of(o.id)) for o in options}

    return look


@SCRIPTS
def test_the_question_on_the_home_page_is_answered_once(visit, village, asking, counted, js):
    """One press is the answer, with scripts and without; who has answered is not asked again."""
    poll_id = asking(DAY)
    page = visit(js=js)
    page.goto(f"{village}/")
    block = page.get_by_role("region", name="Пазарът в центъра")
    block.get_by_label("Събота").check()
    block.get_by_role("button", name="Отговорете").click()
    page.wait_for_url(re.compile(f"/polls/{poll_id}"))
    expect(page.get_by_text("Записахме отговора Ви")).to_be_visible()
    assert counted(poll_id) == ((1, 0), {"Петък": 0, "Събота": 1, "Неделя": 0})
    page.goto(f"{village}/")
    expect(block.get_by_text("Вече отговорихте")).to_be_visible()
    expect(block.get_by_role("button")).to_have_count(0)
    assert counted(poll_id)[0] == (1, 0)


@SCRIPTS
def test_what_takes_more_than_one_press_is_answered_on_its_own_page(
    visit, village, asking, counted, js
):
    poll_id = asking(DAY, WHAT, MORE)
    page = visit(js=js)
    page.goto(f"{village}/")
    page.get_by_role("region", name="Пазарът в центъра").get_by_role("link").first.click()
    page.get_by_label("Мед").check()
    page.get_by_label("Вино").check()
    page.get_by_label("Още нещо?").fill("Пейки")
    page.get_by_role("button", name="Изпратете отговора").click()
    expect(page.get_by_role("alert")).to_contain_text("Изберете отговор")
    expect(page.get_by_label("Вино")).to_be_checked()
    expect(page.get_by_label("Още нещо?")).to_have_value("Пейки")
    page.get_by_label("Неделя").check()
    page.get_by_role("button", name="Изпратете отговора").click()
    expect(page.get_by_text("Записахме отговора Ви")).to_be_visible()
    chosen = {"Петък": 0, "Събота": 0, "Неделя": 1, "Мед": 1, "Сирене": 0, "Вино": 1}
    assert counted(poll_id) == ((1, 0), chosen)


@SCRIPTS
def test_a_clerk_types_a_batch_of_sheets_with_the_keyboard_alone(
    visit, site, village, asking, counted, js
):
    """Number, answer, answer, Enter: the next sheet's number and the place to type stand ready."""
    poll_id = asking(DAY, WHAT)
    token = site.token(VILLAGE, Role.REGISTRY_CLERK)
    page = visit(js=js, phone=False, cookies=[site.cookie(VILLAGE, token)])
    page.goto(f"{village}/console/polls/{poll_id}/sheets", timeout=PATIENCE)
    for number, (day, goods) in enumerate((("1", "1 3"), ("2", ""), ("1", "2")), 1):
        expect(page.get_by_label("Номер на листа")).to_have_value(f"{number}")
        expect(page.get_by_label("Кой ден?")).to_be_focused()
        page.keyboard.type(day)
        page.keyboard.press("Tab")
        page.keyboard.type(goods)
        with page.expect_navigation(timeout=PATIENCE):
            page.keyboard.press("Enter")
        expect(page.get_by_text("Листът е записан")).to_be_visible()
    page.get_by_label("Номер на листа").fill("2")
    page.get_by_label("Кой ден?").fill("3")
    with page.expect_navigation(timeout=PATIENCE):
        page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Лист № 2 вече е въведен")
    chosen = {"Петък": 2, "Събота": 1, "Неделя": 0, "Мед": 1, "Сирене": 1, "Вино": 1}
    assert counted(poll_id) == ((0, 3), chosen)
