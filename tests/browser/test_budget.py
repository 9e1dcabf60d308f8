"""How heavy the pages are that a phone on a slow network opens first."""

from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser
VILLAGE = "gorno-selo"
KB = 1024
SHIFTS = """() => new Promise(resolve => {
  let sum = 0
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value
  }).observe({type: 'layout-shift', buffered: true})
  setTimeout(() => resolve(sum), 500)
})"""


# What a phone opens first, by its name in the report.
PAGES = {
    "home": "/",
    "news": "/news/",
    "service": "/eservices/1998",
    "form": "/reports/new",
    "events": "/events/",
}

SCRIPTS = {"form": 10}  # KB: this one knows the camera and a map, too


@pytest.fixture
def furnished(site):
    """Every module is on and has what the demonstration gives it."""
    site.switch(VILLAGE)
    site.fill(VILLAGE)
    yield site
    site.switch_to(VILLAGE, ["news"])


@pytest.fixture
def load(furnished, visit):
    """Open a page for the first time: kind → [bytes on the wire], and how much it shifted."""
    site = furnished

    def begin(path):
        page, kinds, answers = visit(), {}, []
        page.on("requestfinished", lambda request: answers.append(request))
        page.goto(site.at(VILLAGE) + path, wait_until="networkidle")
        shift = page.evaluate(SHIFTS)
        for request in answers:
            assert urlsplit(request.url).hostname == urlsplit(site.at(VILLAGE)).hostname
            coded = request.response().headers.get("content-encoding")
            sizes = request.sizes()
            kinds.setdefault(request.resource_type, []).append(
                (sizes["responseBodySize"], sizes["responseHeadersSize"], coded)
            )
        return kinds, shift

    return begin


def bodies(kinds, *wanted):
    return sum(body for kind in wanted for body, _, _ in kinds.get(kind, ()))


@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_is_light_and_stands_still(load, name, record_property):
    kinds, shift = load(PAGES[name])
    record_property("weight", weight_of(name, kinds, shift))
    assert all(coded == "br" for _, _, coded in kinds["document"] + kinds["script"])
    assert bodies(kinds, "script") <= SCRIPTS.get(name, 8) * KB
    assert bodies(kinds, "document", "stylesheet", "script") <= 30 * KB
    everything = [one for found in kinds.values() for one in found]
    assert sum(body + head for body, head, _ in everything) <= 60 * KB
    assert len(everything) <= 10  # with the drawing of the place
    assert shift == 0


HALF_READ = """() => {
  const head = document.querySelector('body > header'), whole = getComputedStyle(head).visibility
  while (head.nextElementSibling) head.nextElementSibling.remove()
  return [whole, getComputedStyle(head).visibility]
}"""


def test_a_head_is_shown_once_all_of_it_was_read(site, visit):
    """A slow phone paints what it has so far; the second half of a row would move the first."""
    page = visit()
    page.goto(site.at(VILLAGE) + "/news/")
    assert page.evaluate(HALF_READ) == ["visible", "hidden"]


def weight_of(name, kinds, shift):
    """A line for the report of the suite."""
    words, style, script = (bodies(kinds, kind) for kind in ("document", "stylesheet", "script"))
    pictures, asked = bodies(kinds, "image"), sum(map(len, kinds.values()))
    return (
        f"first visit of {name}: {words / KB:.1f} KB of HTML, {style / KB:.1f} of style,"
        f" {script / KB:.1f} of scripts, {pictures / KB:.1f} of pictures; {asked} requests;"
        f" shift {shift:.4f}"
    )


def test_a_second_visit_asks_for_the_page_alone(site, visit):
    """Everything else is kept for ever under its fingerprint."""
    site.fill(VILLAGE)
    page, sent = visit(), []
    page.goto(site.at(VILLAGE) + "/", wait_until="networkidle")
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    page.goto(site.at(VILLAGE) + "/news/", wait_until="networkidle")
    assert 0 < sum(sent) <= 10 * KB
