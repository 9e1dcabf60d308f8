"""A hundred questions as people type them find what they mean; thirty find nothing."""

import csv
import html
import re
from pathlib import Path

PAIRS = Path(__file__).parents[2] / "data" / "search.csv"
VILLAGE = "gorno-selo"
ENOUGH = 0.95


def pairs():
    with PAIRS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def titles(page):
    """The titles of the results, as a reader sees them."""
    found = re.findall(r'<h2 class="govuk-heading-s"><a [^>]*>(.*?)</a>', page)
    return [html.unescape(re.sub("<[^>]*>", "", title)).replace("\xa0", " ") for title in found]


def test_enough_of_the_questions_find_their_page_and_the_others_nothing(filled, client, at):
    missed, false = [], []
    for pair in pairs():
        page = client.get("/search", query_string={"q": pair["query"]}, base_url=at(VILLAGE))
        found = titles(page.text)
        if pair["title"] and pair["title"] not in found:
            missed.append((pair["query"], pair["title"], found[:3]))
        if not pair["title"] and found:
            false.append((pair["query"], found[:3]))
    asked = sum(bool(pair["title"]) for pair in pairs())
    assert asked == 100 and len(pairs()) == 130
    print(f"recall {1 - len(missed) / asked:.2f}", *missed, *false, sep="\n")
    assert false == []
    assert len(missed) <= asked * (1 - ENOUGH)
