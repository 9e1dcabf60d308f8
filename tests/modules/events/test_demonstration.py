"""Yearly events of the province in the demonstration: all that are known, none as if announced."""

import re
from datetime import date

import pytest

from obshto.modules.events import seeds
from obshto.platform.clock import day_of, now

VILLAGE = "gorno-selo"
YEARLY = {
    "vidin": {
        *("dimitrovden", "fair", "badin", "crafts", "waves", "retro", "motorcycles", "regatta"),
        *("summer", "dunavtsi"),
    },
    "belogradchik": {"opera"},
    "kula": {"horses", "kapachi"},
    "novo-selo": {"folklore"},
}
KNOWN = {"dimitrovden", "fair"}  # their day is tradition


def yearly():
    return [told for told in seeds._all() if told.get("yearly")]


def test_every_known_yearly_event_stands_in_its_municipality():
    found = {slug: {one["key"] for one in yearly() if one["only"] == [slug]} for slug in YEARLY}
    assert found == YEARLY


@pytest.mark.parametrize("told", yearly(), ids=lambda told: told["key"])
def test_a_day_that_nobody_announced_is_not_told_as_true(told):
    date(2027, *told["on"])
    words = {"bg": "отметка", "en": "marker", "ro": "marcaj"}
    for language, word in words.items():
        title, summary = told[language]
        assert title and summary
        assert told["key"] in KNOWN or word in summary
        source = seeds._text(told, language).markdown
        assert "2026" in source and seeds.MARKS[language] in source


def test_the_city_shows_them_with_their_source_twice_the_same(uow_in, visit, monkeypatch):
    here = [{**told, "only": [VILLAGE]} for told in yearly()]
    monkeypatch.setattr(seeds, "_all", lambda: here)
    for _twice in range(2):
        with uow_in(VILLAGE) as uow:
            seeds.seed(uow)
            uow.commit()
    month = f"{day_of(now()).year + 1}-07"  # the next one or the one after it
    page = visit(f"/events/month/{month}").text.replace("\xa0", " ")
    [path] = re.findall(r'href="([^"]+)"[^>]*>„Дунавски вълни“: денят не е обявен<', page)
    assert "към 24 ноември 2026" in visit(path).text.replace("\xa0", " ")
