"""A bench before the shop, from the idea to its photo; a quarrel in the forum, hidden, appealed.

Without scripts, as on an old phone.
"""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import g
from PIL import Image
from playwright.sync_api import expect

from obshto.modules.forum.settings import ForumSettings
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
BENCH = "Пейка на сянка пред магазина в центъра"
INSULT = "Кметският наместник е тъпанар и крадец"


@pytest.fixture
def village(furnish):
    return furnish("proposals", "forum")


def photo():
    kept = BytesIO()
    Image.new("RGB", (640, 480), (120, 130, 140)).save(kept, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def said(page, words):
    expect(page.locator(".govuk-notification-banner__heading")).to_contain_text(words)


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def propose(page, village):
    """The author's own page of a proposal that leaves a landline alone."""
    page.goto(f"{village}/proposals/new")
    page.fill("#title", BENCH)
    page.select_option("#subject", "green")
    press(page, "Продължете")
    page.fill("#text", "Да се сложи пейка под липата, за да седнат възрастните.")
    page.fill("#name", "Проба Авторова")
    page.fill("#phone", "094 601 234")
    press(page, "Направете предложението")
    said(page, "Приехме предложението Ви")
    return page.url.partition("?")[0]


def decide(page):
    press(page, "Поемете предложението")
    page.get_by_role("button", name="Решете предложението").click()
    page.get_by_label("Приема се", exact=True).check()
    page.fill("#words", "Приемаме. Пейката е за сметка на бюджета.")
    page.fill("#follow_up", "Поставяне на пейката")
    page.fill("#follow_up_by", "Поддръжка")
    page.fill("#follow_up_on", (date.today() + timedelta(days=30)).isoformat())
    press(page, "Публикувайте решението")
    said(page, "Решението е публикувано")


def build(page):
    page.get_by_role("button", name="Отбележете, че е направено").click()
    page.fill("#words", "Пейката стои под липата.")
    page.set_input_files("input[type=file]", photo())
    press(page, "Публикувайте изпълнението")
    said(page, "Изпълнението е публикувано")


def test_a_bench_is_proposed_supported_decided_and_built(visit, village, enter_as):
    author, neighbour = visit(js=False), visit(js=False)
    own = propose(author, village)
    enter_as(neighbour, village, "/proposals/", "citizen")
    neighbour.get_by_role("link", name=BENCH).click()
    press(neighbour, "Подкрепете предложението")
    expect(neighbour.get_by_text("Подкрепяте това предложение")).to_be_visible()
    public = neighbour.url.partition("?")[0]
    author.goto(own)
    press(author, "Внесете")
    clerk = visit(js=False, phone=False)
    enter_as(clerk, village, f"/console{public.removeprefix(village)}", "clerk")
    decide(clerk)
    clerk.reload()
    build(clerk)
    neighbour.goto(public)
    expect(neighbour.get_by_text("Пейката стои под липата.").first).to_be_visible()
    expect(neighbour.get_by_role("img", name="Снимка на направеното")).to_be_visible()
    neighbour.goto(f"{village}/outcomes/?kind=proposal")
    expect(neighbour.get_by_role("link", name=BENCH)).to_be_visible()


@pytest.fixture
def awake(site, village):
    """No quiet hours, whenever the tests run."""
    with site.app.app_context():
        g.modules = frozenset({"forum"})
        with open_uow(scope_named("gorno-selo"), Principal.system("test")) as uow:
            values = ForumSettings(quiet_from=0, quiet_until=0)
            save_settings(uow, "forum", values, expected_version=version_of(uow, "forum"))
            uow.commit()


def start(page, village):
    """Where the author reads what became of the words, and where everybody does."""
    page.fill("#title", "Кой чисти чешмата")
    page.select_option("#subject", index=1)
    page.fill("#words", INSULT)
    press(page, "Започнете разговора")
    page.goto(f"{village}/forum/mine")
    page.get_by_role("link", name="Кой чисти чешмата").click()
    own = page.url.partition("?")[0]
    page.get_by_role("link", name=re.compile("Вижда се в разговора")).click()
    return own, page.url.partition("#")[0]


def hide(page):
    page.get_by_role("link", name=re.compile("Преглед и скриване")).click()
    page.get_by_role("button", name="Скрийте го по правилата").click()
    page.get_by_label("Правило 1: без обиди").check()
    page.fill("#words", "Обижда човек.")
    press(page, "Скрийте мнението")
    said(page, "Мнението е скрито")


def uphold(page):
    page.locator("table").get_by_role("link").last.click()  # the demonstration has one before
    page.get_by_label("Оставете го скрито").check()
    page.fill("#words", "Истината се казва без обиди.")
    press(page, "Решете възражението")


def test_a_quarrel_is_hidden_appealed_and_stays_hidden(visit, village, awake, enter_as):
    angry, clerk, secretary = visit(js=False), visit(js=False, phone=False), visit(js=False)
    enter_as(angry, village, "/forum/new", "citizen")
    own, discussion = start(angry, village)
    enter_as(clerk, village, f"/console{discussion.removeprefix(village)}", "clerk")
    hide(clerk)
    angry.goto(discussion)
    expect(angry.get_by_text(INSULT)).to_have_count(0)
    expect(angry.get_by_text("Обижда човек.").first).to_be_visible()
    angry.goto(own)
    angry.get_by_role("button", name="Възразете").click()
    angry.fill("#words", "Казах истината.")
    press(angry, "Подайте възражението")
    enter_as(secretary, village, "/console/moderation/", "secretary")
    uphold(secretary)
    angry.goto(own)
    expect(angry.get_by_text("Истината се казва без обиди.")).to_be_visible()
    angry.goto(discussion)
    expect(angry.get_by_text(INSULT)).to_have_count(0)
