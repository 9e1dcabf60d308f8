"""Processes that live and die together, seen from outside."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from obshto.ops.supervise import AlreadyRunning, ChildEnded, family

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
# A child with a child of its own, both deaf to SIGTERM.
DEAF = [
    sys.executable,
    "-c",
    "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork();"
    " open(os.environ['DEAF'], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)",
]
SUPERVISOR = """
import os, sys
from pathlib import Path
from obshto.ops.supervise import Stopped, family, stop_signals
SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
try:
    with stop_signals(), family(Path(sys.argv[1])) as children:
        for name in ("one", "two"):
            children.start(name, SLEEP, os.environ)
        print("ready", flush=True)
        children.watch()
except Stopped as stopped:
    print(stopped, flush=True)
"""


@pytest.fixture
def supervisor(tmp_path):
    started = []

    def start():
        command = [sys.executable, "-c", SUPERVISOR, str(tmp_path)]
        # A group of its own, as a terminal gives: the signal of Ctrl-C goes to the group.
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, process_group=0)
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        process.stdout.close()
    with family(tmp_path):
        pass  # ends what a test left


def pids(folder, *names):
    return [int(Path(folder, name).read_text()) for name in names]


def alive(pid):
    """Whether it still does something; a dead child whom nobody asked for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(*numbers):
    for _ in range(2400):
        if not any(map(alive, numbers)):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_stops_all_and_is_no_failure(supervisor, tmp_path, number):
    process = supervisor()
    children = pids(tmp_path, "one", "two")
    os.killpg(process.pid, number)
    assert process.wait(120) == 0
    assert process.stdout.read() == f"{number.name}\n"
    assert gone(*children)


def test_a_second_ctrl_c_does_not_interrupt_the_stopping(supervisor, tmp_path):
    process = supervisor()
    children = pids(tmp_path, "one", "two")
    for _ in range(20):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.005)
    assert process.wait(120) == 0
    assert gone(*children)


def test_a_child_that_ends_brings_the_others_down_with_its_reason(tmp_path):
    with (
        pytest.raises(ChildEnded, match="The short process ended by itself: it said 3"),
        family(tmp_path) as children,
    ):
        children.start("long", SLEEP, os.environ)
        children.start("short", [sys.executable, "-c", "raise SystemExit(3)"], os.environ)
        (long,) = pids(tmp_path, "long")
        children.watch()
    assert gone(long)


def test_the_reason_names_the_signal(tmp_path):
    with (
        pytest.raises(ChildEnded, match="it was killed by SIGKILL"),
        family(tmp_path) as children,
    ):
        children.start("killed", SLEEP, os.environ)
        os.kill(*pids(tmp_path, "killed"), signal.SIGKILL)
        children.watch()


def test_who_does_not_listen_is_killed_with_its_own_children(tmp_path, monkeypatch):
    monkeypatch.setattr("obshto.ops.supervise.GRACE_SECONDS", 0.3)
    deaf = tmp_path / "deaf"
    with family(tmp_path / "family") as children:
        children.start("deaf", DEAF, os.environ | {"DEAF": str(deaf)})
        while not deaf.exists() or deaf.read_text().count("\n") < 2:
            time.sleep(0.02)
    numbers = [int(line) for line in deaf.read_text().split()]
    assert len(numbers) == 2 and gone(*numbers)


def test_another_check_ends_the_watch(tmp_path):
    def broken():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), family(tmp_path) as children:
        children.start("long", SLEEP, os.environ)
        children.watch(broken)


def test_two_supervisors_cannot_have_one_folder(supervisor, tmp_path):
    supervisor()
    with pytest.raises(AlreadyRunning), family(tmp_path):
        pass
    assert all(map(alive, pids(tmp_path, "one", "two")))  # nobody took them for leftovers


def test_after_kill_9_the_next_supervisor_ends_what_was_left(supervisor, tmp_path):
    first = supervisor()
    left = pids(tmp_path, "one", "two")
    first.kill()
    first.wait()
    assert all(map(alive, left))
    supervisor()
    assert gone(*left)
    assert all(map(alive, pids(tmp_path, "one", "two")))


def test_a_number_that_belongs_to_somebody_else_now_is_left_alone(tmp_path):
    bystander = subprocess.Popen(SLEEP, process_group=0)
    (tmp_path / "web").write_text(str(bystander.pid))  # but not locked: that child is dead
    with family(tmp_path):
        assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_what_children_died_of_is_the_reason(tmp_path):
    needed = subprocess.Popen(SLEEP)

    def need():
        if needed.poll() is not None:
            raise ConnectionError("the database is gone")

    with pytest.raises(ConnectionError), family(tmp_path) as children:
        children.start("dependent", SLEEP, os.environ)
        needed.kill()
        needed.wait()
        os.kill(*pids(tmp_path, "dependent"), signal.SIGKILL)
        children.children["dependent"].wait()
        children.watch(need)
