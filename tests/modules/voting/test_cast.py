"""Casting: who is let in, once, to the second; what is acknowledged stays."""

import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from support.browsing import visitor

from obshto.modules.voting.distribution.audit import Q
from obshto.modules.voting.services import cast, tool
from obshto.platform import clock
from obshto.platform.db.session import db

YES, NO = [[0, 1, 0]], [[0, 0, 1]]


@pytest.fixture
def opened(vote, commission, set_clock):
    codes = vote.begin().announce(commission)
    set_clock(vote.row.opens_at)
    return vote, commission, codes


def heights(owner):
    return [row[0] for row in owner("select height from t_gorno_selo.voting_event order by 1")]


def refused(answer, reason, status=422):
    return answer.status_code == status and answer.json == {"reason": reason}


def test_the_same_ballot_again_is_the_first_one(opened, owner):
    vote, commission, codes = opened
    ballot = commission.ballot(codes[0], *YES)
    first, again = vote.cast(ballot), vote.cast(ballot)
    assert (first.status_code, first.json) == (again.status_code, again.json) == (200, first.json)
    assert first.json["height"] == 1
    later = vote.cast(commission.ballot(codes[0], *NO))
    assert later.json["height"] == 2
    assert vote.cast(ballot).json == first.json  # an old one comes back; nothing is put again
    assert heights(owner) == [0, 1, 2]
    found = vote.get("trackers", query_string={"tracker": first.json["tracker"][:12]})
    assert "гласувано пак" in found.text
    found = vote.get("trackers", query_string={"tracker": later.json["tracker"]})
    assert "се брои." in found.text
    found = vote.get("trackers", query_string={"tracker": later.json["tracker"][:11]})
    assert "поне първите 12 знака" in found.text and "Такъв номер няма" not in found.text


def test_what_is_not_sound_is_refused_and_nothing_is_kept(opened, owner):
    vote, commission, codes = opened
    sound = commission.ballot(codes[0], *YES)
    ballot = json.loads(sound)
    another = next(one for one in commission.public if one != ballot["credential"])
    swapped = {**ballot, "credential": another}
    other = {**ballot, "election_hash": "A" * 43}
    more = {**ballot, "name": "Проба"}
    response = int(ballot["signature"]["proof"]["response"])
    signature = {**ballot["signature"], "proof": {**ballot["signature"]["proof"]}}
    signature["proof"]["response"] = str(response + Q)
    for broken in (swapped, other, more, {**ballot, "signature": signature}, [], 1, {}):
        sent = json.dumps(broken, separators=(",", ":"), ensure_ascii=False)
        assert vote.cast(sent).status_code == 422, sent[:90]
    for broken in (sound[:-1], sound + " ", "\x00", "[" * 9_000, b"\xff", "x" * 70_000):
        assert refused(vote.cast(broken), "broken"), broken[:20]
    assert heights(owner) == [0]
    assert vote.cast(sound).status_code == 200
    assert refused(vote.cast(json.dumps({**ballot, "signature": signature})), "broken")


def test_a_code_that_is_not_on_the_roll_or_void_votes_for_nothing(
    opened, tmp_path_factory, keys, owner
):
    vote, commission, codes = opened
    stranger = type(commission)(tmp_path_factory.mktemp("stranger"), keys)
    [code] = stranger.codes(vote.uuid, 1)
    assert refused(vote.cast(commission.ballot(code, *YES)), "unknown_credential")
    ballot = commission.ballot(codes[1], *YES)
    spoiled = json.loads(ballot)["credential"]
    assert vote.staff.press(f"{vote.page}/codes", "codes", credential=spoiled).status_code == 303
    assert refused(vote.cast(ballot), "void")
    assert json.loads(vote.get("lists.json").data)["void"] == [spoiled]
    assert heights(owner) == [0]


def test_a_code_votes_a_bounded_number_of_times(opened, owner, monkeypatch):
    vote, commission, codes = opened
    monkeypatch.setattr(cast, "MOST", 2)
    ballots = [commission.ballot(codes[0], *choice) for choice in (YES, NO, YES)]
    assert [vote.cast(one).status_code for one in ballots[:2]] == [200, 200]
    assert refused(vote.cast(ballots[2]), "too_many", 409)
    assert vote.cast(ballots[1]).status_code == 200  # sent again, it stands where it stood
    assert vote.cast(commission.ballot(codes[1], *YES)).status_code == 200
    assert heights(owner) == [0, 1, 2, 3]


def test_who_has_voted_gets_no_paper(opened):
    vote, commission, codes = opened
    vote.cast(commission.ballot(codes[0], *YES))
    used = json.loads(commission.ballot(codes[0], *YES))["credential"]
    answer = vote.staff.press(f"{vote.page}/codes", "codes", credential=used)
    assert answer.status_code == 409 or "С този код вече е гласувано" in answer.text
    assert json.loads(vote.get("lists.json").data)["void"] == []


def test_only_a_program_or_the_booth_itself_may_send(opened, at):
    vote, commission, codes = opened
    ballot = commission.ballot(codes[0], *YES)
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    assert vote.cast(ballot, headers=elsewhere).status_code == 403
    assert vote.cast(ballot, content_type="text/plain").status_code == 400
    neighbour = at("dolno-selo")
    assert vote.cast(ballot, base_url=neighbour).status_code == 404
    assert vote.cast(ballot).status_code == 200


@pytest.mark.parametrize("name", ["", "booth", "booth.json", "board.bel", "heads.txt", "trackers"])
def test_nothing_of_it_is_seen_next_door(opened, at, name):
    vote, _, _ = opened
    path = f"/voting/{vote.slug}/{name}".rstrip("/")
    assert vote.client.get(path, base_url=vote.base).status_code == 200
    assert vote.client.get(path, base_url=at("dolno-selo")).status_code == 404


def test_too_many_at_once_are_told_to_come_again(opened, monkeypatch, owner):
    vote, commission, codes = opened
    ballot = commission.ballot(codes[0], *YES)
    monkeypatch.setattr(tool, "PATIENCE", 0)
    monkeypatch.setattr(tool, "_took", lambda lock: False)
    answer = vote.cast(ballot)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    monkeypatch.undo()
    assert heights(owner) == [0]


def test_without_the_tool_a_ballot_waits_and_the_console_says_so(opened, monkeypatch):
    vote, commission, codes = opened
    ballot = commission.ballot(codes[0], *YES)
    monkeypatch.setattr(tool, "is_here", lambda: False)
    assert vote.cast(ballot).status_code == 503
    assert "липсва програмата" in vote.staff.get("/console/voting/").text


def test_voters_at_one_moment_stand_one_after_the_other(opened, app, owner):
    vote, commission, codes = opened
    ballots = [commission.ballot(code, *YES) for code in codes]

    def cast(ballot):
        address = f"/voting/{vote.slug}/cast"
        sent = {"content_type": "application/json", "base_url": vote.base}
        return visitor(app).post(address, data=ballot, **sent)

    with ThreadPoolExecutor(6) as pool:
        answers = [*pool.map(cast, ballots * 2)]
    assert {answer.status_code for answer in answers} == {200}
    assert heights(owner) == [0, 1, 2, 3]
    assert len({answer.json["height"] for answer in answers}) == 3
    commission.take(vote.board(), vote.uuid)
    commission.verify()


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_it_ends_to_the_second_in_a_night_when_clocks_are_moved(vote, commission, set_clock, day):
    last = datetime.fromisoformat(f"{day}T02:30:00").replace(tzinfo=clock.SOFIA)
    [code, *_] = vote.begin(last=last).announce(commission)
    ballot, second = commission.ballot(code, *YES), timedelta(seconds=1)
    set_clock(last)
    assert refused(vote.cast(ballot), "closed", 409)
    set_clock(last - second)
    assert vote.cast(ballot).status_code == 200


def test_what_was_acknowledged_survives_kill_9(opened, app, owner):
    """A process that casts is killed while it does, three times over."""
    vote, commission, codes = opened
    acknowledged = []
    for choice in (YES, NO, YES):
        ballots = [commission.ballot(code, *choice) for code in codes]
        acknowledged += _cast_until_killed(app, vote, ballots, after=2)
    rows = owner("select payload_hash from t_gorno_selo.voting_event where kind = 'Ballot'")
    stored = [row[0] for row in rows]
    assert len(stored) == len(set(stored))
    assert set(acknowledged) <= set(stored)
    commission.take(vote.board(), vote.uuid)
    commission.verify()


def _cast_until_killed(app, vote, ballots, *, after):
    """Names of the ballots that were acknowledged before the child was killed."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        with app.app_context():
            db.engine.dispose(close=False)
        for ballot in ballots:
            answer = visitor(app).post(
                f"/voting/{vote.slug}/cast",
                data=ballot,
                content_type="application/json",
                base_url=vote.base,
            )
            if answer.status_code == 200:
                os.write(writing, f"{sha256(ballot.encode()).hexdigest()}\n".encode())
        os._exit(0)
    os.close(writing)
    told = b""
    while told.count(b"\n") < after and (piece := os.read(reading, 100)):
        told += piece
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reading, 100):
        told += piece
    os.close(reading)
    return told.decode().split()
