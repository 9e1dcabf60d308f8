"""A list of services grows shorter as one types; a form loses nothing on the way back."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
PLACE = "с. Раковица, община Макреш, област Видин"


@pytest.fixture
def host(site):
    site.switch(VILLAGE)
    site.fill(VILLAGE)
    return site.at(VILLAGE)


def test_the_list_grows_shorter_as_one_types(host, visit):
    page = visit()
    page.goto(f"{host}/eservices/")
    lines, box = page.locator("#services li:visible"), page.get_by_label("Какво Ви трябва?")
    folds = page.locator("#services details:visible")
    every = folds.count()
    expect(lines).to_have_count(0)  # folded
    box.press_sequentially("куч")
    expect(lines.first).to_be_visible()
    assert 0 < folds.count() < every
    assert all("куч" in words.lower() for words in lines.all_inner_texts())
    wide = lines.count()
    box.press_sequentially("е такса")
    assert 0 < lines.count() <= wide
    box.fill("кенгуру")
    expect(lines).to_have_count(0)
    expect(page.locator("#services-none")).to_contain_text("Няма услуга с тези думи")
    box.fill("")
    expect(folds).to_have_count(every)
    expect(page.locator("#services-none")).to_be_hidden()
    assert page.url == f"{host}/eservices/"


def begun(page, host):
    """The first page of an application by somebody without a profile."""
    page.goto(f"{host}/eservices/1998/start")
    page.get_by_role("button", name="Продължете без профил").click()


def go_on_to(page, name):
    """Answer whatever comes before the page that asks for that."""
    typed = {"applicant_name": "Пена Иванова Пробова", "applicant_id": "0307159274"}
    typed |= {"address_street": "ул. „Първа“ № 1", "address_settlement": PLACE}
    typed |= {"phone": "0888 123 456"}
    chosen = {"acting_as": "self", "applicant_id_kind": "egn"}
    for _ in range(10):
        page.wait_for_load_state()
        if page.locator(f"[name={name}]").count():
            return
        for field, value in chosen.items():
            if page.locator(f"input[name={field}]").count():
                page.locator(f"input[name={field}][value={value}]").check()
        for field, value in typed.items():
            if page.locator(f"[name={field}]").count():
                page.locator(f"[name={field}]").fill(value)
        with page.expect_navigation():
            page.get_by_role("button", name="Запазете и продължете").click()
    raise AssertionError(f"nothing asks for {name}")


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "plain"])
def test_back_in_the_browser_shows_what_was_saved(host, visit, js):
    """To the page before, and forward again to the one where something else was typed."""
    page = visit(js=js)
    begun(page, host)
    go_on_to(page, "address_street")
    page.locator("[name=address_street]").fill("ул. „Първа“ № 1")
    page.locator("[name=address_settlement]").fill(PLACE)
    here = page.url
    with page.expect_navigation():
        page.get_by_role("button", name="Запазете и продължете").click()
    page.go_back()
    assert page.url == here
    expect(page.locator("[name=address_street]")).to_have_value("ул. „Първа“ № 1")
    expect(page.locator("[name=address_settlement]")).to_have_value(PLACE)


def test_back_in_the_browser_keeps_what_was_typed_and_not_sent(host, visit):
    """Of what does not say who somebody is: that never stays on a device."""
    page = visit()
    begun(page, host)
    go_on_to(page, "before_whom")
    page.locator("[name=before_whom]").press_sequentially("Втора банка")
    page.wait_for_function(
        "() => Object.values(localStorage).some(words => words.includes('Втора'))"
    )
    page.go_back()
    expect(page.locator("[name=before_whom]")).to_have_count(0)
    page.go_forward()
    expect(page.locator("[name=before_whom]")).to_have_value("Втора банка")


CAMERA = """() => { const input = document.querySelector('input[type=file]')
  window.asked = []
  input.click = () => window.asked.push([input.accept, input.getAttribute('capture')]) }"""


@pytest.fixture
def papers(host, browser):
    """papers(is_phone): the page that asks for papers, with a finger or a mouse."""
    contexts = []

    def begin(*, is_phone):
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, has_touch=is_phone, is_mobile=is_phone
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{host}/eservices/2071/start")
        page.get_by_role("button", name="Продължете без профил").click()
        page.goto(f"{page.url.rpartition('/')[0]}/files")
        return page

    yield begin
    for context in contexts:
        context.close()


def test_a_phone_offers_its_camera_for_papers_and_its_files_for_a_pdf(papers):
    page = papers(is_phone=True)
    accepted = page.locator("input[type=file]").get_attribute("accept")
    assert "application/pdf" in accepted
    page.evaluate(CAMERA)
    page.get_by_role("button", name="Снимайте с телефона").click()
    assert page.evaluate("asked") == [["image/*", "environment"]]
    page.locator("input[type=file]").dispatch_event("cancel")
    expect(page.locator("input[type=file]")).to_have_attribute("accept", accepted)
    assert page.locator("input[type=file]").get_attribute("capture") is None


def test_a_desk_has_no_camera_to_offer(papers):
    expect(papers(is_phone=False).get_by_role("button", name="Снимайте")).to_be_hidden()
