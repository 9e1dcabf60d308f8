"""What a year tells: sums of what was told already, and nothing that could be taken from them."""

from datetime import datetime
from uuid import uuid4

import pytest
from flask import g
from hypothesis import given
from hypothesis import strategies as st
from tests.modules.participation.conftest import VILLAGE

from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.consultations.services.opinions import OpinionWords, give_opinion
from obshto.modules.participation.models import RegionalParticipation
from obshto.modules.participation.services.figures import (
    counted,
    summed,
    together,
    told_together,
    without_places,
)
from obshto.modules.participation.services.regional import RegionalLine
from obshto.platform.cases.channels import COUNTER, PORTAL
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.disclosure.representation import Division, representation_of_told
from obshto.platform.participation.declarations import WayFigures
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


def told_by(voices, ages, modes, ends):
    """A municipality's year, as it tells it: groups of which none can be taken from the others."""
    way = {"things": 1, "voices": voices, "ends": ends, "by_place": {"00001": 99}}
    way |= {"by_age": held_back(ages), "by_mode": held_back(modes)}
    return {"ways": {"consultations.opinions": way}}


def test_the_region_adds_up_what_each_tells_and_nothing_can_be_taken_from_it(app):
    large = told_by(90, {"15-29": 40, "65+": 50}, {"online": 60, "assisted": 30}, {"accepted": 7})
    small = told_by(53, {"15-29": 3, "30-44": 20, "65+": 30}, {"online": 49, "assisted": 4}, {})
    with app.test_request_context("/"):
        g.modules = ("participation", "consultations")
        [(_way, alone)] = told_together([large])
        [(_way, both)] = told_together([large, small])
    assert (both.things, both.voices, both.ends) == (2, 143, {"accepted": 7})
    assert both.by_place is None
    # The three young of the small one are in no sum, nor who would tell of them.
    left = {age: both.by_age[age] - alone.by_age.get(age, 0) for age in both.by_age}
    assert {age: number for age, number in left.items() if number} == {"65+": 30}
    assert both.by_mode == alone.by_mode == {"online": 60, "assisted": 30}


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["15-29", "30-44", "65+"]), st.integers(0, 40)),
        min_size=2,
        max_size=5,
    )
)
def test_no_small_group_is_found_by_subtraction_over_municipalities(several):
    years = [told_by(sum(ages.values()), ages, {}, {}) for ages in several]
    told = [WayFigures(**year["ways"]["consultations.opinions"]) for year in years]
    sums = together(told).by_age
    for own, ages in zip(told, several, strict=True):
        others = together([one for one in told if one is not own]).by_age
        left = {age: sums.get(age, 0) - others.get(age, 0) for age in ages}
        for age, number in left.items():
            assert number in (0, own.by_age.get(age)), (age, ages)
            assert not 0 < number < 10


def test_the_region_keeps_no_settlements():
    year = told_by(90, {"65+": 50}, {}, {})
    assert without_places(year)["consultations.opinions"]["by_place"] is None


def test_a_thousand_residents_are_the_measure_and_few_voices_are_marked():
    """2,345 residents and 469 voices are 200 of a thousand; under a hundred voices is few."""
    row = RegionalParticipation(residents=2_345, voices=469)
    assert (RegionalLine(row).per_thousand, RegionalLine(row).is_small) == (200.0, False)
    assert RegionalLine(RegionalParticipation(residents=None, voices=5)).per_thousand is None
    assert [
        RegionalLine(RegionalParticipation(residents=100, voices=number)).is_small
        for number in (99, 100)
    ] == [True, False]
