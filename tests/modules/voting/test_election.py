"""A whole election as commission, voters and trustees go through it."""

import io
import json
import tarfile
from datetime import timedelta

import pytest

from obshto.modules.voting.errors import ToolRefused
from obshto.modules.voting.services import tool

YES, NO, BLANK = [[0, 1, 0]], [[0, 0, 1]], [[1, 0, 0]]


@pytest.fixture
def opened(vote, commission, set_clock):
    """An election that runs, with three codes."""
    codes = vote.begin().announce(commission)
    set_clock(vote.row.opens_at)
    return vote, commission, codes


def test_from_the_text_to_the_result(opened, set_clock):
    vote, commission, codes = opened
    first = commission.ballot(codes[0], *YES)
    for ballot in (first, commission.ballot(codes[1], *NO), commission.ballot(codes[0], *NO)):
        answer = vote.cast(ballot)
        assert answer.status_code == 200, answer.text
    set_clock(vote.row.closes_at)
    vote.advance()
    row = vote.row
    assert (row.stage, row.voters, row.result) == ("EncryptedTally", 2, None)
    commission.take(vote.board(), vote.uuid)
    commission.verify()
    for number in (1, 3):
        sent = vote.upload("opening", commission.share(number))
        assert sent.status_code == 303, sent.text[sent.text.find("error-summary") :][:900]
        vote.advance()
    assert vote.row.result == [[0, 0, 2]]
    commission.take(vote.board(), vote.uuid)
    commission.verify()
    page = vote.get("").text
    assert "по телефона 2, на хартия 0" in page
    assert json.loads(vote.get("lists.json").data)["void"] == []


def test_one_trustee_alone_opens_nothing(opened, set_clock):
    vote, commission, codes = opened
    vote.cast(commission.ballot(codes[0], *YES))
    set_clock(vote.row.closes_at)
    vote.advance()
    commission.take(vote.board(), vote.uuid)
    share = commission.share(2)
    as_if_of_another = share.replace('"owner":2', '"owner":1')
    changed = share.replace("1", "2", 1)
    for refused in (as_if_of_another, changed, commission.keys.trustees, "", "[]\n[]"):
        assert vote.upload("opening", refused).status_code == 422
    assert vote.upload("opening", share).status_code == 303
    vote.advance()
    assert (vote.row.stage, vote.row.result) == ("EncryptedTally", None)


def test_nothing_is_opened_before_the_end(opened, owner):
    vote, commission, codes = opened
    for code in codes:
        assert vote.cast(commission.ballot(code, *YES)).status_code == 200
    page, share = f"{vote.page}/opening", b'{"owner":1,"payload":{"decryption_factors":[["1"]]}}'
    assert 'type="file"' not in vote.staff.get(page).text
    typed = {"expected_version": vote.row.version, "file": (io.BytesIO(share), "share.json")}
    assert vote.staff.post(page, typed).status_code in (409, 422)
    vote.advance()
    assert (vote.row.stage, vote.row.result, vote.row.voters) == ("Setup", None, None)
    kinds = owner("select kind, count(*) from t_gorno_selo.voting_event group by 1 order by 1")
    assert kinds == [("Ballot", 3), ("Setup", 1)]
    assert "<h2>Резултат</h2>" not in vote.get("").text


def test_a_program_that_does_not_end_is_a_refusal_with_a_word(monkeypatch):
    monkeypatch.setattr(tool, "LONG", 0)
    with pytest.raises(ToolRefused) as refusal:
        tool.audit_board([], tool.BoardName(uuid="AbcdefghijkLmn", epoch=1))
    assert "timeout" in str(refusal.value)


def test_the_board_has_no_time_of_any_ballot(opened):
    vote, commission, codes = opened
    vote.cast(commission.ballot(codes[0], *YES))
    with tarfile.open(fileobj=io.BytesIO(vote.board())) as file:
        assert len({member.mtime for member in file.getmembers()}) == 1


def test_nothing_can_be_cast_before_the_beginning_or_from_the_end_on(opened, set_clock):
    vote, commission, codes = opened
    ballot, second = commission.ballot(codes[0], *YES), timedelta(seconds=1)
    set_clock(vote.row.opens_at - second)
    assert (vote.cast(ballot).status_code, vote.cast(ballot).json) == (
        409,
        {"reason": "not_open"},
    )
    set_clock(vote.row.closes_at)
    assert (vote.cast(ballot).status_code, vote.cast(ballot).json) == (
        409,
        {"reason": "closed"},
    )
    set_clock(vote.row.closes_at - second)
    assert vote.cast(ballot).status_code == 200
