"""Traps of belenios-tool 3.x, which `make test-all` unpacks beside, or BELENIOS_3_TOOL names.

Its `verify` does not wait for its own check of ballots, and 3.0 takes an encrypted tally that
leaves a ballot out: so its word on a whole board is never enough.
"""

import json
import os

import pytest
from support.belenios.elections import make_election
from support.belenios.tool import Refused, Tool, name_of
from support.thorough import IS_THOROUGH

from obshto.modules.voting.distribution.audit import BallotCheck, audit, compact
from obshto.modules.voting.errors import ToolRefused
from obshto.modules.voting.services import tool

NEWER = os.environ.get("BELENIOS_3_TOOL", "")
pytestmark = pytest.mark.skipif(
    not (NEWER and IS_THOROUGH),
    reason="BELENIOS_3_TOOL names no belenios-tool 3.x, or this is not make test-all",
)
YES, NO = [0, 1, 0], [0, 0, 1]
TEMPLATE = {
    "name": "Площадът",
    "description": "Допитване",
    "questions": [
        {
            "question": "Да се затвори ли площадът за коли?",
            "answers": ["Да", "Не"],
            "blank": True,
            "min": 1,
            "max": 1,
        }
    ],
}


@pytest.fixture(scope="module")
def newer():
    found = Tool(NEWER)
    assert found.is_new, f"{NEWER} is older than 3.0"
    return found


@pytest.fixture(scope="module")
def vote(newer, tmp_path_factory):
    """Three voters; ceremony, check and opening by 3.x."""
    election = make_election(tmp_path_factory.mktemp("newer"), 3, TEMPLATE, newer)
    for voter, choice in ((0, YES), (1, NO)):
        election.cast(voter, [choice])
    return election


def broken(ballot):
    """A proof that proves nothing."""
    told = json.loads(ballot)
    proof = told["answers"][0]["individual_proofs"][0][0]
    proof["challenge"] = str(int(proof["challenge"]) + 1)
    return compact(told)


def test_what_it_counts_our_audit_counts_alike(vote):
    counted = vote.count()
    done = audit(counted.raw())
    assert (done.findings, done.result) == ([], [[0, 1, 1]])


def test_a_ballot_is_asked_for_alone_because_its_check_of_a_board_may_let_it_pass(
    newer, vote, tmp_path
):
    """`verify-ballot` is sound; `verify` is a race, so nothing is asserted of it."""
    (tmp_path / name_of(vote.board)).write_bytes(vote.board.raw())
    for name, ballot, is_good in (
        ("good", vote.seal(2, [YES]), True),
        ("bad", broken(vote.seal(2, [YES])), False),
    ):
        (tmp_path / name).write_text(ballot)
        try:
            newer("election", "verify-ballot", "--dir", ".", "--ballot", name, cwd=tmp_path)
            is_taken = True
        except Refused:
            is_taken = False
        assert is_taken is is_good
        assert (BallotCheck(vote.raw).fault(ballot) is None) is is_good


@pytest.fixture
def server_has(monkeypatch):
    """The server's own calls, with a 3.x as its program."""
    asked = []
    ask = tool.ask_tool

    def noted(*arguments, **more):
        asked.append(arguments[:2])
        return ask(*arguments, **more)

    monkeypatch.setattr(tool, "PROGRAM", NEWER)
    monkeypatch.setattr(tool, "ask_tool", noted)
    tool._version.cache_clear()
    yield asked
    tool._version.cache_clear()


def test_the_server_asks_a_newer_tool_for_each_ballot_alone(vote, server_has):
    """Ten times: by `verify` a broken one would pass in most of them."""
    trustees = vote.board.events[0][1][1]
    name = tool.BoardName(uuid=json.loads(vote.raw)["uuid"], epoch=vote.board.timestamp)
    good = vote.seal(2, [YES])
    tool.verify_ballot(vote.raw, trustees, good, name)
    for _ in range(10):
        with pytest.raises(ToolRefused):
            tool.verify_ballot(vote.raw, trustees, broken(vote.seal(2, [YES])), name)
    assert {*server_has} == {("election", "verify-ballot")}


def test_a_broken_ballot_on_the_board_is_found_by_our_audit_each_time(vote):
    board = vote.board.copy()
    board.add("Ballot", broken(vote.seal(2, [YES])))
    assert {finding.kind for finding in audit(board.raw()).findings} & {"proof", "signature"}


def test_a_tally_without_a_ballot_is_found_whatever_it_says(newer, vote, tmp_path):
    """Trap 4: the tool is given the tally of a board that one ballot was left out of."""
    fewer = vote.another(tmp_path, TEMPLATE, 3)
    fewer.cast(0, [YES])
    counted = fewer.count()
    whole = counted.copy()
    late = fewer.seal(1, [NO])
    made = whole.rebuilt(lambda event, data: event["type"] in ("Setup", "Ballot"))
    made.add("Ballot", late)
    for text, data in counted.events:
        kind = json.loads(text)["type"]
        if kind not in ("Setup", "Ballot"):
            made.add(kind, *data)
    assert "tally" in {finding.kind for finding in audit(made.raw()).findings}
