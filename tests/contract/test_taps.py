"""How many taps from the home page the commonest things are, counted over links as they are drawn.

A link in a closed fold costs the tap that opens it. A form that a page begins with is its thing.
"""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

VILLAGE, MOST = "gorno-selo", 3
OTHER_WAYS = ("/console", "/static", "/sign-", "/text-size", "/en/", "/ro/")
ID = "[0-9a-f-]{36}"
# What it is, the address where one has it, what then stands there: nothing where one signs in.
COMMONEST = {
    "what one needs for a paper": (r"/eservices/1997", "Какво"),
    "paying": (r"/pay/", "Плащане"),
    "water that is cut off": (rf"/(news|notices)/{ID}", "вода"),
    "who is the mayor": (r"/centres/reception", "Кмет на общината"),
    "answering a poll": (rf"/polls/{ID}", "Отговор"),
    "what the municipality's phone is": (r"/contact", "Телефон"),
    "telling of a broken lamp": (r"/reports/new", "Какво"),
    "what became of a report": (r"/reports/follow", "Номер"),
    "an application that was sent": (r"/eservices/resume", "код"),
    "the bus": (rf"/transit/stops/{ID}", ":"),
    "what is on": (rf"/events/{ID}", "ч."),
    "a chemist": (rf"/places/{ID}", "Аптека"),
    "an hour at a computer": (rf"/centres/{ID}", "час"),
    "a course": (rf"/courses/{ID}", "Запишете се"),
    "somebody who helps at home": (r"/assistants/new", "помощник"),
    "an opinion on an ordinance": (rf"/consultations/{ID}", "становищ"),
    "a proposal": (r"/proposals/new", "предложение"),
    "what the council decided": (r"/meetings/decisions", "Решения"),
    "where money went": (r"/projects/money", "Пари"),
    "who looked at one's data": (r"/personaldata/looks", ""),
}


@pytest.fixture(scope="module")
def pages():
    """What was asked already, by address: its text, its links with what each costs."""
    return {}


@pytest.mark.parametrize("thing", COMMONEST)
def test_the_commonest_things_are_three_taps_away(thing, seeded, client, at, pages):
    base = at(VILLAGE)

    def open_page(path):
        if path not in pages:
            pages[path] = read(client.get(path, base_url=base), base + path)
        return pages[path]

    taps = taps_to(*COMMONEST[thing], open_page)
    assert taps is not None, f"{MOST} taps do not lead to it"
    print(f"{thing}: {taps}")


def taps_to(address, words, open_page):
    """The fewest, None above the limit: pages are opened in the order of what they cost."""
    fits = re.compile(address).fullmatch
    costs = {"/": 0}
    for taps in range(MOST + 1):
        for path in [path for path, cost in costs.items() if cost == taps]:
            if taps and fits(path) and words in open_page(path)[0]:
                return taps
            if taps == MOST or (taps == MOST - 1 and not leads_to(path, address)):
                continue
            for to, more in open_page(path)[1].items():
                costs[to] = min(costs.get(to, MOST + 1), taps + more)
    return None


def leads_to(path, address):
    """The last tap but one is on a page of the same part: thousands are not opened for nothing."""
    return path.split("/")[1] in address


def read(answer, at):
    """Its text, its links with the taps that each costs."""
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return "", {}
    page, links = html.fromstring(answer.text), {}
    for link in page.iter("a"):
        to = urlsplit(urljoin(at, link.get("href", "")))
        if to.netloc == urlsplit(at).netloc and not to.path.startswith(OTHER_WAYS):
            links[to.path] = min(links.get(to.path, MOST), 1 + closed_folds(link))
    return page.find("body").text_content(), links


def closed_folds(link):
    """A fold is opened by its summary, which costs nothing more if the link stands in it."""
    return sum(
        1
        for fold in link.iterancestors("details")
        if "open" not in fold.attrib and not any(up.tag == "summary" for up in link.iterancestors())
    )
