"""Commands: `obshto` as a shell calls it, each in a process forked from a warm one."""

import json
import os
import subprocess
import sys

import pytest

FORKS = """
import json, os, sys, traceback
from obshto.ops.cli import main
from obshto.ops.compose import all_components

all_components()
for name in main.list_commands(None):
    main.get_command(None, name)
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        for number, name in enumerate(order["files"]):
            os.dup2(os.open(name, os.O_RDWR), number)
        os.environ.clear()
        os.environ.update(order["environ"])
        code = 1
        try:
            main(order["arguments"], prog_name="obshto")
        except SystemExit as ended:
            code = ended.code or 0
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(code)  # a process of this size takes a second to tidy up
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
os._exit(0)
"""


class Commands:
    """`obshto`. Every command is a process of its own, forked from one that has imported all: many
    times quicker.
    """

    def __init__(self, folder):
        self.files = [folder / name for name in ("stdin", "stdout", "stderr")]
        self.forks = subprocess.Popen(
            [sys.executable, "-c", FORKS],
            env={"PATH": os.environ["PATH"]},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, arguments, environ, typed=""):
        for file, content in zip(self.files, (typed, "", ""), strict=True):
            file.write_text(content)
        order = {
            "arguments": arguments,
            "environ": {"PATH": os.environ["PATH"], **environ},
            "files": [str(file) for file in self.files],
        }
        self.forks.stdin.write(json.dumps(order) + "\n")
        self.forks.stdin.flush()
        code = int(self.forks.stdout.readline())
        _, out, err = (file.read_text() for file in self.files)
        return subprocess.CompletedProcess(arguments, code, out, err)

    def close(self):
        self.forks.communicate(timeout=120)


@pytest.fixture(scope="session")
def commands(tmp_path_factory):
    """commands(("db", "check"), {"DATABASE_URL": …}): code, output, errors, as a shell has them."""
    made = Commands(tmp_path_factory.mktemp("commands"))
    yield made
    made.close()
