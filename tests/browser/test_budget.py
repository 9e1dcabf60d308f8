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


@pytest.fixture
def load(site, visit):
    """Open a page for the first time: kind → [bytes on the wire], and how much it shifted."""
    site.fill(VILLAGE)

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


@pytest.mark.parametrize("path", ["/", "/news/"], ids=["home", "news"])
def test_a_first_visit_is_light_and_stands_still(load, path):
    kinds, shift = load(path)
    assert all(coded == "br" for _, _, coded in kinds["document"] + kinds["script"])
    assert bodies(kinds, "script") <= 8 * KB
    assert bodies(kinds, "document", "stylesheet", "script") <= 30 * KB
    everything = [one for found in kinds.values() for one in found]
    assert sum(body + head for body, head, _ in everything) <= 60 * KB
    assert len(everything) <= 10  # with the drawing of the place
    assert shift <= 0.02


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
