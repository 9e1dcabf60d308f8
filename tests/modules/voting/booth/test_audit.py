"""The observer's audit finds each tampering of a board, also those that belenios-tool lets pass."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.belenios.board import Board
from support.belenios.client import public_of, random_secret, seal_ballot, sign
from support.belenios.tool import Refused

from obshto.modules.voting.distribution import audit as audit_program
from obshto.modules.voting.distribution.audit import Q, audit, compact, digest, record

YES, NO, BLANK = [0, 1, 0], [0, 0, 1], [1, 0, 0]
DATA = Path(__file__).parent / "data"
PROGRAM = Path(audit_program.__file__)


def kinds(board, *more, **asked):
    raw = board if isinstance(board, bytes) else board.raw()
    return {finding.kind for finding in audit(raw, *more, **asked).findings}


def edited(board, kind, edit):
    """A board whose last event of this kind was changed, chained anew from there."""
    made = board.copy()
    at = max(n for n, (text, _) in enumerate(made.events) if json.loads(text)["type"] == kind)
    tail, made.events = made.events[at:], made.events[:at]
    made.add(kind, *edit([*tail[0][1]]))
    for text, data in tail[1:]:
        made.add(json.loads(text)["type"], *data)
    return made


def test_an_honest_vote_is_in_order(vote):
    done = audit(vote.counted.raw(), vote.open.heads, vote.open.trackers, {"voters": 5})
    assert done.findings == []
    assert done.result == [[1, 1, 1]]
    assert kinds(vote.open, vote.open.heads) == set()


@pytest.mark.parametrize("pair", [(0, 1), (0, 2), (1, 2)])
def test_any_two_trustees_open_the_same_result(vote, pair):
    keys = [vote.election.keys[n] for n in pair]
    done = audit(vote.election.count(vote.open, keys).raw())
    assert (done.findings, done.result) == ([], [[1, 1, 1]])


def test_one_trustee_opens_nothing(vote):
    shares = []

    def kept(event, data):
        shares.append(event["type"] == "PartialDecryption")
        return sum(shares) < 2 or not shares[-1]

    assert "result" in kinds(vote.counted.rebuilt(kept))


def test_a_dropped_ballot_is_seen_by_whoever_kept_a_head_or_a_tracker(vote):
    lost = vote.open.ballots[1]
    board = vote.open.rebuilt(lambda event, data: data[-1:] != [lost])
    assert kinds(board) == set()
    assert kinds(board, vote.open.heads) == {"head"}
    assert kinds(board, (), [vote.open.trackers[1][:12]]) == {"tracker"}


def test_an_old_ballot_put_again_after_a_newer_one(vote, tmp_path):
    board = vote.open.copy().add("Ballot", vote.open.ballots[0])
    vote.election.tool.verify(board, tmp_path)  # lets it pass
    assert kinds(board) == {"again"}


def test_an_old_ballot_with_its_signature_written_in_another_way(vote):
    ballot = json.loads(vote.open.ballots[0])
    proof = ballot["signature"]["proof"]
    proof["response"] = str(int(proof["response"]) + Q)
    assert kinds(vote.open.copy().add("Ballot", compact(ballot))) == {"form"}


def test_a_ballot_after_the_end(vote, tmp_path):
    board = vote.open.copy().add("EndBallots")
    board.add("Ballot", vote.election.seal(3, [NO]))
    vote.election.tool.verify(board, tmp_path)  # lets it pass
    assert kinds(board) == {"order"}


def test_a_tally_without_one_ballot(vote):
    honest = audit(vote.open.raw())
    counted = list(honest.last.values())[1:]

    def smaller(data):
        tally = compact(audit_program.tally_of(honest.election, counted))
        sized = {"num_tallied": 2, "total_weight": 2, "encrypted_tally": digest(tally)}
        return tally, compact(sized)

    assert "tally" in kinds(edited(vote.counted, "EncryptedTally", smaller))


def test_another_result(vote):
    board = edited(vote.counted, "Result", lambda data: [compact({"result": [[0, 3, 0]]})])
    assert kinds(board) == {"result"}


@pytest.mark.parametrize("name", ["decryption_factors", "decryption_proofs"])
def test_a_partial_decryption_that_is_not_the_trustees(vote, name):
    def swap(data):
        share = json.loads(data[0])
        row = share[name][0]
        row[0], row[1] = row[1], row[0]
        text = compact(share)
        return text, compact(json.loads(data[1]) | {"payload": digest(text)})

    assert kinds(edited(vote.counted, "PartialDecryption", swap)) == {"share", "result"}


def test_a_record_that_no_event_names(vote):
    foreign = record(f"{digest('{}')}.data.json", "{}", vote.counted.timestamp)
    assert kinds(vote.counted.raw() + foreign) == {"file"}


def test_records_that_tell_when_they_came(vote):
    board = vote.open.copy()
    last = board.events.pop()
    later = record(f"{digest(last[1][0])}.data.json", last[1][0], board.timestamp + 60)
    later += record(f"{digest(last[0])}.event.json", last[0], board.timestamp + 60)
    assert "times" in kinds(board.raw() + later)


def test_a_ballot_whose_proof_is_broken(vote, tmp_path):
    ballot = json.loads(vote.election.seal(3, [YES]))
    proof = ballot["answers"][0]["individual_proofs"][0][0]
    proof["response"] = str(int(proof["response"]) ^ 1)
    broken = audit_program.compact(ballot)
    assert kinds(vote.open.copy().add("Ballot", broken)) == {"signature"}
    again = vote.open.copy().add("Ballot", sign(ballot, vote.election.secrets[3]))
    assert kinds(again) == {"proof"}


def test_a_voter_who_is_not_on_the_roll(vote):
    ballot = seal_ballot(vote.election.raw, random_secret(), [YES])
    assert kinds(vote.open.copy().add("Ballot", ballot)) == {"unknown"}


def test_void_and_spare_letters(vote):
    board = vote.open.copy().add("Ballot", vote.election.seal(3, [NO]))
    fourth, fifth = (public_of(vote.election.secrets[n]) for n in (3, 4))
    lists = {"voters": 4, "spares": [fourth], "given": [], "void": []}
    assert kinds(board, lists=lists) == {"spare"}
    assert kinds(board, lists=lists | {"given": [fourth], "void": [fifth]}) == set()
    assert kinds(board, lists=lists | {"given": [fourth]}) == {"lists"}
    assert kinds(board, lists=lists | {"spares": [], "voters": 5, "void": [fourth]}) == {"void"}
    assert kinds(board, lists={"voters": 4}) == {"lists"}


def setup_with(vote, **changed):
    election, trustees, roll, _ = vote.open.events[0][1]
    parts = {"election": election, "trustees": trustees, "roll": roll} | changed
    return Board.begin(parts["election"], parts["trustees"], parts["roll"])


def test_a_key_that_is_not_of_the_trustees(vote):
    foreign = public_of(random_secret())
    election = compact(json.loads(vote.election.raw) | {"public_key": foreign})
    assert kinds(setup_with(vote, election=election)) == {"key"}


def test_trustees_whose_own_keys_were_changed(vote):
    trustees = json.loads(vote.open.events[0][1][1])
    trustees[0][1]["verification_keys"][0]["public_key"] = public_of(random_secret())
    assert kinds(setup_with(vote, trustees=compact(trustees))) == {"unreadable"}


@pytest.mark.parametrize("change", [lambda r: [*r, r[0]], lambda r: [r[0] + ",5", *r[1:]]])
def test_a_roll_where_somebody_counts_twice(vote, change):
    roll = json.loads(vote.open.events[0][1][2])
    assert kinds(setup_with(vote, roll=compact(change(roll)))) == {"roll"}


def test_a_broken_chain(vote):
    board = vote.open.copy()
    del board.events[2]
    assert kinds(board) == {"chain"}


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0" * 512, b"x" * 2000, record("BELENIOS", "[]", 1), record("BELENIOS", "{", 1)],
)
def test_a_file_that_is_no_board_is_said_to_be_none(raw):
    assert "unreadable" in kinds(raw)


def test_a_board_cut_anywhere_is_never_in_order(vote):
    raw = vote.counted.raw()
    step = len(raw) // 40 + 1
    heads = vote.counted.heads
    assert all(kinds(raw[:n], heads) for n in range(step, len(raw), step))


def test_a_board_of_belenios_tool_3_is_read():
    done = audit((DATA / "board-3.0.bel").read_bytes())
    assert (done.findings, done.result) == ([], [[1, 0, 2], [2, 2, 1]])


def test_the_tool_agrees_about_the_honest_board_and_refuses_another_result(vote, tmp_path):
    tool = vote.election.tool
    tool.verify(vote.counted, tmp_path)
    wrong = edited(vote.counted, "Result", lambda data: [compact({"result": [[0, 3, 0]]})])
    with pytest.raises(Refused):
        tool.verify(wrong, tmp_path / "wrong")


def run(*arguments, alone=("-S",)):
    """The program as an observer runs it: the one file, no library, no platform."""
    command = [sys.executable, "-I", *alone, str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def test_the_program_says_in_words_what_it_found(vote, tmp_path):
    (tmp_path / "board.bel").write_bytes(vote.counted.raw())
    (tmp_path / "trackers").write_text("\n".join(vote.open.trackers))
    (tmp_path / "heads").write_text("".join(f"{n} {head}\n" for n, head in vote.open.heads))
    rest = ["--trackers", tmp_path / "trackers", "--heads", tmp_path / "heads"]
    done = run(tmp_path / "board.bel", *rest)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Бюлетини: 4. Гласували: 3." in done.stdout
    assert "  Да: 1\n" in done.stdout
    assert done.stdout.endswith("Всичко е наред: нито една проверка не намери грешка.\n")


def test_the_program_says_the_same_with_and_without_the_library(vote, tmp_path):
    asked = [sys.executable, "-I", "-c", "import gmpy2"]
    here, alone = (subprocess.run([*asked[:2], *more, *asked[2:]]) for more in ((), ("-S",)))
    assert here.returncode == 0 and alone.returncode != 0
    broken = edited(vote.counted, "Result", lambda data: [compact({"result": [[0, 3, 0]]})])
    for name, board in (("honest", vote.counted), ("broken", broken)):
        (tmp_path / name).write_bytes(board.raw())
        slow, quick = run(tmp_path / name), run(tmp_path / name, alone=())
        assert (quick.returncode, quick.stdout) == (slow.returncode, slow.stdout)
        assert bool(slow.returncode) == (name == "broken")


def test_the_program_fails_loudly(vote, tmp_path):
    (tmp_path / "board.bel").write_bytes(vote.open.copy().add("Ballot", "{}").raw())
    done = run(tmp_path / "board.bel")
    assert done.returncode == 1
    assert "НЕ Е НАРЕД [5] form: бюлетината не е във верния вид" in done.stdout
    assert run(tmp_path / "nothing").returncode == 2


def test_many_ballots_are_checked_on_all_processors(vote, monkeypatch):
    monkeypatch.setattr(audit_program, "MANY", 2)
    other = json.loads(vote.election.seal(3, [NO])) | {"election_hash": "x"}
    board = vote.open.copy().add("Ballot", compact(other))
    assert [(one.kind, one.height) for one in audit(board.raw()).findings] == [("election", 5)]
