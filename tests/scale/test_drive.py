"""Few municipalities for a short while in `make test-all`; all of them by hand (`drive.py`)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SECONDS = 3600  # a machine may be busy
KINDS = ("paid in cash", "told: application", "voted from a device", "pages read")


def driven(*arguments):
    """The figures of a drive without a fault in it."""
    command = [sys.executable, HERE / "drive.py", "--json", *map(str, arguments)]
    without = {name: word for name, word in os.environ.items() if name != "DRILL_TEMPLATE"}
    ended = subprocess.run(
        command, env=without, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert ended.stdout.startswith("{"), ended.stderr
    told = json.loads(ended.stdout)
    assert told["found"] == [], json.dumps(told, ensure_ascii=False, indent=1)
    assert ended.returncode == told["lost"] == told["doubled"] == told["foreign"] == 0
    return told


@pytest.mark.long
def test_nothing_is_lost_doubled_or_seen_by_neighbours(monkeypatch):
    monkeypatch.delenv("CITUS_URL", raising=False)
    told = driven("--municipalities", 4, "--seconds", 60, "--faults", 4)
    for kind in KINDS:
        assert told.get(kind, 0) > 0, kind
    assert told["connections"]["web"] > 1


@pytest.mark.citus
@pytest.mark.long
@pytest.mark.skipif(
    not os.environ.get("CITUS_URL"), reason="CITUS_URL is not set: no cluster was given"
)
def test_nothing_is_lost_on_a_cluster_whose_municipalities_wander():
    told = driven("--municipalities", 20, "--seconds", 120, "--faults", 20)
    assert told["moves"] > 0
