"""The kill -9 drill: faults at random moments, then the reckoning.

tests/chaos/kill9.py --faults 200
tests/chaos/kill9.py --faults 12 --seed 3     the same kinds in the same order again
tests/chaos/kill9.py --mutant no_idempotency_key       exit code 1, or the drill sees nothing
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from bisect import bisect
from pathlib import Path
from statistics import median

import psycopg
from applicants import Applicant
from clients import Editor, Switcher
from electors import Elector
from faults import Striker
from house import VILLAGES, House
from judge import Judge
from ledger import Ledger
from neighbours import Neighbour
from postbox import postbox
from tills import Buyer, Cashier, send_messages_to, stripe_double
from treasurers import Treasurer, open_account
from voters import Typist, Voter

from obshto.ops.config import spelled

BUSY = 20  # acts before the first fault
NO_FSYNC = "no_fsync"  # the database's own, the others stand in for the application
APPS = (
    "no_idempotency_key",
    "no_optimistic_lock",
    "no_webhook_dedup",
    "no_statement_key",
    "no_voter_dedup",
    "plaintext_tally",
)
AT_WORK = (
    (Editor, VILLAGES[0]),
    (Editor, VILLAGES[0]),
    (Editor, VILLAGES[1]),
    (Switcher, VILLAGES[2]),
    (Cashier, VILLAGES[0]),
    (Cashier, VILLAGES[1]),
    (Buyer, VILLAGES[0]),
    (Buyer, VILLAGES[1]),
    (Treasurer, VILLAGES[0]),
    (Treasurer, VILLAGES[1]),
    (Voter, VILLAGES[0]),
    (Voter, VILLAGES[0]),
    (Voter, VILLAGES[1]),
    (Typist, VILLAGES[0]),
    (Applicant, VILLAGES[0]),
    (Neighbour, VILLAGES[0]),
    (Neighbour, VILLAGES[1]),
    (Elector, VILLAGES[0]),
    (Elector, VILLAGES[1]),
)
KINDS = {
    None: None,
    **{mutant: {"web_worker": 1} for mutant in APPS},
    NO_FSYNC: {"postmaster": 1, "backend": 1},
}


def drill(folder, *, faults, seed, mutant=None, say=print):
    """Run it; answers what was found, with the figures."""
    rng, ledger, sent = random.Random(seed), Ledger(), threading.Event()
    app = f"{mutant}:app" if mutant in APPS else "obshto.ops.wsgi:app"
    with (
        postbox() as (box, smtp),
        stripe_double() as stripe,
        House(folder, smtp=smtp, stripe=stripe, app=app) as house,
    ):
        send_messages_to(stripe, house.port)
        if mutant == NO_FSYNC:
            disable_fsync(house)
        for kind, slug in AT_WORK:
            if kind is Treasurer:
                open_account(house, ledger, slug)
        people = [
            kind(number, slug, house, ledger, sent, random.Random(f"{seed}/{number}"))
            for number, (kind, slug) in enumerate(AT_WORK)
        ]
        for person in people:
            person.start()
        wait_until_busy(people, ledger)
        striker = Striker(house, rng, sent, KINDS[mutant])
        began = time.monotonic()
        striker.strike(faults, say)
        for person in people:
            person.enough.set()
        for person in people:
            person.join()
        took = time.monotonic() - began
        house.wait_until_up()
        judge = Judge(house, ledger, box, stripe)
        found = judge.verdict()
        said = house.said() if found else ""
    return report(judge, striker, took, seed) | {"found": found, "said": said}


def wait_until_busy(people, ledger):
    """What was never acknowledged cannot be lost."""
    while ledger.tally["acknowledged"] < BUSY and all(person.is_alive() for person in people):
        time.sleep(0.05)


def disable_fsync(house):
    """COMMIT answers before the log is written: what PostgreSQL offers to who can bear to lose."""
    address = spelled(house.superuser.set(drivername="postgresql"))
    with psycopg.connect(address, autocommit=True) as superuser:
        superuser.execute("ALTER DATABASE obshto SET synchronous_commit = off")
        superuser.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        superuser.execute("SELECT pg_reload_conf()")
        superuser.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app_login'"
        )


def report(judge, striker, took, seed):
    """The figures of one drill."""
    ledger, box = judge.ledger, judge.box
    longest, began = max(ledger.waits or [(0, 0)])
    met = sum(began <= moment <= began + longest for moment in striker.moments)
    nexts = next_ones(striker.moments, ledger.moments)
    return {
        "seed": seed,
        "seconds": round(took, 1),
        "faults": dict(striker.struck),
        **dict(sorted(ledger.tally.items())),
        "lost": judge.lost,
        "doubled": judge.doubled,
        "linked": judge.linked,
        "letters": len(box.taken),
        "letters repeated under their id": box.taken.total() - len(box.taken),
        "wait median": round(median(seconds for seconds, _ in ledger.waits or [(0, 0)]), 3),
        "wait longest": round(longest, 1),
        "faults met by the longest wait": met,
        "next acknowledgement after a fault, median": round(median(nexts or [0]), 2),
        "next acknowledgement after a fault, longest": round(max(nexts or [0]), 1),
    }


def next_ones(faults, acknowledged):
    """Seconds from each fault to the next acknowledgement that anybody heard."""
    times = sorted(acknowledged)
    found = ((moment, bisect(times, moment)) for moment in faults)
    return [times[place] - moment for moment, place in found if place < len(times)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None, help="the same faults again")
    parser.add_argument("--mutant", choices=[*APPS, NO_FSYNC])
    parser.add_argument("--json", action="store_true", help="one line for a program")
    chosen = parser.parse_args()
    seed = random.randrange(10**6) if chosen.seed is None else chosen.seed
    with tempfile.TemporaryDirectory(prefix="obshto-drill-") as folder:
        told = drill(
            Path(folder),
            faults=chosen.faults,
            seed=seed,
            mutant=chosen.mutant,
            say=(lambda text: None) if chosen.json else lambda text: print(text, flush=True),
        )
    if chosen.json:
        found = told["found"]
        print(json.dumps(told, ensure_ascii=False))
    else:
        said, found = told.pop("said"), told.pop("found")
        print(said, *(f"{word}: {value}" for word, value in told.items()), *found, sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
