"""What people see when they sign in: our words, our look, their municipality."""

import re
from zipfile import ZipFile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from obshto.ops.keycloak.distribution import THEMES, obtain

LANGUAGES = ("bg", "en", "ro")
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}


def words_of(part, language):
    """What a file of messages says, by key."""
    text = (THEMES / "obshto" / part / "messages" / f"messages_{language}.properties").read_text()
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize("part", ["login", "email"])
def test_each_language_says_the_same(part):
    bulgarian, english, romanian = (words_of(part, language) for language in LANGUAGES)
    assert bulgarian.keys() == english.keys() == romanian.keys()
    for key, text in bulgarian.items():
        wanted = re.findall(r"\{\d\}", text)
        for other in (english[key], romanian[key]):
            assert sorted(re.findall(r"\{\d\}", other)) == sorted(wanted), key
    assert not any(re.search("[şţŞŢ]", text) for text in romanian.values()), "a comma, no cedilla"


def test_each_word_of_our_templates_is_in_the_catalogue():
    """In all languages; so Keycloak's own English never shows through."""
    known = words_of("login", "bg")
    for template in (THEMES / "obshto" / "login").glob("*.ftl"):
        asked = set(re.findall(r'msg\("([\w.-]+)"', template.read_text()))
        assert asked <= known.keys(), template.name


@pytest.mark.parametrize("page", ["delete-credential", "update-email", "login-update-profile"])
def test_each_word_of_keycloaks_own_page_of_a_change_is_in_the_catalogue(server, page):
    themes = next(obtain(server.cache, server.home).glob("lib/lib/main/*keycloak-themes-2*.jar"))
    template = ZipFile(themes).read(f"theme/base/login/{page}.ftl").decode()
    assert set(re.findall(r'msg\("([\w.-]+)"', template)) <= words_of("login", "bg").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_the_municipality_in_the_language_of_the_reader(walker, language, plan):
    titles = {"bg": "Община Кула", "en": "Kula Municipality", "ro": "Municipalitatea Kula"}
    page = walker().ask(municipality="kula", ui_locales=language)
    assert titles[language] in page.words()


def test_the_municipality_stays_on_each_page_of_signing_in(walker, make_person):
    person, browser = make_person(second_factor=True), walker()
    page = browser.ask(municipality="kula", acr_values="2")
    wrong = page.send(username=person.email, password="wrong")
    assert "Община Кула" in wrong.words()
    code = wrong.send(username=person.email, password=person.password)
    assert "otp" in code.fields() and "Община Кула" in code.words()
    registration = browser.ask(municipality="kula", prompt="login").follow("kc_locale=en")
    assert "Kula Municipality" in registration.words()


@pytest.mark.parametrize("slug", ["nowhere", "<b>kula</b>", "kula'--", "KULA", "", "ku" * 400])
def test_a_word_written_into_the_address_is_never_shown(walker, slug):
    page = walker().ask(municipality=slug)
    assert page.status == 200
    assert "Общо" in page.words() and "Община" not in page.words()


def test_without_the_wish_the_page_is_the_regions(walker):
    assert "Общо" in walker().ask().words()


def test_no_page_speaks_english_to_bulgarians(walker, make_person):
    person, browser = make_person(), walker()
    setting_up = (
        browser.ask(acr_values="2")
        .send(username=person.email, password="wrong")
        .send(username=person.email, password=person.password)
    )
    own = {"English", "Română", "FreeOTP", "Google", "Authenticator", "Microsoft"}
    for page in (
        walker().ask(),
        walker().ask().follow("/registration?"),
        walker().ask().follow("/reset-credentials?"),
        walker().ask(redirect_uri="http://elsewhere.example/"),
        walker().ask().follow("/registration?").send(email="abv"),
        setting_up,
    ):
        said = page.words().replace(person.email, "").replace("ime@primer.bg", "")
        key = re.sub(r"\b[A-Z2-7]{4}( [A-Z2-7]{1,4})+\b", "", said)  # the key of the codes
        latin = {word for word in re.findall(r"[A-Za-zȘșȚțăâî]{2,}", key)} - own - {"abv"}
        assert latin == set(), page


@pytest.fixture
def tab(browser, request):
    context = browser.new_context(
        viewport=getattr(request, "param", PHONE), locale="bg-BG", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def sign_in(tab, walker, person, **more):
    tab.goto(walker().address(municipality="kula", **more))
    tab.fill("#username", person.email)
    tab.fill("#password", person.password)
    tab.click("button[name=login]")


def faults(tab):
    """What axe finds, and whether the page is wider than the screen."""
    tab.wait_for_load_state()
    found = [(one["id"], one["nodes"]) for one in Axe().run(tab).response["violations"]]
    if tab.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the screen")
    return found


@pytest.mark.browser
@pytest.mark.parametrize(
    "tab",
    [NARROW, *(pytest.param(view, marks=pytest.mark.long) for view in (PHONE, DESK))],
    indirect=True,
    ids=lambda view: view["width"],
)
def test_the_pages_have_no_fault(tab, walker, make_person):
    person = make_person(second_factor=True)
    tab.goto(walker().address(municipality="kula"))
    assert faults(tab) == []
    tab.click("text=Регистрирайте се")
    assert faults(tab) == []
    tab.click("input[type=submit]")
    assert faults(tab) == []
    tab.goto(walker().address(redirect_uri="http://elsewhere.example/"))
    assert faults(tab) == []
    sign_in(tab, walker, person, acr_values="2")
    expect(tab.locator("#otp")).to_be_visible()
    assert faults(tab) == []
    sign_in(tab, walker, make_person(), acr_values="2", prompt="login")
    expect(tab.locator(".qr")).to_be_visible()
    assert faults(tab) == []


@pytest.mark.browser
def test_a_password_can_be_looked_at(tab, walker):
    tab.goto(walker().address())
    tab.fill("#password", "dalga-parola")
    tab.click("[data-password-toggle]")
    assert tab.locator("#password").get_attribute("type") == "text"
    assert tab.locator("[data-password-toggle]").get_attribute("aria-label") == "Скрийте"


@pytest.mark.browser
def test_without_javascript_people_sign_in(browser, walker, make_person):
    person = make_person(second_factor=True)
    context = browser.new_context(java_script_enabled=False, locale="bg-BG")
    tab = context.new_page()
    sign_in(tab, walker, person, acr_values="2")
    tab.fill("#otp", person.phone.code())
    with tab.expect_request("http://login.localhost:8000/callback**"):
        tab.click("button[name=login]", no_wait_after=True)
    context.close()
