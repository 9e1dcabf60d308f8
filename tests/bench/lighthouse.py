"""Lighthouse on a phone: the median of each score, what it finds; printed, nothing is asserted.

Of a house that stands: `make run`, then `tests/bench/lighthouse.py --at http://kula.localhost:8000`.
npm brings Lighthouse, the browser is that of the tests. Performance depends on what else runs on
the machine, the other three do not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from pathlib import Path
from shutil import which
from statistics import median
from tempfile import TemporaryDirectory

from first_paint import PAGES

ROOT = Path(__file__).parents[2]
LIGHTHOUSE = "lighthouse@12.8.2"
KINDS = ("performance", "accessibility", "best-practices", "seo")
ASKED = "is-crawlable"  # a demonstration asks search engines to leave it out
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def judged(address, folder):
    """What Lighthouse tells of a page, as it writes it."""
    chromium = subprocess.check_output([ROOT / ".ci" / "chromium", "whole"], text=True).strip()
    told = Path(folder) / "told.json"
    here = which("lighthouse")
    command = [here] if here else ["npx", "--yes", LIGHTHOUSE]
    command += [address, "--quiet", "--output=json"]
    command += [f"--output-path={told}", f"--chrome-flags={FLAGS}"]
    command += [f"--only-categories={','.join(KINDS)}", f"--skip-audits={ASKED}"]
    given = {**os.environ, "CHROME_PATH": chromium, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    subprocess.run(command, env=given, check=True)
    return json.loads(told.read_text("utf-8"))


def faults(told):
    """Audits that are not whole, of all but performance: kind, name, where."""
    for kind in KINDS[1:]:
        for row in told["categories"][kind]["auditRefs"]:
            audit = told["audits"][row["id"]]
            if row["weight"] and audit["score"] is not None and audit["score"] < 1:
                where = (audit.get("details") or {}).get("items", [])[:3]
                yield kind, audit["id"], audit["title"], [place_of(one) for one in where]


def place_of(item):
    """The element that it is about, else an address or a sentence."""
    said = item.get("node", {}).get("snippet") or item.get("url") or item.get("description")
    return str(said)[:160]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at", default="http://kula.localhost:8000", help="a municipality")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        for name, path in PAGES.items():
            rounds = [judged(chosen.at + path, folder) for _ in range(chosen.rounds)]
            scores = [
                round(100 * median(told["categories"][kind]["score"] for told in rounds))
                for kind in KINDS
            ]
            print(f"{name}: {' / '.join(map(str, scores))}", flush=True)
            for fault in faults(rounds[0]):
                print("   ", *fault, flush=True)


if __name__ == "__main__":
    main()
