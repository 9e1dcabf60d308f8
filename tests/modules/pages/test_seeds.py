"""The demonstration pages are whole, and speak plainly."""

import re

import pytest

from obshto.modules.pages.seeds import _all
from obshto.platform.content.hints import hints_of

TEXTS = [(told["key"], text) for told in _all() for text in [told["texts"]["bg"]]]


@pytest.mark.parametrize(("key", "text"), TEXTS, ids=[key for key, _ in TEXTS])
def test_a_demonstration_page_gives_no_hint_but_the_one_that_shows_them(key, text):
    hints = hints_of(f"{text['summary']}\n\n{text['body']}")
    assert bool(hints) is (key == "winter"), hints


def test_when_a_service_is_ready_is_a_term_and_not_how_often_it_comes():
    terms = [said for _, text in TEXTS if (said := text.get("details", {}).get("term"))]
    assert terms
    often = re.compile(r"\b(всек\w+|всяк\w+|веднъж|ежедн\w+|ежесед\w+|понеделник|петък)\b", re.I)
    assert [said for said in terms if often.search(said)] == []


def test_every_link_between_the_pages_leads_to_one_that_is_written_before():
    known = set()
    for told in _all():
        for key in re.findall(r"\{page:([a-z-]+)\}", str(told["texts"])):
            assert key in known, (told["key"], key)
        known.add(told["key"])
