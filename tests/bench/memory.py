"""Memory of one web worker after so many mixed requests, and what grew.

tests/bench/memory.py --requests 100000 --minutes 40     whichever comes first
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import threading
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # for `support`, wherever this is begun

from cost import ASKED  # noqa: E402
from region import region, served  # noqa: E402

MUNICIPALITIES, CLIENTS, GROWN = 11, 4, 8
# Of a hundred requests: kept pages, pages made anew, pages of somebody signed in, a page that is
# nowhere, a search that nobody asked before. Languages and codings differ, as those of people do.
MIX = (
    *[("/", False)] * 30,
    *[("/news/", False)] * 10,
    *[("/en/", False)] * 5,
    *[("/news/?n={}", False)] * 15,
    *[("/search?q=вода+{}", False)] * 5,
    *[("/nowhere-{}", False)] * 5,
    *[("/", True)] * 15,
    *[("/news/", True)] * 5,
    *[("/console/", True)] * 5,
    *[("/console/news/", True)] * 5,
)
CODINGS = ("br", "gzip", "")


class Crowd:
    """Clients that share one number: which request is next."""

    def __init__(self, port, lines):
        self.port, self.lines = port, [line.split(" ") for line in lines]
        self.number, self.most, self.until = count(), 0, 0.0
        self.lock, self.done = threading.Lock(), 0

    def ask_up_to(self, most, until):
        """Ask until so many are answered, or it is so late; how many there are in all."""
        self.most, self.until = most, until
        threads = [threading.Thread(target=self._client) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.done

    def _client(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        while self.done < self.most and time.monotonic() < self.until:
            with self.lock:
                number = next(self.number)
            self._ask(connection, number)
            with self.lock:
                self.done += 1
        connection.close()

    def _ask(self, connection, number):
        # Steps that have no factor in common: each page of each municipality in each coding.
        path, is_signed = MIX[number * 37 % len(MIX)]
        host, cookie = self.lines[number % len(self.lines)]
        headers = {"Host": host, "Accept-Encoding": CODINGS[number % len(CODINGS)]}
        headers |= {"Cookie": cookie} if is_signed else {}
        connection.request("GET", _spelled(path.format(number)), headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status in (200, 302, 403, 404), (answer.status, path)


def _spelled(path):
    return path.replace("вода", "%D0%B2%D0%BE%D0%B4%D0%B0")


def held(port, host):
    """What the worker says of itself."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", ASKED, headers={"Host": host})
    found = json.loads(connection.getresponse().read())
    connection.close()
    return found


def grown(before, after):
    """The types of which most objects were added."""
    more = {kind: number - before.get(kind, 0) for kind, number in after.items()}
    most = sorted(more, key=more.get, reverse=True)[:GROWN]
    return ", ".join(f"{kind} +{more[kind]}" for kind in most if more[kind] > 0) or "nothing"


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=60)
    chosen = parser.parse_args()
    until = time.monotonic() + 60 * chosen.minutes
    with region() as found:
        found.crowd(MUNICIPALITIES)
        _, signed = found.fill(found.slugs[:MUNICIPALITIES])
        found.config = replace(found.config, web_workers=1)
        lines = signed.read_text().splitlines()
        with served(found, "remembered:app") as (port, _):
            crowd, host, before = Crowd(port, lines), lines[0].partition(" ")[0], {}
            marks = [one for one in (100, 1_000, 10_000, 100_000) if one < chosen.requests]
            for mark in (*marks, chosen.requests):
                done = crowd.ask_up_to(mark, until)
                told = held(port, host)
                print(
                    f"{done} requests: {told['resident'] / 1024:.0f} MB resident,"
                    f" {told['own'] / 1024:.0f} its own, {told['threads']} threads;"
                    f" grew: {grown(before, told['kinds'])}",
                    flush=True,
                )
                before = told["kinds"]
                if done < mark:
                    break
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
