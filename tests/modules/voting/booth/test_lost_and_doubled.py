"""One ballot lost or doubled, wherever it stands: the audit finds it, and so does a witness."""

import json

import pytest

from obshto.modules.voting.distribution import witness
from obshto.modules.voting.distribution.audit import audit

PLACES = range(4)  # of the ballots of `vote`


def without(board, place):
    """Rebuilt as if that ballot had never come."""
    lost = board.ballots[place]
    return board.rebuilt(lambda event, data: data[-1:] != [lost])


def doubled_after(board, place):
    """Rebuilt with that ballot twice, one behind the other."""
    made = board.rebuilt(lambda event, data: False)
    for text, data in board.events:
        kind = json.loads(text)["type"]
        for _ in range(2 if data[-1:] == [board.ballots[place]] else 1):
            made.add(kind, *data)
    return made


def put_again(board, place):
    """The same ballot once more at the end: the chain stays whole, the last vote does not."""
    return board.copy().add("Ballot", board.ballots[place])


def kinds(board, *kept):
    return {finding.kind for finding in audit(board.raw(), *kept).findings}


@pytest.fixture
def alarm(vote, site, tmp_path):
    """alarm(board): what a witness says of it who has seen the honest one."""

    def say(board):
        kept = tmp_path / "heads"
        site.put(vote.open.raw())
        witness.look(site.address, kept)
        site.put(board.raw())
        with pytest.raises(witness.Alarm) as raised:
            witness.look(site.address, kept)
        return str(raised.value)

    return say


@pytest.mark.parametrize("place", PLACES)
def test_a_lost_ballot_is_found_by_head_by_tracker_and_by_the_witness(vote, alarm, place):
    board = without(vote.open, place)
    assert kinds(board, vote.open.heads) == {"head"}
    assert kinds(board, (), vote.open.trackers) == {"tracker"}
    assert "пренаписано" in alarm(board) or "скъсено" in alarm(board)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("double", [doubled_after, put_again])
def test_a_doubled_ballot_is_found_without_anything_that_was_kept(vote, alarm, double, place):
    board = double(vote.open, place)
    assert "again" in kinds(board)
    assert "втори път" in alarm(board)


def test_the_honest_board_raises_nothing(vote, site, tmp_path):
    assert kinds(vote.open, vote.open.heads, vote.open.trackers) == set()
    for board in (vote.open, vote.counted):
        site.put(board.raw())
        assert witness.look(site.address, tmp_path / "heads").startswith("Наред")
