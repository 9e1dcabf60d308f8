"""Scripts beside the tests start as their page says: from a fresh clone, no variable set."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]
# Those that import most; each takes seconds to start.
COMMANDS = (
    HERE / "bench" / "run.py",
    HERE / "bench" / "phone_votes.py",
    HERE / "chaos" / "kill9.py",
)


@pytest.mark.parametrize("script", COMMANDS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_script_says_what_it_does(script):
    asked = [sys.executable, str(script), "--help"]
    said = subprocess.run(asked, cwd="/", env={}, check=False, capture_output=True, text=True)
    assert (said.returncode, said.stdout[:6]) == (0, "usage:"), said.stderr[-600:]
