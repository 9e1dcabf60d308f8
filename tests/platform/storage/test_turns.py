"""One file at a time in a house: people before jobs, and a child that is killed blames no file."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

from obshto.platform.storage import child, turns
from obshto.platform.storage.errors import ChildEnded, FilesBusy, TooManyPixels
from obshto.platform.storage.pictures import draw

DECODER = Path(child.__file__).with_name("decoder.py")


@pytest.fixture(autouse=True)
def own_house(tmp_path):
    """A house of this test alone."""
    before = turns._place
    turns.keep_turns_in(tmp_path)
    yield tmp_path
    turns.keep_turns_in(before)


@pytest.fixture
def decoder(monkeypatch, tmp_path):
    """decoder("…"): a program of these lines in place of the one that draws."""
    monkeypatch.setattr(child, "PROGRAMS", tmp_path)
    return (tmp_path / "decoder.py").write_text


def drawn(content=b"a picture"):
    return draw(BytesIO(content))


HOLDS = """
import pathlib, sys
from obshto.platform.storage import turns
turns.keep_turns_in(pathlib.Path(sys.argv[1]))
with turns.turn(30):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_at_a_time_whichever_process_asks(make, monkeypatch, own_house):
    monkeypatch.setattr(child, "PATIENCE", 0.2)
    command = [sys.executable, "-c", HOLDS, str(own_house)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(FilesBusy) as refused:
            drawn(make.image())
        assert refused.value.status == 503
        other.kill()  # who dies lets go of it
        other.wait()
        assert drawn(make.image())


def test_another_house_on_the_machine_has_turns_of_its_own(own_house):
    with turns.turn(0):
        turns.keep_turns_in(own_house / "another")
        with turns.turn(0):
            pass


def test_a_house_has_its_turns_where_its_data_lie(make_app, config):
    make_app()
    assert turns._place == config.data_dir


def waiting_person(pool):
    """Somebody at a page who waits for the turn that is held; returns what ends with theirs."""

    def at_a_page():
        with turns.turn(child.PATIENCE):
            return "was served"

    person = pool.submit(at_a_page)
    while not (turns.somebody_waits() or person.done()):  # their turn may have come at once
        pass
    return person


def test_a_job_never_goes_before_who_stands_at_a_page():
    with ThreadPoolExecutor(1) as pool:
        with turns.turn(0):
            person = waiting_person(pool)
        assert person.result() == "was served"
    with turns._opened("waiting") as waiting:
        turns.fcntl.flock(waiting, turns.SHARED)  # as the next one does who comes to a page
        with turns.giving_way(), pytest.raises(FilesBusy), turns.turn(0.2):
            pass
        with turns.turn(0):  # two may stand there
            pass
    with turns.giving_way(), turns.turn(0):
        pass


def test_a_long_drawing_of_a_job_ends_for_who_stands_at_a_page(decoder, monkeypatch):
    decoder("import time; time.sleep(60)")
    monkeypatch.setattr(child, "HINDERED", 0)
    with ThreadPoolExecutor(2) as pool:

        def job():
            with turns.giving_way():
                return drawn()

        drawing = pool.submit(job)
        while turn_is_free():
            assert not drawing.done()
        assert waiting_person(pool).result() == "was served"
        with pytest.raises(ChildEnded):
            drawing.result()


def turn_is_free():
    with turns._opened("turn") as held:
        return turns._took(held, turns.ALONE)


def test_a_drawing_of_a_person_ends_for_nobody(decoder, monkeypatch):
    decoder("import time; time.sleep(1); print('{\"pieces\": []}')")
    monkeypatch.setattr(child, "HINDERED", 0)
    with ThreadPoolExecutor(2) as pool:
        drawing = pool.submit(drawn)
        while turn_is_free():
            assert not drawing.done()
        assert waiting_person(pool).result() == "was served"
        assert drawing.result() == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_who_is_killed_from_outside_says_nothing_of_the_picture(decoder, number):
    decoder(f"import os; os.kill(os.getpid(), {int(number)})")
    with pytest.raises(ChildEnded) as ended:
        drawn()
    assert (ended.value.status, ended.value.values) == (503, {"why": f"signal {int(number)}"})


def test_what_is_not_done_on_the_clock_says_nothing_either(decoder, monkeypatch):
    decoder("import time; time.sleep(60)")
    monkeypatch.setattr(child, "WALL", 0)
    with pytest.raises(ChildEnded):
        drawn()


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_what_a_picture_ends_by_itself_is_refused(decoder, number):
    decoder(f"import os; os.kill(os.getpid(), {int(number)})")
    with pytest.raises(TooManyPixels):
        drawn()


def test_what_takes_too_long_of_the_processor_is_refused(decoder):
    """The limit that the real program sets itself: not by the signal of who has no memory left."""
    limit = f"runpy.run_path({str(DECODER)!r})['limit'](2**30, 1)"
    decoder(f"import runpy\n{limit}\nwhile True:\n    pass")
    with pytest.raises(TooManyPixels):
        drawn()
