"""A house without belenios-tool shows everything, says what is missing, and loses nothing."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select
from support.belenios.client import seal_ballot, secret_of

from obshto.modules.voting.distribution.letters import credential_of
from obshto.modules.voting.models import Election
from obshto.modules.voting.seeds import seed
from obshto.modules.voting.services import standing_trial, tool
from obshto.modules.voting.services.board import END, SETUP
from obshto.modules.voting.services.stages import advance
from obshto.ops import run

VILLAGE = "gorno-selo"
ABSENT = "belenios-tool-that-is-nowhere"
PAGES = ("", "trackers", "check", "booth", "booth.json", "board.bel", "lists.json", "heads.txt")


@pytest.fixture
def seeded(staff, uow_in, monkeypatch):
    """A vote in each state, on a machine that has no such program."""
    monkeypatch.setattr(tool, "PROGRAM", ABSENT)
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.session.commit()
        rows = uow.session.scalars(select(Election).where(Election.is_control.is_(False))).all()
        uow.session.expunge_all()
    return rows


def test_every_page_and_every_file_is_there(seeded, client, at):
    votes = [row for row in seeded if row.stage]
    assert {row.stage for row in votes} >= {SETUP, "EncryptedTally", "Result"}
    paths = [f"{row.slug}/{name}".rstrip("/") for row in votes for name in PAGES]
    for path in ("", "try", "limits", "programs/audit.py", *paths):
        assert client.get(f"/voting/{path}", base_url=at(VILLAGE)).status_code == 200, path


def test_what_was_counted_is_shown(seeded, client, at):
    [counted] = [row for row in seeded if row.stage == "Result"]
    page = client.get(f"/voting/{counted.slug}", base_url=at(VILLAGE)).text
    assert "<h2>Резултат</h2>" in page and "по телефона" in page


def test_the_console_says_what_is_missing_and_announces_nothing(seeded, staff, uow_in):
    draft = next(row for row in seeded if row.stage == "" and row.practised_on)
    assert "липсва програмата" in staff.get("/console/voting/").text
    page = f"/console/voting/{draft.id}"
    assert "липсва програмата" in staff.get(page).text
    obstacle = staff.get(f"{page}/announce").text
    assert "липсва програмата" in obstacle and "Обявете допитването</button>" not in obstacle
    answer = staff.post(f"{page}/announce", {"expected_version": draft.version})
    assert answer.status_code == 422 and "липсва програмата" in answer.text
    with uow_in(VILLAGE) as uow:
        assert uow.session.get_one(Election, draft.id).stage == ""


def test_a_ballot_is_asked_to_come_again(seeded, vote):
    made = json.loads(Path(standing_trial.FILE).read_text("utf-8"))
    code = next(iter(standing_trial.codes())).split()
    secret = secret_of(made["uuid"], credential_of(made["uuid"], code))
    vote.slug = "proba-1"
    answer = vote.cast(seal_ballot(made["raw"], secret, [[0, 1, 0, 0, 0]]))
    assert (answer.status_code, answer.json) == (503, {"reason": "busy"})
    assert answer.headers["Retry-After"]


def test_what_ended_waits_and_its_console_says_for_what(seeded, staff, uow_in, set_clock):
    running = next(row for row in seeded if row.stage == SETUP and not row.is_standing)
    set_clock(running.closes_at)
    for _stage in (END, "the tally"):
        with uow_in(VILLAGE) as uow:
            advance(uow, running.id)
            uow.commit()
    with uow_in(VILLAGE) as uow:
        row = uow.session.get_one(Election, running.id)
        assert row.stage == END and "липсва програмата" in row.fault
    assert "Последната стъпка не успя" in staff.get(f"/console/voting/{running.id}").text


@pytest.mark.parametrize(("found", "lines"), [("/usr/bin/belenios-tool", 0), (None, 1)])
def test_whoever_starts_the_house_reads_what_is_missing(monkeypatch, found, lines):
    monkeypatch.setattr(run.shutil, "which", lambda name: found)
    told = run.missing_programs()
    assert len(told) == lines
    assert all("apt-get install belenios-tool" in line for line in told)
