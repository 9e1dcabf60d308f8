"""A short drill; in `make test-all` a longer one with mutants; all of them in `make drill`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.thorough import IS_THOROUGH

from obshto.modules.voting.services.tool import is_here

HERE = Path(__file__).parent
SECONDS = 3600 if IS_THOROUGH else 1200  # a machine may be busy
FAULTS = 100 if IS_THOROUGH else 12
WRITES = 400 if IS_THOROUGH else 24
MEGABYTES = 50 if IS_THOROUGH else 7


@pytest.fixture(scope="module", autouse=True)
def template(tmp_path_factory):
    """Villages written once: each drill begins with a copy of their database."""
    folder = tmp_path_factory.mktemp("template")
    subprocess.run([sys.executable, HERE / "template.py", folder], check=True, timeout=SECONDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRILL_TEMPLATE", str(folder))
        yield


def told(program, *arguments):
    """The exit code of a drill and its figures."""
    command = [sys.executable, HERE / program, *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert ended.stdout.startswith("{"), ended.stderr
    return ended.returncode, json.loads(ended.stdout)


def test_what_was_acknowledged_survives_kill_9():
    code, found = told("kill9.py", "--faults", str(FAULTS), "--json")
    assert found["found"] == [], json.dumps(found, ensure_ascii=False, indent=1)
    assert code == found["lost"] == found["doubled"] == found["linked"] == 0
    # So many that each kind was hit; how many more is the machine's matter.
    assert found["acknowledged"] > 20 and found["letters"] > 0
    for way in ("voted from a device", "voted signed in", "sheets typed", "answered once more"):
        assert found[way] > 0, way
    ways = ("application", "report", "opinion", "support", "booking", "protocol", "second")
    missed = [way for way in ways if not found.get(f"told: {way}")]
    # The last of a procedure come late: a slow machine is at its last fault before them.
    assert len(missed) <= (0 if IS_THOROUGH else 3), missed
    assert found["files brought"] > 0 and found["lines booked"] > 0
    assert found.get("ballots sealed", 0) > 0 or not is_here()
    assert sum(found["faults"].values()) == FAULTS


def is_noticed(mutant):
    """Whether a short drill finds what it doubles. The faults fall where they fall: now and then
    none of four meets a write that is sent again, and the next four are asked.
    """
    for _ in range(3):
        code, found = told("kill9.py", "--faults", "4", "--json", "--mutant", mutant)
        if code == 1 and found["doubled"] > 0:
            return True
    return False


@pytest.mark.long
def test_the_drill_notices_forms_that_do_not_say_what_they_saw():
    assert is_noticed("no_optimistic_lock")


@pytest.mark.long
def test_the_drill_notices_files_of_the_bank_that_are_read_again():
    assert is_noticed("no_statement_key")


@pytest.mark.long
def test_a_write_through_one_worker_is_read_through_the_other():
    code, found = told("visibility.py", "--writes", str(WRITES))
    assert code == found["stale on the next four"] == 0
    assert found["refused at the commit"] > 0
    assert found["read meanwhile"] > 100  # others read, and filled the cache, at all moments


@pytest.mark.long
def test_the_drill_notices_fragments_of_a_unit_of_work_that_wrote():
    code, found = told("visibility.py", "--writes", "12", "--mutant", "no_writer_check")
    assert code == 1 and found["stale on the next four"] > 0


@pytest.mark.long
def test_the_drill_notices_money_that_is_booked_for_each_message():
    assert is_noticed("no_webhook_dedup")


@pytest.mark.long
def test_a_municipality_comes_back_while_its_neighbours_are_asked():
    code, found = told("restore.py", "--megabytes", str(MEGABYTES), "--json")
    assert code == 0, found
    assert found["rows that came back"] == found["rows that were missing"] > 1000
    assert set(found["neighbours"]) == {"200"} and found["neighbours"]["200"] > 20


@pytest.mark.long
def test_a_database_that_hangs_gives_pages_or_an_honest_refusal():
    _, found = told("hang.py")  # how long each waits says `make drill`
    assert set(found["answers"]) <= {"200", "304", "503"} and found["while it hung"]["503"] > 10
    assert None not in found["whole again after"].values() and found["processes that ended"] == 0


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a disk")
def test_a_full_disk_loses_no_word_and_counts_no_refusal():
    code, found = told("full_disk.py")
    assert found["found"] == [] and code == 0
    assert found["answers"]["503"] > 1 and found["then"] == [303, 303]


@pytest.mark.long
@pytest.mark.nginx
def test_ten_times_too_many_get_a_page_or_are_asked_to_come_again():
    _, found = told("overload.py", "--seconds", "3")  # how long they wait says the long one
    assert set(found["overload"]["answers"]) == {"200", "503"}, found
    assert set(found["after"]["answers"]) == {"200"}
