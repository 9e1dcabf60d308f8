"""Sizes of bodies by law: the row in force, its words, a changed law as one more row."""

from datetime import date

import pytest

from obshto.platform.legal import sizes
from obshto.platform.legal.errors import NoRuleYet
from obshto.platform.legal.sizes import body_size

DAY = date(2027, 1, 1)


def test_a_committee_has_as_many_members_as_the_row_says():
    asked = body_size("zpu_committee", on=DAY)
    assert (asked.least, asked.most, asked.article) == (3, 7, "ЗПУГДВМС чл. 28, ал. 1")
    assert [asked.is_met(number) for number in (2, 3, 7, 8)] == [False, True, True, False]
    assert body_size("zpu_initiative_committee", on=DAY).most == 5
    with pytest.raises(NoRuleYet):
        body_size("zpu_committee", on=date(2026, 10, 31))


def test_a_changed_law_is_one_more_row(monkeypatch):
    [row] = [one for one in sizes._TOLD["rules"] if one["id"] == "zpu_committee"]
    changed = {**row, "most": 9, "from": "2028-01-01"}
    told = {**sizes._TOLD, "rules": [*sizes._TOLD["rules"], changed]}
    monkeypatch.setattr(sizes, "_TOLD", told)
    assert body_size("zpu_committee", on=date(2027, 12, 31)).most == 7
    assert body_size("zpu_committee", on=date(2028, 1, 1)).most == 9


def test_every_size_says_why_in_three_languages_and_names_its_article():
    for rule in sizes._TOLD["rules"]:
        assert set(rule["why"]) == {"bg", "en", "ro"} and "чл." in rule["article"]
