"""Which neighbours a thing near a border concerns."""

import pytest

from obshto.tenants.portal import borders

HOMES = {"1": "one", "2": "two", "3": "three", "9": "two"}
POINTS = {"1": (44.0, 22.8), "2": (44.0, 22.9), "3": (44.03, 22.8)}  # 8 km east, 3.3 km north


@pytest.fixture(autouse=True)
def known(monkeypatch):
    monkeypatch.setattr(borders, "points_of_settlements", lambda: POINTS)


@pytest.mark.parametrize(
    ("point", "neighbours"),
    [
        ((44.0, 22.8), set()),
        ((44.0, 22.84), {"two"}),  # 800 m from the middle
        ((44.0, 22.83), set()),  # 1,600 m
        ((44.0, 22.87), {"two"}),  # beyond it
        ((44.01, 22.8), {"three"}),
    ],
)
def test_land_begins_half_way_and_a_kilometre_is_near(point, neighbours):
    assert borders.neighbours_at("one", "1", point, HOMES) == neighbours


def test_without_a_point_villages_side_by_side_are_near():
    assert borders.neighbours_at("one", "1", None, HOMES) == {"three"}
    assert borders.neighbours_at("two", "9", None, HOMES) == set(), "nobody knows where it is"
