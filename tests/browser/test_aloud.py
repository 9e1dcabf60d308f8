"""A page read aloud: by a voice of the device alone, each sentence in its own language, once."""

import pytest

VOICES = """isLocal => {
    const said = window.said = []
    const voices = ['bg-BG', 'en-GB'].map(lang => ({ lang, localService: isLocal }))
    const synthesis = {
        getVoices: () => voices,
        speak: words => said.push([words.lang, words.text]), cancel () {}, addEventListener () {}
    }
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis })
    window.SpeechSynthesisUtterance = class { constructor (text) { this.text = text } }
}"""


@pytest.fixture
def base(site):
    site.switch_to("gorno-selo", ["news", "voting", "voters"])
    yield site.at("gorno-selo")
    site.switch_to("gorno-selo", ["news"])


def opened(visit, address, *, is_local=True):
    page = visit()
    page.add_init_script(f"({VOICES})({str(is_local).lower()})")
    page.goto(address)
    return page


def test_registration_is_read_from_its_title_on_each_line_once(base, visit):
    page = opened(visit, f"{base}/voters/")
    page.get_by_role("button", name="Прочетете на глас").click()
    said = page.evaluate("window.said")
    words = [line.replace("\xa0", " ") for _, line in said]
    assert words[0] == "Регистрация за гласуване" and {lang for lang, _ in said} == {"bg"}
    line = "Влизате в профила си и попълвате име, ЕГН и как да дойде писмото."
    assert words.count(line) == 1
    assert not any("отпечатък, по който" in one for one in words)  # folded away
    assert page.get_by_role("button", name="Спрете четенето").is_visible()


def test_an_english_page_is_read_by_an_english_voice(base, visit):
    page = opened(visit, f"{base}/en/voting/limits")
    page.get_by_role("button", name="Read aloud").click()
    said = page.evaluate("window.said")
    assert len(said) > 10 and {lang for lang, _ in said} == {"en"}


def test_without_a_voice_of_the_device_nothing_is_offered(base, visit):
    page = opened(visit, f"{base}/voters/", is_local=False)
    assert not page.locator("[data-aloud]").is_visible()
