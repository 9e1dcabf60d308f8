"""Secrecy: no table, log, queue or backup holds a code, a key, or what somebody chose."""

import json
import logging
from base64 import b64encode
from zipfile import ZipFile

import pytest
from sqlalchemy.exc import DBAPIError

from obshto.modules.voting.distribution.audit import audit
from obshto.modules.voting.models import BoardEvent
from obshto.modules.voting.services import ledger
from obshto.modules.voting.services.board import file_of
from obshto.ops.backup.backup_run import take_all
from obshto.ops.backup.backup_settings import keeping_of, noted

YES, NO = [[0, 1, 0]], [[0, 0, 1]]
VILLAGE = "gorno-selo"


@pytest.fixture
def everything(owner):
    """All rows of all tables of the village, of the region and of the queue, as text."""

    def read():
        asked = "select schemaname, tablename from pg_tables where schemaname in"
        named = owner(f"{asked} ('t_gorno_selo', 'shared', 'queue')")
        rows = {}
        for schema, table in named:
            found = owner(f'select t::text from "{schema}"."{table}" t')
            rows[f"{schema}.{table}"] = sorted(row[0] for row in found)
        return rows

    return read


@pytest.fixture
def backup(config, app):
    """What a backup of the village and of the region holds, file by file, as text."""

    def read():
        with noted(config) as note:
            paths = take_all(keeping_of(config, note))
        texts = []
        for path in paths:
            with ZipFile(path) as archive:
                texts += [
                    archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
                ]
            path.unlink()
        return "\n".join(texts)

    return read


def spelled(secret):
    """As a text, as the digits of its bytes and as base64 may stand somewhere."""
    raw = secret.encode()
    return {secret, secret.replace("-", ""), raw.hex(), b64encode(raw).decode().rstrip("=")}


def test_a_ballot_writes_one_row_and_nothing_else(vote, commission, set_clock, everything, caplog):
    [code, *_] = vote.begin().announce(commission)
    set_clock(vote.row.opens_at)
    ballot, before = commission.ballot(code, *YES), everything()
    with caplog.at_level(logging.DEBUG):
        assert vote.cast(ballot).status_code == 200
    after = everything()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"t_gorno_selo.voting_event"}
    [event, ballot_row] = after["t_gorno_selo.voting_event"]
    assert json.loads(ballot)["credential"] in ballot_row + event
    columns = set(BoardEvent.__table__.c.keys())
    assert not {name for name in columns if name.endswith(("_at", "_by", "_id"))} - {"election_id"}
    assert json.loads(ballot)["credential"] not in caplog.text


def test_neither_codes_nor_keys_nor_choices_are_anywhere(
    vote, commission, set_clock, everything, backup, caplog
):
    with caplog.at_level(logging.DEBUG):
        codes = vote.begin().announce(commission)
        set_clock(vote.row.opens_at)
        for code, choice in zip(codes, (YES, NO, NO), strict=True):
            assert vote.cast(commission.ballot(code, *choice)).status_code == 200
        set_clock(vote.row.closes_at)
        vote.advance()
        commission.take(vote.board(), vote.uuid)
        for number in (1, 2):
            vote.upload("opening", commission.share(number))
            vote.advance()
    assert vote.row.result == [[0, 1, 2]]
    kept = "\n".join(text for rows in everything().values() for text in rows)
    held = {
        "tables and queue": kept,
        "log": caplog.text,
        "board": vote.board().decode("utf-8", "replace"),
        "backup": backup(),
    }
    files = [name for name in commission.folder.iterdir() if name.suffix in (".key", ".dkey")]
    assert len(files) == 6
    secrets = [*codes, *(name.read_text().strip().strip('"') for name in files)]
    found = [
        (place, secret)
        for place, text in held.items()
        for secret in secrets
        if any(form in text for form in spelled(secret))
    ]
    assert found == []
    for place, text in held.items():  # how one of them chose
        assert "[0,1,0]" not in text.replace(" ", ""), place
    for place in ("tables and queue", "board", "backup"):  # what is public is found there
        assert commission.public[0] in held[place], place


def test_the_board_can_only_be_added_to(vote, commission, uow_in):
    vote.begin().announce(commission)
    for act in ("update {} set height = 9", "delete from {}", "truncate {}"):
        with uow_in(VILLAGE) as uow, pytest.raises(DBAPIError, match="permission denied"):
            uow.session.connection().exec_driver_sql(act.format("t_gorno_selo.voting_event"))


def test_every_head_that_was_published_stays_on_the_board(vote, commission, set_clock):
    codes = vote.begin().announce(commission)
    set_clock(vote.row.opens_at)
    seen, trackers = [], []
    for code in codes:
        trackers.append(vote.cast(commission.ballot(code, *YES)).json["tracker"])
        seen.append(vote.get("heads.txt").text)
    assert all(later.startswith(earlier) for earlier, later in zip(seen, seen[1:], strict=False))
    heads = [(int(n), name) for n, name in (line.split() for line in seen[-1].splitlines())]
    lists = json.loads(vote.get("lists.json").data)
    assert audit(vote.board(), heads, trackers, lists).findings == []
    dropped = [*heads[:-1], (heads[-1][0], "0" * 64)]
    assert [one.kind for one in audit(vote.board(), dropped).findings] == ["head"]


def test_the_file_of_the_board_is_the_tools_own_to_the_byte(vote, commission, set_clock, uow_in):
    [code, *_] = vote.begin().announce(commission)
    set_clock(vote.row.opens_at)
    before, ballot = vote.board(), commission.ballot(code, *YES)
    assert vote.cast(ballot).status_code == 200
    commission.take(before, vote.uuid)
    commission.add("Ballot", ballot)
    assert (commission.folder / f"{vote.uuid}.bel").read_bytes() == vote.board()
    with uow_in(VILLAGE) as uow:
        rows = [*ledger.events_of(uow, vote.row)]
    assert b"".join(file_of(rows, vote.row.epoch)) == vote.board()
    known = {"If-None-Match": vote.get("board.bel").headers["ETag"]}
    assert vote.get("board.bel", headers=known).status_code == 304
