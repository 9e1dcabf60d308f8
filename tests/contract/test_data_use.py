"""Beside each public form that takes a person's data one reads what becomes of them.

Why, by which law, until when: `/privacy` says it of each part, and the form's page leads there.
"""

import re
from collections import Counter
from html import unescape
from urllib.parse import urlsplit

import pytest
from lxml.html import fromstring
from support.browsing import SignedIn
from support.console import PORTAL, is_on_walk, link_of, opened, shape
from support.contract import ONLY

from obshto.ops.compose import all_components

VILLAGE, OF_EACH = "gorno-selo", 3  # so many pages of each shape
# What is typed or taken; buttons and hidden fields tell nothing of anybody.
TAKING = "self::textarea or @type='text' or @type='email' or @type='tel' or @type='file'"
TAKING += " or @type='number' or @type='date' or @type='datetime-local' or @type='password'"
# The sum that is asked of who sends much is nobody's data.
NOT_OF_A_PERSON = {"sum_answer"}
#: No person stands behind what these forms take, and their parts say why.
NOBODYS = {
    "usefulness": "yes or no, of a day, without a name",
    "voting": "a sealed ballot under a credential that nobody here can tie to a person",
}
SAID = ("Кои данни", "Трябват ни, за", "Кой ги вижда", "Пазим ги", "Правно основание")


@pytest.fixture(params=["a stranger", "somebody signed in"])
def citizen(request, app, at, seeded):
    if request.param == "somebody signed in":
        return seeded
    return SignedIn(app, VILLAGE, at(VILLAGE), "", None)


@pytest.fixture
def told(seeded):
    """Anchors of the page that says it, of those parts of which all is said."""
    page = fromstring(seeded.get("/privacy").text)
    return {
        section.get("id")
        for section in page.xpath("//main//section[@id]")
        if all(said in section.text_content() for said in SAID)
    }


def test_each_form_that_takes_a_persons_data_leads_to_what_becomes_of_them(citizen, told):
    asked = {page: taking(text, page) for page, text in pages_of(citizen)}
    asked = {page: found for page, found in asked.items() if found}
    assert ONLY or len(asked) > 25, "the walk meets few forms"
    silent = {page: fields for page, (fields, anchor) in asked.items() if anchor not in told}
    assert silent == {}


def pages_of(citizen):
    """Address and text of the portal's pages that somebody is led to, some of each shape."""
    waiting, looked, seen = [PORTAL], Counter(), {PORTAL}
    while waiting:
        page, answer = opened(citizen, waiting.pop(0))
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue  # a file, or where one signs in first
        yield page, answer.text
        for href in re.findall(r'<a[^>]* href="([^"]+)"', answer.text):
            link = link_of(page, href)
            way = shape(urlsplit(link).path)
            if is_on_walk(link, PORTAL) and link not in seen and looked[way] < OF_EACH:
                seen.add(link)
                looked[way] += 1
                waiting.append(link)


def taking(text, page):
    """Fields of the page's forms that take something, and where the line beside them leads."""
    fields = set(fromstring(text).xpath(f"//main//form[@method='post']//*[{TAKING}]/@name"))
    slug = urlsplit(page).path.split("/")[1]
    if slug in NOBODYS or not fields - NOT_OF_A_PERSON:
        return None
    line = re.search(r'href="[^"]*/privacy#([a-z]+)"', unescape(text))
    return sorted(fields), line and line[1]


def test_each_part_that_takes_what_somebody_types_declares_what_becomes_of_it(app):
    """Also where the walk is not led: by the forms that a part's public pages take."""
    parts = {part.citizen.name: part for part in all_components() if part.citizen is not None}
    taking = {rule.endpoint.split(".")[0] for rule in app.url_map.iter_rules() if takes(rule)}
    undeclared = {parts[name].slug for name in taking & set(parts) if not parts[name].processing}
    assert undeclared - set(NOBODYS) == {"thread"}, "its forms are those of followers"


def takes(rule):
    return "POST" in rule.methods and not rule.rule.startswith("/console/")
