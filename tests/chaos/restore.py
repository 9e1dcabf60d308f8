"""One municipality of 100 MB is taken back to a moment while its neighbours are asked all the time.

Prints the seconds of each step, what the neighbours answered, whether every hash was the same. Ends
with 1 when a neighbour did not get its page or something did not come back.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from house import BASE, VILLAGES, House
from sqlalchemy import create_engine, text

from obshto.ops.backup.backup_run import take_all
from obshto.ops.backup.backup_settings import keeping_of, noted, stage_of
from obshto.ops.backup.errors import Held
from obshto.ops.backup.rehearsal import rehearse
from obshto.ops.backup.restoration import restore_beside
from obshto.ops.backup.schema_swap import swap_in
from obshto.platform.scope import schema_of

ONE, *OTHERS = VILLAGES
GOAL = 5.0  # seconds for 100 MB on a machine of its own; printed beside, never asserted
# News as long as a form takes them; the audit log as it grows with them.
PATIENCE = 20  # times that a swap which is refused is tried again
NEWS = """
INSERT INTO {schema}.news_item (id, request_id, language, title, summary, markdown, html,
    published_at, written_at, changed_at, changed_by, version)
SELECT gen_random_uuid(), gen_random_uuid(), 'bg', 'Заглавие ' || n, 'Накратко ' || n,
    repeat(md5(n::text) || ' Текст на новината. ', 60),
    repeat('<p>' || md5((n * 7)::text) || '</p>', 60),
    now() - n * interval '1 minute', now(), now(), 'drill', 1
FROM generate_series(1, {rows}) n
"""


class Neighbours(threading.Thread):
    """Pages of the other municipalities, past any cache, one after the other."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.statuses, self.took, self.end = port, Counter(), [], threading.Event()

    def run(self):
        number = 0
        while not self.end.is_set():
            number += 1
            began = time.monotonic()
            self.statuses[self._ask(OTHERS[number % len(OTHERS)], number)] += 1
            self.took.append(time.monotonic() - began)

    def _ask(self, slug, number):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", f"/news/?n={number}", headers={"Host": f"{slug}.{BASE}"})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except OSError as error:
            return type(error).__name__
        finally:
            connection.close()


def drill(house, megabytes):
    """The figures, by name."""
    config = replace(house.config, backup_folder=house.folder / "backups")
    engine = create_engine(config.migrator)
    stage = stage_of(config, engine)
    _fill(engine, megabytes)
    figures = {"MB in the tables": _megabytes(engine)}
    asking = Neighbours(house.port)
    asking.start()

    def timed(name, do):
        began = time.monotonic()
        done = do()
        figures[f"seconds: {name}"] = round(time.monotonic() - began, 2)
        return done

    with noted(config) as note:
        (path,) = timed("backup", lambda: take_all(keeping_of(config, note), [ONE]))
    figures["MB in the file"] = round(path.stat().st_size / 2**20, 1)
    timed("rehearsal with every hash", lambda: rehearse(stage, path))
    with engine.begin() as connection:
        connection.execute(text(f"DELETE FROM {schema_of(ONE)}.news_item"))
    found = timed(
        "restored beside", lambda: restore_beside(stage, house.app, ONE, path, by="drill")
    )
    timed("swapped in", lambda: _swapped_in(stage, house.app))
    asking.end.set()
    asking.join()
    return figures | _verdict(engine, found, asking, figures)


def _swapped_in(stage, app):
    """Where something holds the tables, nothing was changed and the operator tries again."""
    for _ in range(PATIENCE):
        try:
            return swap_in(stage, app, ONE, reason="drill", by="drill")
        except Held:
            time.sleep(1)
    return swap_in(stage, app, ONE, reason="drill", by="drill")


def _verdict(engine, found, asking, figures):
    took = sorted(asking.took)
    news = next(one for one in found.found["tables"] if one["table"] == "news_item")
    with engine.connect() as connection:
        here = connection.scalar(text(f"SELECT count(*) FROM {schema_of(ONE)}.news_item"))
    back = figures["seconds: restored beside"] + figures["seconds: swapped in"]
    return {
        "seconds: back in all": round(back, 2),
        "goal in seconds": GOAL,
        "rows that came back": here,
        "rows that were missing": news["there"],
        "neighbours": dict(asking.statuses),
        "neighbours, p50 ms": round(1000 * took[len(took) // 2], 1),
        "neighbours, p99 ms": round(1000 * took[int(len(took) * 0.99)], 1),
        "load": round(os.getloadavg()[0], 1),
    }


def _fill(engine, megabytes):
    rows = max(1, round(megabytes * 2**20 / 5900))
    with engine.begin() as connection:
        connection.execute(text(NEWS.format(schema=schema_of(ONE), rows=rows)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"ANALYZE {schema_of(ONE)}.news_item"))


def _megabytes(engine):
    asked = "SELECT sum(octet_length(t::text)) / 1048576.0 FROM " + schema_of(ONE) + ".news_item t"
    with engine.connect() as connection:
        return round(float(connection.scalar(text(asked))), 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--json", action="store_true", help="One line for a program.")
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="obshto-drill-") as folder,
        House(Path(folder)) as house,
    ):
        figures = drill(house, chosen.megabytes)
    print(
        json.dumps(figures) if chosen.json else "\n".join(f"{k}: {v}" for k, v in figures.items())
    )
    is_back = figures["rows that came back"] == figures["rows that were missing"] > 0
    sys.exit(not (is_back and set(figures["neighbours"]) == {200}))


if __name__ == "__main__":
    main()
