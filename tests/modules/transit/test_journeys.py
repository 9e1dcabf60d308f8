"""Trip search: never wrong on small nets, as somebody finds who tries everything."""

from hypothesis import given
from hypothesis import strategies as st

from obshto.modules.transit.services.journeys import (
    CHANGE,
    Connection,
    find_journeys,
    sorted_connections,
)

STOPS = "ABCDE"


@st.composite
def nets(draw):
    """A few buses over five stops; some stops are near to each other."""
    connections = []
    for trip in range(draw(st.integers(1, 6))):
        stops = draw(st.lists(st.sampled_from(STOPS), min_size=2, max_size=4))
        time = draw(st.integers(0, 40)) * 60
        for origin, target in zip(stops, stops[1:], strict=False):
            arrives = time + draw(st.integers(0, 10)) * 60
            connections.append(Connection(time, arrives, origin, target, trip))
            time = arrives + draw(st.integers(0, 3)) * 60
    pairs = draw(st.sets(st.sampled_from(["AB", "BC", "CD"]), max_size=2))
    walks = {}
    for one, other in pairs:
        seconds = draw(st.integers(1, 8)) * 60
        walks.setdefault(one, []).append((other, seconds))
        walks.setdefault(other, []).append((one, seconds))
    return connections, walks


def every_way(connections, walks, sources, target):
    """All (departs, arrives), by trying each bus after each bus."""
    found = set()
    boards = {stop: [(stop, 0), *walks.get(stop, ())] for stop in STOPS}

    def ride(begun, at, number):
        """On the bus of the connection with that number."""
        while True:
            one = connections[number]
            if one.target == target:
                found.add((begun, one.arrives))
            change(begun, one.target, one.arrives + CHANGE, at)
            later = [
                n for n in range(number + 1, len(connections)) if connections[n].trip == one.trip
            ]
            if not later:
                return
            number = later[0]

    def change(begun, stop, ready, used):
        for origin, seconds in boards[stop]:
            for number, one in enumerate(connections):
                if one.origin == origin and one.departs >= ready + seconds and number not in used:
                    ride(begun, used | {number}, number)

    for stop in sources:
        for origin, seconds in boards[stop]:
            for number, one in enumerate(connections):
                if one.origin == origin:
                    ride(one.departs - seconds, frozenset([number]), number)
    return {
        (departs, arrives)
        for departs, arrives in found
        if not any(d >= departs and a <= arrives and (d, a) != (departs, arrives) for d, a in found)
    }


@given(nets(), st.sets(st.sampled_from("ABC"), min_size=1, max_size=2))
def test_it_finds_what_trying_everything_finds(net, sources):
    connections, walks = net
    journeys = find_journeys(sorted_connections(connections), sources, {"E"}, walks=walks)
    assert {(one.departs, one.arrives) for one in journeys} == every_way(
        connections, walks, sources, "E"
    )


@given(nets())
def test_nobody_arrives_before_leaving_and_each_change_leaves_time(net):
    connections, walks = net
    for journey in find_journeys(sorted_connections(connections), {"A"}, {"E"}, walks=walks):
        assert journey.departs <= journey.legs[0].enter.departs
        assert journey.arrives == journey.legs[-1].leave.arrives
        assert journey.legs[-1].leave.target == "E"
        for leg in journey.legs:
            assert leg.enter.trip == leg.leave.trip
            assert leg.enter.departs <= leg.leave.arrives
        for before, after in zip(journey.legs, journey.legs[1:], strict=False):
            on_foot = dict(walks.get(before.leave.target, ()))
            if before.leave.target != after.enter.origin:
                walked = on_foot[after.enter.origin]
            else:
                walked = 0
            assert before.leave.arrives + CHANGE + walked <= after.enter.departs


def test_a_faster_bus_with_a_change_beats_the_slow_one():
    slow = Connection(0, 9000, "A", "E", 0)
    first, second = Connection(600, 1200, "A", "B", 1), Connection(1320, 3000, "B", "E", 2)
    [journey] = find_journeys(sorted_connections([slow, first, second]), {"A"}, {"E"})
    assert [leg.enter.trip for leg in journey.legs] == [1, 2]


def test_a_change_without_time_is_no_change():
    first, second = Connection(600, 1200, "A", "B", 1), Connection(1319, 3000, "B", "E", 2)
    assert find_journeys(sorted_connections([first, second]), {"A"}, {"E"}) == []
