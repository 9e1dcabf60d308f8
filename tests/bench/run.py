"""`make bench`: ratios and milliseconds, printed; nothing is asserted of times."""

from __future__ import annotations

import argparse
import os
import platform

import letters
import load
import municipalities
import pages
import queueing
import searching
from region import region

BENCHES = {"search": searching.bench, "letters": letters.bench, "queue": queueing.bench}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    for name in BENCHES:
        parser.add_argument(f"--only-{name}", action="store_true")
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement")
    chosen = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},", end=""
    )
    print(f" client {load.TOOL}, load before {os.getloadavg()[0]:.1f}", flush=True)
    with region() as found:
        for line in lines(found, chosen):
            print(line, flush=True)
    print(f"load after {os.getloadavg()[0]:.1f}")


def lines(found, chosen):
    """The report, line by line; all of it, or the one bench that was asked for."""
    only = next((name for name in BENCHES if getattr(chosen, f"only_{name}")), "")
    if not only:
        yield from municipalities.bench(found, rounds=chosen.rounds)
        yield from pages.bench(found, rounds=chosen.rounds, seconds=chosen.seconds)
    found.grow(2)
    for name, bench in BENCHES.items():
        if only in ("", name):
            yield from bench(found, rounds=min(chosen.rounds, 3))


if __name__ == "__main__":
    main()
