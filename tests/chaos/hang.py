"""A database that hangs: all its processes stand still for a while, then go on as if nothing was.

tests/chaos/hang.py                      20 s, while strangers and somebody signed in ask on
tests/chaos/hang.py --mutant patient     exit code 1, or nothing is seen here: nobody asks anew

Each answer is a page, „not modified“ or an honest 503; none takes longer than six seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from itertools import count
from pathlib import Path

from house import VILLAGES, House, _children
from plain import ask

APPS = {None: "obshto.ops.wsgi:app", "patient": "patient:app"}
SLUG, LONGEST, REST = VILLAGES[0], 6.0, 0.05
HONEST = {200, 304, 503}


class Visitor(threading.Thread):
    """Asks for one page, again and again; of each answer the moment, how long it took, what."""

    def __init__(self, house, name, path, cookie=""):
        super().__init__(name=name)
        self.house, self.path, self.cookie, self.tag = house, path, cookie, ""
        self.enough, self.seen = threading.Event(), []

    def run(self):
        for number in count():
            if self.enough.wait(REST):
                return
            began, path = time.monotonic(), self.path.format(number)
            status, headers, _ = ask(
                self.house.port, SLUG, path, cookie=self.cookie, tag=self.tag if number % 2 else ""
            )
            if status == 503 and not headers.get("Retry-After"):
                status = "503 without Retry-After"
            self.tag = headers.get("ETag", "")
            self.seen.append((began, time.monotonic() - began, status))

    def healed_after(self, moment):
        """Seconds until a page came that was asked for after the moment; None: it never did."""
        whole = [b + took for b, took, status in self.seen if b >= moment and status in (200, 304)]
        return round(whole[0] - moment, 2) if whole else None


def processes(pid):
    """A process and all below it, the first one first: it starts no other then."""
    yield pid
    for child in _children(pid):
        yield from processes(child)


def hang(postmaster, seconds):
    """The moments when it fell silent and when it went on."""
    stopped, began = [], time.monotonic()
    try:
        for pid in processes(postmaster):
            os.kill(pid, signal.SIGSTOP)
            stopped.append(pid)
        time.sleep(seconds)
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    return began, time.monotonic()


def drill(folder, *, seconds, mutant=None):
    with House(folder, app=APPS[mutant]) as house:
        cookie = house.cookie(SLUG, "mayor")
        visitors = [
            Visitor(house, "home, kept", "/"),
            Visitor(house, "news, made anew", "/news/?n={}"),
            Visitor(house, "console", "/console/", cookie),
            Visitor(house, "news, signed in", "/news/", cookie),
        ]
        for one in visitors:  # each worker has met each page
            for _ in range(6):
                ask(house.port, SLUG, one.path.format("warm"), cookie=one.cookie)
        for visitor in visitors:
            visitor.start()
        time.sleep(8)  # usual life
        silent, woken = hang(house.postmaster, seconds)
        time.sleep(12)
        for visitor in visitors:
            visitor.enough.set()
        for visitor in visitors:
            visitor.join()
        restarts = house.restarts
    seen = [one for visitor in visitors for one in visitor.seen]
    usual = [one for one in seen if one[0] + one[1] < silent]
    since = [one for one in seen if one[0] + one[1] >= silent]
    during = [one for one in since if one[0] < woken]
    return {
        "answers": dict(Counter(str(status) for _, _, status in seen)),
        "while it hung": dict(Counter(str(status) for _, _, status in during)),
        # How busy the machine is: what a page takes where nothing hangs.
        "longest before": round(max(took for _, took, _ in usual), 2),
        "longest": round(max(took for _, took, _ in since), 2),
        "whole again after": {one.name: one.healed_after(woken) for one in visitors},
        "processes that ended": restarts,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--longest", type=float, default=LONGEST, help="seconds of one answer")
    parser.add_argument("--mutant", choices=[name for name in APPS if name])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="obshto-drill-") as folder:
        told = drill(Path(folder), seconds=chosen.seconds, mutant=chosen.mutant)
    print(json.dumps(told, ensure_ascii=False))
    is_honest = set(told["answers"]) <= {str(status) for status in HONEST}
    healed = told["whole again after"].values()
    is_healed = all(one is not None and one <= chosen.longest for one in healed)
    sys.exit(not (is_honest and is_healed and told["longest"] <= chosen.longest))


if __name__ == "__main__":
    main()
