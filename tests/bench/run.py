"""`make bench`: ratios and milliseconds, printed; nothing is asserted of times."""

from __future__ import annotations

import argparse
import os
import platform

import letters
import load
import municipalities
import pages
import searching
from region import region


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only-search", action="store_true")
    parser.add_argument("--only-letters", action="store_true")
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement")
    chosen = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},", end=""
    )
    print(f" client {load.TOOL}, load before {os.getloadavg()[0]:.1f}", flush=True)
    with region() as found:
        if not (chosen.only_search or chosen.only_letters):
            for line in municipalities.bench(found, rounds=chosen.rounds):
                print(line, flush=True)
            for line in pages.bench(found, rounds=chosen.rounds, seconds=chosen.seconds):
                print(line, flush=True)
        found.grow(2)
        if not chosen.only_letters:
            for line in searching.bench(found, rounds=min(chosen.rounds, 3)):
                print(line, flush=True)
        if not chosen.only_search:
            for line in letters.bench(found, rounds=min(chosen.rounds, 3)):
                print(line, flush=True)
    print(f"load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
