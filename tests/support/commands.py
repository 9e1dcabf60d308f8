"""Commands: `obshto` as a shell calls it, and servers; each forked from a process that is warm."""

import json
import os
import signal
import subprocess
import sys
import threading
from functools import partial

import pytest

# It has imported all, read the migrations, and holds neither a connection nor a thread.
FORKS = """
import gc, json, os, runpy, sys, traceback
from contextlib import suppress
from obshto.ops.cli import main
from obshto.ops.compose import all_components, chain_of
from obshto.platform.db.migrations import Target

import gunicorn.app.wsgiapp, gunicorn.workers.gthread

all_components()
for name in main.list_commands(None):
    main.get_command(None, name)
for target in Target:
    chain = chain_of(target)
    chain.state, chain.metadata
gc.collect()
gc.freeze()


def stand_apart(child, order):
    if order["module"]:  # both do it: whoever is first
        with suppress(PermissionError):
            os.setpgid(child, 0)


def become(order):
    stand_apart(0, order)
    for number, name in enumerate(order["files"]):
        os.dup2(os.open(name, os.O_RDWR), number)
    if len(order["files"]) == 1:  # ours is for answers
        os.dup2(2, 1)
    os.environ.clear()
    os.environ.update(order["environ"])
    if order["module"]:
        sys.argv = [order["module"], *order["arguments"]]
        if order["module"].endswith(".py"):
            runpy.run_path(order["module"], run_name="__main__")
        else:
            runpy.run_module(order["module"], run_name="__main__", alter_sys=True)
    else:
        main(order["arguments"], prog_name="obshto")


def ended(child, how):
    number, status = os.waitpid(child, how)
    return os.waitstatus_to_exitcode(status) if number else None


for line in sys.stdin:
    order = json.loads(line)
    if "ended" in order:
        answer = ended(order["ended"], 0 if order["waits"] else os.WNOHANG)
    elif child := os.fork():
        stand_apart(child, order)
        answer = child
    else:
        code = 0
        try:
            become(order)
        except SystemExit as end:
            code = end.code or 0
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(code)  # a process of this size takes a second to tidy up
    print(json.dumps(answer), flush=True)
os._exit(0)
"""


class Fork:
    """A process that was begun, as `subprocess.Popen` names what one asks of it."""

    def __init__(self, pid, ask):
        self.pid, self.returncode, self._ask = pid, None, ask

    def kill(self):
        """With kill -9, by whichever thread."""
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)

    def poll(self):
        """The exit code, or None while it works."""
        return self._ended(waits=False)

    def wait(self):
        return self._ended(waits=True)

    def _ended(self, *, waits):
        if self.returncode is None:
            self.returncode = self._ask(ended=self.pid, waits=waits)
        return self.returncode


class Forks:
    """The warm process; whatever it begins starts many times quicker than Python does."""

    def __init__(self):
        self.turn = threading.Lock()
        self.warm = subprocess.Popen(
            [sys.executable, "-c", FORKS],
            env={"PATH": os.environ["PATH"]},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, module, arguments, environ, files=(os.devnull,)):
        """`python -m module …`, or `python file.py …`, in a process group of its own; `obshto …` in
        ours if None is named.

        `files` are what it reads, where it writes, where its errors go; else ours.
        """
        order = {"module": module, "arguments": arguments, "environ": environ}
        return Fork(self._ask(**order, files=list(map(str, files))), self._ask)

    def _ask(self, **order):
        with self.turn:
            self.warm.stdin.write(json.dumps(order) + "\n")
            self.warm.stdin.flush()
            return json.loads(self.warm.stdout.readline())

    def close(self):
        self.warm.communicate(timeout=120)


def run_command(forks, folder, arguments, environ, typed=""):
    """`obshto` with these arguments, to its end."""
    files = [folder / name for name in ("stdin", "stdout", "stderr")]
    for file, content in zip(files, (typed, "", ""), strict=True):
        file.write_text(content)
    begun = forks.begin(None, arguments, {"PATH": os.environ["PATH"], **environ}, files)
    code = begun.wait()
    _, out, err = (file.read_text() for file in files)
    return subprocess.CompletedProcess(arguments, code, out, err)


@pytest.fixture(scope="session")
def forks():
    """forks.begin("gunicorn", […], {…}): a process that need not import what this house is."""
    made = Forks()
    yield made
    made.close()


@pytest.fixture(scope="session")
def commands(forks, tmp_path_factory):
    """commands(("db", "check"), {"DATABASE_URL": …}): code, output, errors, as a shell has them."""
    return partial(run_command, forks, tmp_path_factory.mktemp("commands"))
