"""The booth in a real Chromium: one vote from code to tracker, and all that may come between."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from support.belenios.client import public_of, random_secret
from support.belenios.elections import TEMPLATE, make_election
from support.belenios.server import served
from support.belenios.tool import INSTALLED, MISSING

from obshto.modules.voting.distribution.audit import BallotCheck, compact, fingerprint
from obshto.modules.voting.distribution.letters import new_code
from obshto.modules.voting.distribution.letters import public_of as public_of_code

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
WAIT = 60_000


def election_of(template):
    """An election that nobody can open; the booth sees no difference."""
    told = {"version": 1, "uuid": "AbcdefghijkLmn", "group": "BELENIOS-2048"}
    return compact(told | template | {"public_key": public_of(random_secret())})


@pytest.fixture(scope="module")
def election(tmp_path_factory):
    """Five voters, of whom nobody has voted."""
    if not INSTALLED:
        pytest.skip(MISSING)
    return make_election(tmp_path_factory.mktemp("election"), voters=5, template=TEMPLATE)


@pytest.fixture(scope="module")
def raw():
    return election_of(TEMPLATE)


@pytest.fixture
def server(raw):
    with served(raw) as vote:
        yield vote


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport=PHONE, locale="bg-BG", has_touch=True)
    context.set_default_timeout(WAIT)
    yield context
    context.close()


@pytest.fixture
def page(phone):
    page = phone.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    yield page
    assert errors == []


def button(page, name):
    return page.get_by_role("button", name=name)


def at(page, step):
    page.locator(f"#{step}:not([hidden])").wait_for()


def type_code(page, code):
    for place, group in enumerate(code, 1):
        page.locator(f"#group-{place}").fill(group)


def choose(page):
    page.get_by_label("Да", exact=True).check()
    page.get_by_label("дървета").check()
    button(page, "Прегледайте гласа си").click()


def open_with_code(page, server, code=None, query=""):
    page.goto(f"{server.address}{query}#{''.join(code or new_code())}")
    at(page, "choice")


def seal(page, server):
    open_with_code(page, server)
    choose(page)
    button(page, "Запечатайте и изпратете").click()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def mistype_and_mend(page, code):
    """A wrong digit in the second group: the page names the group and leads there."""
    group = code[1][:2] + str((int(code[1][2]) + 1) % 10) + code[1][3:]
    type_code(page, [code[0], group, *code[2:]])
    button(page, "Продължете").click()
    words = "Погледнете пак група 2: има сгрешена цифра."
    expect(page.locator("#code-wrong")).to_have_text(words)
    assert page.evaluate("document.activeElement.id") == "group-2"
    page.locator("#group-2").fill(code[1])
    button(page, "Продължете").click()


def test_one_vote_from_code_to_tracker_with_the_network_off_in_the_middle(page, phone, server, raw):
    code = new_code()
    page.goto(server.address)
    at(page, "code")
    phone.set_offline(True)
    mistype_and_mend(page, code)
    at(page, "choice")
    button(page, "Прегледайте гласа си").click()
    expect(page.locator("#wrong-0")).to_have_text("Изберете един отговор.")
    choose(page)
    assert page.locator("#chosen dt").all_inner_texts()[0] == "Да се затвори ли площадът за коли?"
    assert page.locator("#chosen dd").all_inner_texts() == ["Да", "дървета"]
    assert page.evaluate("document.activeElement.textContent") == "Това ли искате да гласувате?"
    button(page, "Запечатайте и изпратете").click()
    expect(page.locator("#sending-state")).to_contain_text("нищо не е изгубено")
    phone.set_offline(False)
    at(page, "done")
    [ballot] = server.ballots
    assert page.locator("#tracker").inner_text().replace(" ", "") == fingerprint(ballot)
    assert BallotCheck(raw).fault(ballot) is None
    assert json.loads(ballot)["credential"] == public_of_code("AbcdefghijkLmn", code)
    assert page.evaluate("localStorage.length") == 0


def test_nothing_is_wider_than_the_phone(page, server):
    page.goto(server.address)
    at(page, "code")
    for step in ("choice", "review", "done"):
        assert fits(page)
        if step == "choice":
            type_code(page, new_code())
            button(page, "Продължете").click()
        elif step == "review":
            choose(page)
        else:
            button(page, "Запечатайте и изпратете").click()
        at(page, step)
    assert fits(page)


def test_belenios_tool_takes_a_ballot_of_the_booth(page, election, tmp_path):
    with served(election.raw) as server:
        open_with_code(page, server)
        page.get_by_label("Празна бюлетина").check()
        button(page, "Прегледайте гласа си").click()
        button(page, "Запечатайте и изпратете").click()
        at(page, "done")
        assert election.tool.accepts(election.board.events[0][1], server.ballots, tmp_path)


def test_twenty_answers_of_which_three_may_be_chosen(page):
    answers = [f"Село {n}" for n in range(1, 21)]
    question = {"question": "Къде първо?", "answers": answers, "min": 1, "max": 3}
    raw = election_of(TEMPLATE | {"questions": [question]})
    with served(raw) as server:
        open_with_code(page, server)
        for name in answers[2:6]:
            page.get_by_label(name, exact=True).check()
        button(page, "Прегледайте гласа си").click()
        expect(page.locator("#wrong-0")).to_have_text("Изберете от 1 до 3.")
        page.get_by_label(answers[5], exact=True).uncheck()
        button(page, "Прегледайте гласа си").click()
        assert page.locator("#chosen dd").all_inner_texts() == answers[2:5]
        button(page, "Запечатайте и изпратете").click()
        at(page, "done")
        assert BallotCheck(raw).fault(server.ballots[0]) is None


def test_the_square_of_the_letter_fills_in_the_code_and_leaves_the_address(page, server):
    open_with_code(page, server)
    assert page.url == server.address
    expect(page.locator("#code-read")).to_have_text("Кодът е прочетен от писмото.")


def test_a_damaged_square_says_which_group_is_wrong(page, server):
    code = new_code()
    swapped = [*code[:3], code[4], code[3]]
    page.goto(f"{server.address}#{''.join(swapped)}")
    at(page, "code")
    expect(page.locator("#code-wrong")).to_contain_text(re.compile("груп[аи] (4|5|4, 5):"))


@pytest.mark.parametrize(
    ("status", "told", "words", "step"),
    [
        (409, {"reason": "closed"}, "приключи, преди гласът", None),
        (422, {"reason": "void"}, "Обадете се на 0938 12 345", None),
        (422, {"reason": "unknown_credential"}, "не е за това допитване", "code"),
        (422, {"reason": "broken"}, "пристигна повредена", "review"),
        (200, {"tracker": "x"}, "друг контролен номер", None),
    ],
)
def test_a_refusal_is_said_in_words_with_the_next_step(page, server, status, told, words, step):
    server.answers = [(status, told, {})]
    seal(page, server)
    at(page, "refused")
    expect(page.locator("#refused-words")).to_contain_text(words)
    again = button(page, "Опитайте пак")
    assert again.is_visible() == bool(step)
    if step:
        again.click()
        at(page, step)
    assert len(server.ballots) == 1


def test_a_busy_server_is_asked_again_with_the_same_ballot(page, server):
    server.answers = [(503, {}, {"Retry-After": "1"}), (502, {}, {})]
    seal(page, server)
    at(page, "done")
    assert len(server.ballots) == 3
    assert len(set(server.ballots)) == 1


def test_a_closed_tab_loses_nothing_that_was_sealed(page, phone, server):
    """A tab that closes may have sent it too: the same ballot twice is one vote."""
    open_with_code(page, server)
    choose(page)
    phone.set_offline(True)
    button(page, "Запечатайте и изпратете").click()
    expect(page.locator("#sending-state")).to_contain_text("нищо не е изгубено")
    sealed = json.loads(page.evaluate("localStorage.getItem(localStorage.key(0))"))
    page.close()
    phone.set_offline(False)
    again = phone.new_page()
    again.goto(server.address)
    at(again, "pending")
    assert again.locator("#pending-tracker").inner_text().replace(" ", "") == sealed["tracker"]
    button(again, "Изпратете го").click()
    at(again, "done")
    assert {*server.ballots} == {sealed["ballot"]}


def test_a_sealed_vote_that_is_no_longer_wanted_is_thrown_away(page, phone, server):
    page.goto(server.address)
    at(page, "code")
    kept = {"ballot": "{}", "tracker": "abcdefghijklmnop"}
    page.evaluate("one => localStorage.setItem('vote:AbcdefghijkLmn', one)", json.dumps(kept))
    page.reload()
    at(page, "pending")
    button(page, "Изтрийте го").click()
    at(page, "code")
    assert (page.evaluate("localStorage.length"), server.ballots) == (0, [])


def test_pressed_twice_it_is_sent_once(page, server):
    open_with_code(page, server)
    choose(page)
    page.locator("#seal").evaluate("one => { one.click(); one.click() }")
    at(page, "done")
    assert len(server.ballots) == 1


def test_two_phones_vote_with_one_letter_and_both_are_taken(page, phone, server, raw):
    code = new_code()
    for one in (page, phone.new_page()):
        open_with_code(one, server, code)
        choose(one)
        button(one, "Запечатайте и изпратете").click()
        at(one, "done")
        expect(one.locator("#re-vote")).to_contain_text("Брои се последният приет глас.")
    first, second = map(json.loads, server.ballots)
    assert first["credential"] == second["credential"]
    assert first != second


@pytest.mark.parametrize("year", [2001, 2038])
def test_a_wrong_clock_of_the_phone_changes_nothing(page, server, year):
    page.clock.set_fixed_time(f"{year}-01-01T00:00:00Z")
    open_with_code(page, server)
    expect(page.locator("#until")).to_have_text("Гласува се до 14 март, 20:00 ч.")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-03-10T07:59:59+02:00", "Започва на 10 март, 8:00 ч."),
        ("2026-03-14T20:00:00+02:00", "Приключи на 14 март, 20:00 ч. Глас вече не се приема."),
    ],
)
def test_before_and_after_the_vote_the_page_says_when(page, server, now, words):
    server.told["server_now"] = now
    page.goto(server.address)
    at(page, "closed")
    expect(page.locator("#closed-words")).to_have_text(words)


def test_a_municipality_without_a_telephone_is_named_itself(page, server):
    server.told |= {"phone": "", "counter": ""}
    page.goto(server.address)
    at(page, "code")
    expect(page.locator("#code-lost")).to_contain_text("Обадете се на общината или елате")
    expect(page.locator("#help")).to_contain_text("на място: на гишето в общината.")


def test_the_phones_own_way_back_leads_one_step_back(page, server):
    open_with_code(page, server)
    choose(page)
    at(page, "review")
    page.go_back()
    at(page, "choice")
    assert page.get_by_label("Да", exact=True).is_checked()


def test_by_keyboard_alone(page, server):
    code = new_code()
    page.goto(server.address)
    at(page, "code")
    page.locator("#group-1").focus()
    # Each full and right group leads to the next.
    page.keyboard.type("".join(code))
    page.keyboard.press("Enter")
    at(page, "choice")
    for key in ("Tab", "Space", "Tab", "Space", "Enter"):
        page.keyboard.press(key)
    at(page, "review")
    assert page.locator("#chosen dd").all_inner_texts() == ["Да", "пейки"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    at(page, "done")


@pytest.mark.parametrize("language", ["en", "ro"])
def test_other_languages_keep_bulgarian_to_the_words_of_the_election(page, server, language):
    server.told |= {"trial": True, "counter": "str. 1"}
    open_with_code(page, server, query=f"?lang={language}")
    strange = """() => [...document.querySelectorAll('main *, footer *')]
        .filter(one => !one.closest('[lang=bg], [hidden]'))
        .flatMap(one => [...one.childNodes])
        .filter(node => node.nodeType === 3 && /[а-яА-Я]/.test(node.data))
        .map(node => node.data)"""
    assert page.evaluate(strange) == []
    assert page.locator("html").get_attribute("lang") == language
    button(page, "Български").click()
    expect(page.locator("#trial")).to_have_text(
        "ПРОБА. Тук само се упражнявате. Този глас не се брои."
    )


@pytest.mark.parametrize(("language", "prefix"), [("bg", ""), ("en", "/en"), ("ro", "/ro")])
def test_the_pages_after_the_vote_are_in_the_language_of_the_booth(page, server, language, prefix):
    open_with_code(page, server, query=f"?lang={language}")
    folder = server.address.partition("://")[2].partition("/")[2].rpartition("/")[0]
    for name in ("trackers", "check"):
        led = page.locator(f"#{name}").get_attribute("href")
        assert led == f"{prefix}/{folder}/{name}".replace("//", "/")


VOICES = """isLocal => {
    const said = window.said = []
    const synthesis = {
        getVoices: () => [{ lang: 'bg-BG', localService: isLocal }],
        speak: words => said.push(words.text), cancel () {}, addEventListener () {}
    }
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
    window.SpeechSynthesisUtterance = class { constructor (text) { this.text = text } }
}"""


@pytest.mark.parametrize("is_local", [True, False])
def test_only_a_voice_of_the_phone_itself_reads_aloud(page, server, is_local):
    page.add_init_script(f"({VOICES})({str(is_local).lower()})")
    open_with_code(page, server)
    choose(page)
    aloud = button(page, "Прочетете ми страницата")
    assert aloud.is_visible() == is_local
    if is_local:
        aloud.click()
        [said] = page.evaluate("window.said")
        assert "Да се затвори ли площадът за коли?" in said and "дървета" in said


def test_every_target_is_large_enough_for_a_finger(page, server):
    open_with_code(page, server)
    small = """() => [...document.querySelectorAll('button, label.option, .groups input, summary')]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
        .map(one => one.textContent)"""
    assert page.evaluate(small) == []
    page.locator("#to-code").click()
    at(page, "code")
    assert page.evaluate(small) == []


def test_axe_finds_nothing(page, server):
    page.goto(server.address)
    at(page, "code")
    button(page, "Продължете").click()
    results = [Axe().run(page)]
    type_code(page, new_code())
    button(page, "Продължете").click()
    at(page, "choice")
    results.append(Axe().run(page))
    choose(page)
    results.append(Axe().run(page))
    assert [one["id"] for result in results for one in result.response["violations"]] == []


def faults(page):
    return [one["id"] for one in Axe().run(page).response["violations"]]


def test_axe_finds_nothing_while_it_is_sent_nor_when_it_waits_or_is_done(page, phone, server):
    open_with_code(page, server)
    choose(page)
    phone.set_offline(True)
    button(page, "Запечатайте и изпратете").click()
    expect(page.locator("#sending-state")).to_contain_text("нищо не е изгубено")
    found = faults(page)
    page.close()
    phone.set_offline(False)
    again = phone.new_page()
    again.goto(server.address)
    at(again, "pending")
    found += faults(again)
    button(again, "Изпратете го").click()
    at(again, "done")
    assert found + faults(again) == []


@pytest.mark.parametrize("reason", ["void", "unknown_credential"])
def test_axe_finds_nothing_in_a_refusal(page, server, reason):
    server.answers = [(422, {"reason": reason}, {})]
    seal(page, server)
    at(page, "refused")
    assert faults(page) == []


def test_without_javascript_the_page_says_why_and_where_else(browser, server):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address)
    words = page.locator("main").inner_text()
    assert "трябва JavaScript" in words
    assert "на гишето в общината" in words and "на хартия" in words
    assert not page.locator("#app").is_visible()
    context.close()


def test_nothing_of_code_or_choice_leaves_the_phone(page, phone, server):
    requests = []
    phone.on("request", lambda one: requests.append(f"{one.url} {one.post_data or ''}"))
    code = new_code()
    open_with_code(page, server, code)
    choose(page)
    button(page, "Запечатайте и изпратете").click()
    at(page, "done")
    sent = "".join(requests)
    assert "дървета" not in sent
    # The navigation's own fragment is no part of what the browser sends.
    assert not any(group in one.split("#")[0] for group in ["".join(code)] for one in requests)
    assert (
        page.locator(".groups input").evaluate_all("all => all.map(one => one.value).join('')")
        == ""
    )
    assert page.locator("input:checked").count() == 0


def test_two_voters_one_after_the_other_on_the_tablet_at_the_counter(page, server):
    """Nothing of the first is left: no box, no choice, no tracker, nothing on the device."""
    for number in (1, 2):
        code = new_code()
        page.goto(f"{server.address}?kiosk") if number == 1 else None
        at(page, "code")
        assert [page.locator(f"#group-{n}").input_value() for n in range(1, 6)] == [""] * 5
        type_code(page, code)
        button(page, "Продължете").click()
        at(page, "choice")
        assert page.locator("#choice input:checked").count() == 0
        choose(page)
        button(page, "Запечатайте и изпратете").click()
        at(page, "done")
        assert not page.locator("#trackers, #check").filter(visible=True).count()
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        button(page, "Следващият гласоподавател").click()
    at(page, "code")
    page.go_back()
    at(page, "code")
    assert page.locator("#tracker").inner_text() == ""
    first, second = map(json.loads, server.ballots)
    assert first["credential"] != second["credential"]


def test_whoever_goes_away_from_the_tablet_leaves_nothing_behind(page, server):
    page.clock.install()
    open_with_code(page, server, query="?kiosk")
    page.get_by_label("Да", exact=True).check()
    page.clock.fast_forward(200_000)
    at(page, "code")
    assert page.locator("#group-1").input_value() == ""
    assert page.locator("#choice input:checked").count() == 0
