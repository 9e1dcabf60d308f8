"""A write through one worker is read through the other on the very next request.

tests/chaos/visibility.py                    1,000 writes, while others read all the time
tests/chaos/visibility.py --mutant early_version_bump     exit code 1, or nothing is seen here
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
from itertools import cycle
from pathlib import Path

from clients import TOKEN, Asker, form_for
from house import VILLAGES, House
from ledger import Ledger

APPS = {
    None: "late_conflict:app",
    "early_version_bump": "early_version_bump:app",
    "no_cache_invalidation": "no_cache_invalidation:app",
    "no_writer_check": "no_writer_check:app",
}
TITLE = "Прекъсване на водата"
SLUG = VILLAGES[0]
ABSENT, REFUSED = 404, 409


class Reading(threading.Thread):
    """Visitors who never stop: they fill the cache at every moment, the wrong ones too."""

    def __init__(self, port, paths):
        super().__init__()
        self.asker, self.paths = Asker(port, Ledger(), SLUG), paths
        self.enough, self.read = threading.Event(), 0

    def run(self):
        for path in cycle(self.paths):
            if self.enough.is_set():
                return
            self.asker.until("GET", path)
            self.read += 1


class Pair:
    """Two workers, each a server of one process; somebody signed in who may use both."""

    def __init__(self, house):
        self.askers = [Asker(port, Ledger(), SLUG) for port in house.ports.values()]
        cookie = house.cookie(SLUG, "mayor")
        for asker in self.askers:
            asker.cookie = cookie
        _, _, page = self.askers[0].ask("GET", "/console/")
        self.token, new = TOKEN.search(page)[1], "/console/news/new"
        where = self.post(0, new, new, title=TITLE, summary="…", markdown="…")
        self.item = where.partition("?")[0].rpartition("/")[2]
        self.paths = ("/news/", "/", f"/news/{self.item}")

    def post(self, which, page, path, **form):
        """Open a page and send its form for that address."""
        _, _, text = self.askers[which].ask("GET", page)
        form |= form_for(path, text, page) | {"csrf_token": self.token}
        status, headers, _ = self.askers[which].ask("POST", path, form)
        assert status in (303, REFUSED), (status, path)
        return headers.get("Location") if status != REFUSED else None

    def shows(self, which, path, *, anonymous=True):
        """Whether who asks this server sees the item there: a stranger out of the page cache,
        somebody signed in on a page made of fragments.
        """
        status, _, text = self.askers[which].ask("GET", path, anonymous=anonymous)
        return status != ABSENT and TITLE in text

    def stale(self, which, paths, is_shown):
        """Of each path for a stranger, and of the home page for somebody signed in: is it stale?"""
        looked = [self.shows(which, path) is not is_shown for path in paths]
        return [*looked, self.shows(which, "/", anonymous=False) is not is_shown]


def acts(item):
    """What is written in turn, with what citizens see afterwards."""
    news, switch = f"/console/news/{item}", "/console/tenants/news"
    return cycle(
        [
            *[(news, "publish", True), (news, "hide", False)] * 4,
            (news, "publish", True),
            (switch, "off", False),
            (switch, "on", True),
            (news, "hide", False),
        ]
    )


def watch(folder, *, writes, mutant=None):
    """How many reads were stale, of how many."""
    with House(folder, app=APPS[mutant], webs=("one", "two"), workers=2) as house:
        pair = Pair(house)
        readers = [Reading(port, pair.paths) for port in house.ports.values()]
        for reader in readers:
            reader.start()
        stale = first = refused = 0
        was = False
        for number, (page, act, is_shown) in zip(range(writes), acts(pair.item), strict=False):
            writer = number % 2
            turn = number % len(pair.paths)
            paths = (*pair.paths[turn:], *pair.paths[:turn])
            while pair.post(writer, page, f"{page}/{act}") is None:
                refused += 1
                stale += sum(pair.stale(writer, paths, was))
            looked = pair.stale(1 - writer, paths, is_shown)
            first += looked[0]
            stale += sum(looked)
            was = is_shown
        for reader in readers:
            reader.enough.set()
            reader.join()
    return {
        "writes": writes,
        "refused at the commit": refused,
        "stale on the next request": first,
        "stale on the next four": stale,
        "read meanwhile": sum(reader.read for reader in readers),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--writes", type=int, default=1000)
    parser.add_argument("--mutant", choices=[name for name in APPS if name])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="obshto-drill-") as folder:
        told = watch(Path(folder), writes=chosen.writes, mutant=chosen.mutant)
    print(json.dumps(told))
    sys.exit(bool(told["stale on the next four"]))


if __name__ == "__main__":
    main()
