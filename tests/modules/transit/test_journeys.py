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


class EveryWay:
    """All (departs, arrives) to a stop, by trying each bus after each bus."""

    def __init__(self, connections, walks, target):
        self.connections, self.target, self.found = connections, target, set()
        self.boards = {stop: [(stop, 0), *walks.get(stop, ())] for stop in STOPS}

    def begin(self, stop):
        for origin, seconds in self.boards[stop]:
            for number, one in enumerate(self.connections):
                if one.origin == origin:
                    self.ride(one.departs - seconds, number, frozenset([number]))

    def ride(self, begun, number, used):
        """On the bus of the connection with that number, to each of its stops."""
        trip = self.connections[number].trip
        for one in self.connections[number:]:
            if one.trip == trip:
                if one.target == self.target:
                    self.found.add((begun, one.arrives))
                self.change(begun, one, used)

    def change(self, begun, left, used):
        for origin, seconds in self.boards[left.target]:
            ready = left.arrives + CHANGE + seconds
            for number, one in enumerate(self.connections):
                if one.origin == origin and one.departs >= ready and number not in used:
                    self.ride(begun, number, used | {number})

    def best(self):
        return {
            one
            for one in self.found
            if not any(o != one and o[0] >= one[0] and o[1] <= one[1] for o in self.found)
        }


@given(nets(), st.sets(st.sampled_from("ABC"), min_size=1, max_size=2))
def test_it_finds_what_trying_everything_finds(net, sources):
    connections, walks = net
    journeys = find_journeys(sorted_connections(connections), sources, {"E"}, walks=walks)
    every = EveryWay(connections, walks, "E")
    for stop in sources:
        every.begin(stop)
    assert {(one.departs, one.arrives) for one in journeys} == every.best()


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
            stop = before.leave.target
            walked = {stop: 0, **dict(walks.get(stop, ()))}[after.enter.origin]
            assert before.leave.arrives + CHANGE + walked <= after.enter.departs


def test_a_faster_bus_with_a_change_beats_the_slow_one():
    slow = Connection(0, 9000, "A", "E", 0)
    first, second = Connection(600, 1200, "A", "B", 1), Connection(1320, 3000, "B", "E", 2)
    [journey] = find_journeys(sorted_connections([slow, first, second]), {"A"}, {"E"})
    assert [leg.enter.trip for leg in journey.legs] == [1, 2]


def test_a_change_without_time_is_no_change():
    first, second = Connection(600, 1200, "A", "B", 1), Connection(1319, 3000, "B", "E", 2)
    assert find_journeys(sorted_connections([first, second]), {"A"}, {"E"}) == []
