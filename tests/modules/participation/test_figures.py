"""What a year tells: sums of what was told already, and nothing that could be taken from them."""

from datetime import datetime
from uuid import uuid4

import pytest
from flask import g
from tests.modules.participation.conftest import VILLAGE

from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.consultations.services.opinions import OpinionWords, give_opinion
from obshto.modules.participation.services.figures import counted, summed
from obshto.platform.cases.channels import COUNTER, PORTAL
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.disclosure.representation import Division, representation_of_told
from obshto.platform.participation.figures import held_back, period_of

DRAFT = dict.fromkeys(("title", "summary", "draft", "reasons"), "Текст")


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        g.modules = ("participation", "consultations", "promises")
        yield begun


@pytest.fixture
def year(uow):
    return day_of(uow.now).year - 1


@pytest.fixture
def decided(uow, year):
    """decided(groups): a consultation with so many opinions by age, its outcome a year ago."""

    def begin(groups, at=None):
        row = write_consultation(uow, ConsultationDraft(kind="other", **DRAFT), request_id=uuid4())
        uow.session.flush()
        publish_consultation(uow, row, expected_version=row.version)
        uow.session.flush()
        for age, number in groups.items():
            for count in range(number):
                words = f"{age} {count} {row.id}"
                channel = PORTAL if count % 2 and uow.principal.person_id else COUNTER
                told = OpinionWords(words=words, author="Проба", channel=channel, age=age)
                give_opinion(uow, row.id, told, request_id=uuid4())
        row.outcome_at = at or datetime(year, 6, 1, 12, tzinfo=SOFIA)
        uow.session.flush()
        return row

    return begin


def ways(uow, year):
    return counted(uow, year)["ways"]


def test_a_hidden_group_of_one_consultation_stays_hidden_in_the_sum(uow, year, decided):
    """65+ are 12 and 14: told. 15-29 are 3 in the first, 11 in the second: the sum would tell 3."""
    decided({"15-29": 3, "30-44": 8, "65+": 12})
    decided({"15-29": 11, "65+": 14})
    told = ways(uow, year)["consultations.opinions"]
    assert (told["things"], told["voices"]) == (2, 48)
    assert told["by_age"] == {"15-29": 11, "65+": 26}


def test_a_year_ends_by_the_clock_of_sofia(uow, year, decided):
    decided({"65+": 10}, at=datetime(year, 12, 31, 23, 59, tzinfo=SOFIA))
    decided({"65+": 10}, at=datetime(year + 1, 1, 1, tzinfo=SOFIA))
    assert ways(uow, year)["consultations.opinions"]["voices"] == 10
    assert period_of(year).end == period_of(year + 1).begin


def test_few_opinions_are_counted_and_tell_of_no_group(uow, year, decided):
    decided({"65+": 9})
    told = ways(uow, year)["consultations.opinions"]
    assert (told["voices"], told["by_age"], told["by_mode"]) == (9, {}, {})


def test_a_year_in_which_nobody_spoke_has_no_ways(uow, year):
    figures = counted(uow, year)
    assert figures["ways"] == {}
    assert set(summed(figures).values()) == {0}


def test_small_groups_take_another_with_them():
    assert held_back({"online": 95, "assisted": 4}) == {}
    assert held_back({"online": 95, "assisted": 40}) == {"online": 95, "assisted": 40}
    assert held_back({"": 30, "a": 20}) == {"a": 20}


def test_who_is_unheard_is_seen_beside_who_lives_here():
    ages = {"15-29": "млади", "30-44": "други", "65+": "стари"}
    residents = {"15-29": 0.4, "30-44": 0.3, "65+": 0.3}
    division = Division(title="По възраст", column="by_age", names=ages, residents=residents)
    told = representation_of_told(division, {"15-29": 10, "65+": 90})
    assert told.unheard == ["млади"]
    assert told.hidden == [("други", 0.3)]
    assert [(group.name, group.share) for group in told.groups] == [("млади", 0.1), ("стари", 0.9)]
