"""Whoever sends a text or a file chooses it: no work grows with the square of its length."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

CHILD = Path(__file__).with_name("hostile.py")
NAMES = (
    *("old site", "export", "markdown", "hints", "comparison"),
    *("answer", "links", "feed", "returned letter", "table"),
    # Of one process, for its start is dearer than what it reads.
    "camt, mt940, document, workbook, workbook of sums, captions, definition, accounts, voters",
)
# Of the processor, not of the clock, for a hundred texts: a parser needs three to ten. What takes
# the square of a length needs thousands.
SECONDS = 45
MEMORY = 700 * 1024 * 1024  # bytes of addresses, of which the program takes two fifths


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.parametrize("names", NAMES)
def test_no_text_costs_more_than_its_length(names):
    read = subprocess.run(
        [sys.executable, str(CHILD), *names.split(", ")],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=limit,
    )
    last = read.stdout.splitlines()[-1:]
    assert read.returncode == 0, (last, read.stderr[-2000:])
