"""Whoever sends a text chooses it: no parser's work grows with the square of its length."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

CHILD = Path(__file__).with_name("hostile.py")
NAMES = (
    *("old site", "export", "markdown", "hints", "comparison"),
    *("answer", "feed", "returned letter", "table"),
)
# Of the processor, not of the clock, for a hundred texts: a parser needs three to ten. What takes
# the square of a length needs thousands.
SECONDS = 45


@pytest.mark.parametrize("name", NAMES)
def test_no_text_costs_more_than_its_length(name):
    read = subprocess.run(
        [sys.executable, str(CHILD), name],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)),
    )
    last = read.stdout.splitlines()[-1:]
    assert read.returncode == 0, (last, read.stderr[-2000:])
