"""`make bench`: ratios and milliseconds, printed; nothing is asserted of times."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # for `support`, wherever this is begun

import ballots  # noqa: E402
import exports  # noqa: E402
import letters  # noqa: E402
import load  # noqa: E402
import look_cost  # noqa: E402
import looks  # noqa: E402
import municipalities  # noqa: E402
import opinions  # noqa: E402
import pages  # noqa: E402
import projects  # noqa: E402
import questions  # noqa: E402
import queueing  # noqa: E402
import searching  # noqa: E402
import town_life  # noqa: E402
from measured import put_row  # noqa: E402
from region import region  # noqa: E402


def benches(chosen):
    """By name, in their order: each is given the region as those before it left it."""
    rounds, few, seconds = chosen.rounds, min(chosen.rounds, 3), chosen.seconds
    return {
        "municipalities": lambda found: municipalities.bench(found, rounds=rounds),
        "pages": lambda found: pages.bench(found, rounds=rounds, seconds=seconds),
        "search": lambda found: grown(found, searching.bench(found, rounds=few)),
        "town": lambda found: grown(found, town_life.bench(found, rounds=few, lines=chosen.lines)),
        "letters": lambda found: grown(found, letters.bench(found, rounds=few)),
        "looks": lambda found: grown(found, looks.bench(found, rounds=few, rows=chosen.looks)),
        "look-cost": lambda found: grown(found, look_cost.bench(found, rounds=chosen.rounds)),
        "exports": lambda found: grown(found, exports.bench(found)),
        "queue": lambda found: grown(found, queueing.bench(found, rounds=few)),
        "opinions": lambda found: grown(found, opinions.bench(found, rounds=few)),
        "projects": lambda found: grown(
            found, projects.bench(found, rounds=few, many=chosen.projects)
        ),
        "questions": lambda found: grown(found, questions.bench(found, rounds=few)),
        "ballots": lambda found: ballots.bench(
            found, rounds=few, seconds=seconds, sizes=chosen.sizes
        ),
    }


def _row(name, lines):
    """What was measured, what of it is told, the command; of pages ratios alone."""
    told = [line for line in lines if not line.startswith("  ") or "processor" in line]
    return f"bench `{name}`", told, f"tests/bench/run.py --write --only {name}"


def grown(found, lines):
    """The lines, once there are two municipalities."""
    found.grow(2)
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true", help="a row each in docs/measured.md")
    parser.add_argument("--only", nargs="+", help="some of them: search town letters queue …")
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement")
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=ballots.SIZES, help="municipalities, for ballots"
    )
    parser.add_argument("--lines", type=int, default=town_life.LINES // 10, help="of buses")
    parser.add_argument("--projects", type=int, default=projects.MANY, help="of one municipality")
    parser.add_argument("--looks", type=int, default=looks.SHARE // 10, help="of one municipality")
    chosen = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},", end=""
    )
    print(f" client {load.TOOL}, load before {os.getloadavg()[0]:.1f}", flush=True)
    with region() as found:
        for name, bench in benches(chosen).items():
            if not chosen.only or name in chosen.only:
                before, lines = os.getloadavg()[0], []
                for line in bench(found):
                    print(line, flush=True)
                    lines.append(line)
                if chosen.write:
                    put_row(*_row(name, lines), load=(before, os.getloadavg()[0]))
    print(f"load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
