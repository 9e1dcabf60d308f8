"""A phone in a village where the network comes and goes."""

import re
import time

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
PATIENCE = 120  # seconds until a test gives up
ADDRESSES = """() => caches.open('pages').then(pages => pages.keys())
  .then(all => all.map(request => new URL(request.url).pathname))"""
WORKER = """() => navigator.serviceWorker.ready
  .then(() => navigator.serviceWorker.controller !== null)"""
NO_WORKER = "() => navigator.serviceWorker.getRegistrations().then(all => all.length === 0)"


@pytest.fixture
def phone(browser):
    """A phone that keeps what it has seen; `phone.context.set_offline(True)` takes the network."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def village(site):
    site.fill(VILLAGE)
    return site.at(VILLAGE)


def until(page, script):
    """Wait until what the script promises is true."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(script):
        assert time.monotonic() < end, script
        page.wait_for_timeout(50)


def has_kept(page, number):
    until(page, f"({ADDRESSES})().then(all => all.length >= {number})")


def settle(page, address):
    """The worker is in charge, and this page has been kept by it."""
    page.goto(address)
    until(page, WORKER)
    page.reload()
    has_kept(page, 1)


def test_what_was_read_before_is_read_without_a_network(phone, village):
    settle(phone, f"{village}/")
    phone.locator("#news + ul h3 a").first.click()
    title = phone.locator("h1").inner_text()
    read = phone.url
    has_kept(phone, 2)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("h1")).to_have_text(title)
    expect(phone.locator("#offline")).to_be_visible()
    expect(phone.locator("#offline [data-keeps]")).to_be_hidden()  # there is no form here
    phone.goto(f"{village}/contact")
    expect(phone.locator("h1")).to_have_text("Няма връзка с интернет")
    phone.get_by_role("link", name=title).click()
    assert phone.url == read
    expect(phone.locator("h1")).to_have_text(title)


def test_hours_of_a_stop_are_read_without_a_network(phone, village, site):
    site.switch(VILLAGE)
    settle(phone, f"{village}/transit/")
    phone.locator("main h3 + ul a").first.click()
    hours = phone.locator("main p b", has_text=re.compile(r"\d:\d\d")).first.inner_text()
    has_kept(phone, 2)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("main p b", has_text=hours).first).to_be_visible()
    expect(phone.locator("main")).to_contain_text("Видяна веднъж")
    expect(phone.locator("#offline")).to_be_visible()


def test_pages_of_somebody_signed_in_are_never_kept(phone, village, enter_as):
    settle(phone, f"{village}/")
    enter_as(phone, village, "/console/", "editor")
    expect(phone.locator("h1")).to_contain_text("Здравейте")
    phone.goto(f"{village}/account")
    phone.goto(f"{village}/news/")
    assert phone.evaluate(ADDRESSES) == ["/"]
    phone.context.set_offline(True)
    phone.goto(f"{village}/account")
    expect(phone.locator("h1")).to_have_text("Няма връзка с интернет")


def test_whoever_is_signed_in_leaves_no_name_on_the_device(phone, village, enter_as):
    """The worker comes while they are here; what it keeps is kept as for nobody in particular."""
    phone.goto(f"{village}/sign-in")
    enter_as(phone, village, "/account", "editor")
    name = phone.locator("main dd").first.inner_text()
    until(phone, WORKER)
    phone.context.set_offline(True)
    phone.goto(f"{village}/news/")
    expect(phone.locator("h1")).to_have_text("Няма връзка с интернет")
    assert name and name not in phone.content()
    assert phone.get_by_role("link", name="Вход").count() == 1


def test_what_was_taken_down_is_not_read_from_the_phone_either(phone, village, site):
    settle(phone, f"{village}/news/")
    site.switch(VILLAGE, on=False)
    phone.reload()
    expect(phone.locator("h1")).to_have_text("Няма такава страница")
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("h1")).to_have_text("Няма връзка с интернет")
    site.switch(VILLAGE)


def test_the_workers_are_called_back_by_one_switch(phone, serve):
    port = None
    with serve() as site:
        port = int(site.at(VILLAGE).rpartition(":")[2])
        settle(phone, f"{site.at(VILLAGE)}/")
    with serve(port=port, keeps_pages=False) as site:
        phone.goto(f"{site.at(VILLAGE)}/")
        phone.evaluate("() => navigator.serviceWorker.getRegistration().then(r => r && r.update())")
        until(phone, NO_WORKER)
        until(phone, "() => caches.keys().then(names => names.length === 0)")
        phone.reload()
        assert phone.locator("html[data-worker]").count() == 0


def test_the_portal_can_be_installed(phone, village):
    phone.goto(f"{village}/ro/")
    address = phone.locator("link[rel=manifest]").get_attribute("href")
    told = phone.evaluate("address => fetch(address).then(answer => answer.json())", address)
    assert (told["lang"], told["start_url"], told["display"]) == ("ro", "/ro/", "standalone")
    icon = told["icons"][0]["src"]
    assert phone.evaluate("address => fetch(address).then(answer => answer.ok)", icon)


def test_an_unsent_form_is_found_again(phone, village):
    """The network goes while one types; another day the words are there, the telephone is not."""
    settle(phone, f"{village}/")
    phone.goto(f"{village}/accessibility/tell")
    phone.context.set_offline(True)
    expect(phone.locator("#offline [data-keeps]")).to_be_visible()
    phone.fill("#words", "Картата е твърде ситна")
    phone.fill("#contact", "0888 123 456")
    until(phone, "() => (localStorage['draft:accessibility-tell'] || '').includes('ситна')")
    phone.goto(f"{village}/contact")
    phone.context.set_offline(False)
    phone.goto(f"{village}/accessibility/tell")
    expect(phone.locator("[data-draft-note]")).to_be_visible()
    expect(phone.locator("#words")).to_have_value("Картата е твърде ситна")
    expect(phone.locator("#contact")).to_have_value("")
    phone.get_by_role("button", name="Изпратете").click()
    expect(phone.locator(".govuk-notification-banner")).to_contain_text("Благодарим Ви")
    phone.goto(f"{village}/accessibility/tell")
    expect(phone.locator("#words")).to_have_value("")


def test_an_opinion_half_written_is_there_again_after_the_tab_was_closed(phone, village, site):
    """Words on a draft stay on the device; the name and the address of who writes do not."""
    site.switch(VILLAGE)
    phone.goto(f"{village}/consultations/")
    phone.locator('main ul a[href*="/consultations/"]').first.click()
    say = f"{phone.url.partition('?')[0]}/say"
    phone.goto(say)
    phone.locator('[name="words"]').fill("Да се пази сянката пред читалището")
    phone.locator('[name="author"]').fill("Проба Авторова")
    until(phone, "() => JSON.stringify(localStorage).includes('сянката')")
    assert "Авторова" not in phone.evaluate("() => JSON.stringify(localStorage)")
    again = phone.context.new_page()
    phone.close()
    again.goto(say)
    expect(again.locator("[data-draft-note]")).to_be_visible()
    expect(again.locator('[name="words"]')).to_have_value("Да се пази сянката пред читалището")


def test_words_of_an_application_typed_without_a_network_are_found_again(phone, village, site):
    """They stay on the device until we have them; who somebody is never stays there."""
    site.switch(VILLAGE)
    phone.goto(f"{village}/eservices/dog/start")
    phone.get_by_role("button", name="Продължете без профил").click()
    question = phone.url
    phone.context.set_offline(True)
    expect(phone.locator("#offline [data-keeps]")).to_be_visible()
    phone.get_by_label("Ново куче с микрочип").check()
    phone.get_by_role("button", name="Запазете и продължете").click()
    expect(phone.get_by_label("Ново куче с микрочип")).to_be_checked()  # no page of the browser's
    phone.context.set_offline(False)
    phone.goto(f"{village}/contact")
    phone.goto(question)
    expect(phone.locator("[data-draft-note]")).to_be_visible()
    expect(phone.get_by_label("Ново куче с микрочип")).to_be_checked()
    phone.get_by_role("button", name="Запазете и продължете").click()
    phone.wait_for_url(lambda address: address != question)
    assert drafts_on(phone) == []
    phone.goto(question)  # what we have is shown, no draft of it
    expect(phone.get_by_label("Ново куче с микрочип")).to_be_checked()
    expect(phone.locator("[data-draft-note]")).to_be_hidden()


def test_who_applies_is_kept_on_no_device(phone, village, site):
    site.switch(VILLAGE)
    phone.goto(f"{village}/eservices/dog/start")
    phone.get_by_role("button", name="Продължете без профил").click()
    phone.goto(f"{phone.url.rpartition('/')[0]}/identity")
    private = phone.locator("[data-private] input:not([type=radio])")
    private.first.wait_for()
    assert private.count() == 2  # the name and the number
    for box in private.all():
        box.fill("0000000000")
    phone.wait_for_timeout(600)  # longer than the page waits before it keeps what was typed
    assert "0000000000" not in phone.evaluate("() => JSON.stringify(localStorage)")


def drafts_on(phone):
    return phone.evaluate("() => Object.keys(localStorage).filter(key => key.startsWith('draft:'))")
