"""An editor's day: a piece of news from the first word to its return from the bin."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
SCRIPTS = pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
TITLE = "Почистване на селото"
OFFICIAL = (
    "Във връзка с извършване на неотложни ремонтни дейности по водопроводната мрежа на територията"
    " на населеното място следва да се има предвид, че водоподаването ще бъде преустановено на 15"
    " декември 2026 г. за времето от 9 до 14 часа, като потребителите се уведомяват да осигурят"
    " необходимите количества вода за битови нужди. Допълнителна информация се предоставя от"
    " дежурния служител в кметството."
)
PLAIN = (
    "На 15 декември от 9 до 14 часа няма вода в цялото село: сменяме тръбата на главната улица до"
    " училището. Налейте си вода от предната вечер. Който не може да излезе, да се обади в"
    " кметството и ще му донесем вода до вратата. Ако ремонтът свърши по-рано, пишем тук, пращаме"
    " съобщение и обявяваме по високоговорителя."
)
BODY = "Почистваме канавките.\n\n- Вземете лопата\n- Елате в 9 ч."


@pytest.fixture
def village(site):
    site.fill(VILLAGE)
    return site.at(VILLAGE)


@pytest.fixture
def enter(visit, village, enter_as):
    """Signs in at the real page: enter("editor") gives the page that was asked for."""

    def begin(who, path="/console/news/", js=True, page=None):
        page = page or visit(js=js, phone=False)
        enter_as(page, village, path, who)
        expect(page).to_have_url(f"{village}{path}")
        return page

    return begin


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def notice(page):
    return page.locator(".govuk-notification-banner__heading")


@pytest.fixture
def draft(enter):
    """Written by hand: draft(js) gives the page of the editor, where it stands, its public path."""

    def write(js):
        page = enter("editor", js=js)
        page.get_by_role("button", name="Напишете новина").click()
        page.fill("#title", TITLE)
        page.fill("#summary", "Събираме се пред кметството.")
        page.fill("#markdown", BODY)
        press(page, "Запазете черновата")
        expect(notice(page)).to_have_text("Новината е запазена")
        address = page.url.partition("?")[0]
        return page, address, address.replace("/console", "")

    return write


@SCRIPTS
def test_an_editor_writes_looks_publishes_corrects(draft, visit, village, js):
    page, address, public = draft(js)
    reader = visit(js=js)
    assert reader.goto(public).status == 404
    page.get_by_role("link", name="Прегледайте").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator(".ob-text li")).to_have_count(2)
    expect(notice(page)).to_contain_text("Гражданите още не виждат")
    page.goto(address)
    press(page, "Публикувайте новината")
    expect(notice(page)).to_contain_text("Новината е публикувана")
    assert reader.goto(public).status == 200
    reader.goto(f"{village}/")
    expect(reader.locator("main h3 a", has_text=TITLE)).to_be_visible()
    page.fill("#summary", "Събираме се пред читалището.")
    page.fill("#correction", "Мястото е пред читалището.")
    press(page, "Запазете")
    reader.goto(public)
    expect(reader.locator("article")).to_contain_text("Поправка от")
    expect(reader.locator("article")).to_contain_text("Мястото е пред читалището.")


@SCRIPTS
def test_a_notice_is_rewritten_from_31_to_74_points(enter, visit, js):
    page = enter("editor", "/console/news/new", js=js)
    page.fill("#title", "Водата на 15 декември")
    page.fill("#summary", "Няма вода от 9 до 14 часа. Налейте си от вечерта.")
    for words, points in ((OFFICIAL, 31), (PLAIN, 74)):
        page.fill("#markdown", words)
        press(page, "Проверете езика")
        expect(page.get_by_text(f"Яснота: {points} от 100")).to_be_visible()
        hints = page.locator("#check-markdown li")
        expect(
            hints.first if points == 31 else page.get_by_text("Нямаме предложения")
        ).to_be_visible()
    press(page, "Запазете черновата")
    press(page, "Публикувайте новината")
    reader = visit(js=js)
    reader.goto(page.url.partition("?")[0].replace("/console", ""))
    expect(reader.locator("article")).to_contain_text("ще му донесем вода до вратата")


@SCRIPTS
def test_an_editor_hides_deletes_brings_back(draft, visit, js):
    page, _, public = draft(js)
    reader = visit(js=js)
    press(page, "Публикувайте новината")
    assert reader.goto(public).status == 200
    press(page, "Скрийте новината")
    expect(notice(page)).to_contain_text("Новината е скрита")
    assert reader.goto(public).status == 404
    page.get_by_role("link", name="Изтрийте новината").click()
    expect(page.locator("h1")).to_contain_text("Да изтрием ли")
    press(page, "Изтрийте новината")
    expect(page).to_have_url(re.compile("list=deleted"))
    page.get_by_role("button", name=f"Върнете новината {TITLE}").click()
    expect(notice(page)).to_have_text("Новината е върната")
    expect(page.locator("#markdown")).to_have_value(BODY)
    press(page, "Публикувайте новината")
    assert reader.goto(public).status == 200


@SCRIPTS
def test_every_complaint_keeps_what_was_typed(enter, js):
    page = enter("editor", "/console/news/new", js=js)
    fields = {"#title": ("", "Сбор"), "#summary": ("", "Кратко"), "#markdown": ("", "Текст")}
    for wrong in fields:
        for selector, (_, right) in fields.items():
            page.fill(selector, "" if selector == wrong else right)
        press(page, "Запазете черновата")
        expect(page).to_have_title(re.compile("^Грешка: "))
        expect(page.locator(f".govuk-error-summary a[href='{wrong}']")).to_be_visible()
        expect(page.locator(f"{wrong}-error")).to_be_visible()
        for selector, (_, right) in fields.items():
            expect(page.locator(selector)).to_have_value("" if selector == wrong else right)
    for selector, limit in (("#title", 120), ("#summary", 300)):
        page.fill(selector, "а" * (limit + 1))
        press(page, "Запазете черновата")
        expect(page.locator(f"{selector}-error")).to_contain_text(f"{limit} знака")
        expect(page.locator(selector)).to_have_value("а" * (limit + 1))
        page.fill(selector, "Готово")
    page.fill("#markdown", "Край")
    press(page, "Запазете черновата")
    expect(notice(page)).to_have_text("Новината е запазена")


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(enter):
    page = enter("editor", "/console/news/new")
    press(page, "Запазете черновата")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#title")).to_be_focused()


@SCRIPTS
def test_a_double_click_makes_one_item(enter, village, owner, js):
    page = enter("editor", "/console/news/new", js=js)
    page.fill("#title", "Двоен клик")
    page.fill("#summary", "Кратко")
    page.fill("#markdown", "Текст")
    page.get_by_role("button", name="Запазете черновата").dblclick()
    expect(notice(page)).to_have_text("Новината е запазена")
    rows = owner("select count(*) from t_gorno_selo.news_item where title = 'Двоен клик'")
    assert rows == [(1,)]


def test_sending_the_same_form_again_shows_the_first_result(enter, owner):
    """Past the button's own guard: one form, sent twice by the browser itself."""
    page = enter("editor", "/console/news/new")
    page.fill("#title", "Пак")
    page.fill("#summary", "Кратко")
    page.fill("#markdown", "Текст")
    with page.expect_popup() as first:
        page.evaluate(
            "const form = document.querySelector('main form');"
            "form.target = '_blank'; form.submit(); form.target = ''; form.submit()"
        )
    expect(notice(page)).to_have_text("Новината е запазена")
    expect(notice(first.value)).to_have_text("Новината е запазена")
    assert page.url == first.value.url
    assert owner("select count(*) from t_gorno_selo.news_item where title = 'Пак'") == [(1,)]


@SCRIPTS
def test_of_two_editors_the_second_is_told_and_keeps_what_was_typed(enter, village, owner, js):
    one, two = enter("editor", js=js), enter("mayor", js=js)
    item = owner("select id from t_gorno_selo.news_item where language = 'bg' limit 1")[0][0]
    one.goto(f"{village}/console/news/{item}")
    two.goto(f"{village}/console/news/{item}")
    one.fill("#title", "Написа първият")
    press(one, "Запазете")
    expect(notice(one)).to_have_text("Новината е запазена")
    two.fill("#title", "Написа вторият")
    press(two, "Запазете")
    expect(two.locator(".govuk-error-summary")).to_contain_text("Росица Пенкова")
    expect(two.locator("#title")).to_have_value("Написа вторият")
    assert owner(f"select title from t_gorno_selo.news_item where id = '{item}'") == [
        ("Написа първият",)
    ]
    press(two, "Запазете")  # told once, whoever insists is obeyed
    expect(notice(two)).to_have_text("Новината е запазена")
    expect(two.locator("#title")).to_have_value("Написа вторият")
