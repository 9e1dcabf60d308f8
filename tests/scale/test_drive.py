"""Few municipalities for a short while in `make test-all`; all of them by hand (`drive.py`)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from scale.connections import too_many

from obshto.platform.db.engine import most_connections

HERE = Path(__file__).parent
SECONDS = 3600  # a machine may be busy
THREADS = 4
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


@pytest.mark.parametrize(
    ("kept", "more_outside", "more_inside", "blamed"),
    [(0, 0, 0, []), (0, 1, 0, ["web"]), (0, 0, 1, ["w:1"]), (1, 0, 90, [])],
)
def test_more_connections_than_are_reckoned_are_named(kept, more_outside, more_inside, blamed):
    """A coordinator that keeps some for itself has no bound that would hold here."""
    most = 2 * most_connections(THREADS)
    house = SimpleNamespace(
        workers=2,
        config=SimpleNamespace(web_threads=THREADS),
        nodes=["w:1"],
        kept_inside=lambda: kept,
    )
    outside = {"web": most + more_outside, "worker": 7}
    held = {**outside, "w:1": sum(outside.values()) + more_inside}
    assert [sentence.split()[0] for sentence in too_many(house, held)] == blamed


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
