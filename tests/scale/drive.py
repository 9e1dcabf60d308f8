"""Many municipalities at once: reads and writes over HTTP, then faults, then the reckoning.

tests/scale/drive.py                         20 municipalities, one PostgreSQL of its own
tests/scale/drive.py --municipalities 40 --seconds 300 --faults 40 --seed 7
CITUS_URL=… DATABASE_NODES=… CITUS_KILL=… tests/scale/drive.py     a cluster: `cluster.py` says how

Exit code 1 where anything was lost, doubled, shown or kept in another municipality, answered with
500, or where more connections stood open than are reckoned.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from pathlib import Path
from statistics import quantiles

sys.path.extend(str(Path(__file__).parents[1] / name) for name in ("chaos", "."))

import psycopg
from clients import ANSWERED
from cluster import ClusterHouse, NoCluster, given_cluster
from connections import ConnectionCount, too_many
from faults import Striker
from house import House
from judge import Judge
from kill9 import report
from ledger import FOREIGN, Ledger
from postbox import postbox
from processors import ProcessorCount, an_answer
from support.pooler import pooler_before, why_too_old
from tills import send_messages_to, stripe_double
from towns import READ, Town

from obshto.ops.config import spelled

WEBS = ("web",)
WRITERS = 4  # processes that write the municipalities
SERVERS = 6  # connections of the pooler: fewer than the web has threads


def drive(folder, *, municipalities, hands, seconds, faults, seed, words, say=print):
    """Run it; answers what was found, with the figures."""
    rng, ledger, sent = random.Random(seed), Ledger(), threading.Event()
    villages = tuple(f"selo-{number:03}" for number in range(1, municipalities + 1))
    cluster = words.get("cluster")
    words = {**words, "villages": villages, "webs": WEBS, "writers": WRITERS}
    began = time.monotonic()
    with postbox() as (box, smtp), stripe_double() as stripe:
        words |= {"smtp": smtp, "stripe": stripe}
        with (ClusterHouse if cluster else House)(folder, **words) as house:
            say(f"{municipalities} municipalities after {time.monotonic() - began:.0f} s")
            send_messages_to(stripe, house.port)
            towns = [
                Town(number, slug, house, ledger, sent, random.Random(f"{seed}/{slug}/{number}"))
                for slug in villages
                for number in range(hands)
            ]
            quiet = load(house, towns, ledger, seconds, say)
            with house.moves(rng) if cluster else nullcontext():
                if cluster:  # the same once more while municipalities wander
                    quiet["connections"] |= counted(house, seconds).most
                striker = strike(house, rng, sent, faults, cluster, say)
                end(towns)
            took = time.monotonic() - began
            house.wait_until_up()
            judge = Judge(house, ledger, box, stripe)
            found = judge.verdict() + too_many(house, quiet["connections"])
            said = house.said() if found else ""
    told = {"municipalities": municipalities, "hands": len(towns), **quiet}
    told |= report(judge, striker, took, seed) | reckoned(ledger, getattr(house, "moved", []))
    return told | {"found": found, "said": said}


def end(towns):
    """Each finishes the act at hand."""
    for town in towns:
        town.enough.set()
    for town in towns:
        town.join()


def pooled(address, folder):
    """A pgbouncer in transaction mode before the web alone."""
    place = folder / "pooler"
    place.mkdir()
    return pooler_before(address, place, size=SERVERS)


def load(house, towns, ledger, seconds, say):
    """Nothing is killed or moved: how many answers a second, what of processors each of them
    takes, and the most connections meanwhile.
    """
    for town in towns:
        town.start()
    while not ledger.tally[READ]:
        assert any(town.is_alive() for town in towns), ledger.wrong
        time.sleep(0.1)
    processors = ProcessorCount(house.children, servers_of(house))
    before, began = ledger.tally.copy(), time.monotonic()
    census = counted(house, seconds)
    answers = ledger.tally[ANSWERED] - before[ANSWERED]
    rate = round(answers / (time.monotonic() - began), 1)
    spent = an_answer(processors.spent(), answers)
    say(f"{rate} answers a second, ms of processor each: {spent}")
    return {
        "answers a second, nothing killed": rate,
        "ms of processor an answer": spent,
        "asked to come again, nothing killed": ledger.tally["HTTP 503"] - before["HTTP 503"],
        "connections": census.most,
        "looks at them": census.looks,
    }


def counted(house, seconds):
    """The most connections of so many seconds."""
    (_, address), *nodes = servers_of(house)
    census = ConnectionCount(address, nodes)
    census.start()
    time.sleep(seconds)
    census.stop()
    return census


def servers_of(house):
    """Names and addresses; that of the one that the house asks comes first."""
    address = spelled(house.superuser.set(drivername="postgresql"))
    return [("database", address), *getattr(house, "addresses", list)()]


def strike(house, rng, sent, faults, cluster, say):
    if not cluster:
        settle_disk(house)
    striker = Striker(house, rng, sent, house.kinds if cluster else None)
    striker.strike(faults, say)
    return striker


def settle_disk(house):
    """What was written to make the municipalities is on the disk before a server is killed; its
    recovery asks for the file system once, not for each of its thousands of files.
    """
    address = spelled(house.superuser.set(drivername="postgresql"))
    with psycopg.connect(address, autocommit=True) as superuser:
        superuser.execute("ALTER SYSTEM SET recovery_init_sync_method = syncfs")
        superuser.execute("SELECT pg_reload_conf()")
        superuser.execute("CHECKPOINT")


def reckoned(ledger, moved):
    """Figures that the short drill does not have."""
    waits = [seconds for seconds, _ in ledger.waits]
    told = {"foreign": ledger.tally[FOREIGN]}
    if len(waits) > 1:
        told["wait 95th"] = round(quantiles(waits, n=20)[18], 2)
    if moved:
        told |= {"moves": len(moved), "longest move": round(max(moved), 1)}
    return told


def asked():
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--municipalities", type=int, default=20)
    parser.add_argument("--hands", type=int, default=1, help="people at once in each")
    parser.add_argument("--seconds", type=int, default=120, help="before the first fault")
    parser.add_argument("--faults", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--pooler", action="store_true", help="the web behind a pgbouncer")
    parser.add_argument("--json", action="store_true", help="one line for a program")
    return vars(parser.parse_args())


def main():
    chosen = asked()
    is_json, words = chosen.pop("json"), {}
    if chosen.pop("pooler"):
        if why := why_too_old():
            sys.exit(why)
        words["pooler"] = pooled
    if chosen["seed"] is None:
        chosen["seed"] = random.randrange(10**6)
    try:
        cluster = given_cluster()
    except NoCluster as missing:
        sys.exit(str(missing))
    words |= {"cluster": cluster} if cluster else {}
    if cluster and not os.environ.get("CITUS_KILL"):
        print("CITUS_KILL is not set: no server of the cluster is killed", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="obshto-scale-") as folder:
        say = (lambda text: None) if is_json else lambda text: print(text, flush=True)
        told = drive(Path(folder), **chosen, words=words, say=say)
    found = told["found"]
    if is_json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        said = told.pop("said")
        print(said, *(f"{word}: {value}" for word, value in told.items()), sep="\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
