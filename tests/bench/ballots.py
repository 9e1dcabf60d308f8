"""Ballots in 11, 100 and 1,000 municipalities, beside Django with django-tenants, and a hello.

Each ballot comes from a device and a neighbourhood of its own, over HTTP, with all that stands on
its way: the brake, the lock of the poll, the shuffling of those who took part. What a worker and
a connection hold in memory is read when every municipality has been asked.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

from cost import children_of, processor_seconds
from flask import g
from peers import peers
from region import BASE, served
from sqlalchemy import create_engine, text
from tape import haste

from obshto.modules.polls.services.polls import Draft, open_poll, write_poll
from obshto.modules.polls.services.queries import asked_of
from obshto.modules.polls.services.questions import ask_question
from obshto.modules.polls.services.wordings import Wording
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

SIZES = (11, 100, 1_000)
CLIENTS = 4
DAY = Wording(kind="single", title="Кой ден?", options=("Петък", "Събота", "Неделя"))
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
MB = 1024


@dataclass
class Side:
    """A server under measure: how a ballot is sent to it, and what the rounds found."""

    name: str
    port: int
    pid: int
    method: str
    ballots: list  # (host, path, fields) of each municipality
    cookie: str = ""  # by which Django knows that the form was its own
    rates: list = field(default_factory=list)
    costs: list = field(default_factory=list)  # processor ms of web and database, a pair a round

    def measure(self, seconds, postmaster):
        """One round."""
        web, database = processor_seconds(self.pid), processor_seconds(postmaster)
        number, took = _send(self, seconds)
        self.rates.append(number / took)
        spent = processor_seconds(self.pid) - web, processor_seconds(postmaster) - database
        self.costs.append([1000 * each / number for each in spent])

    def line(self, base):
        """Ballots a second and processor time, each beside those of the same round of `base`."""
        ratios = [own / other for own, other in zip(self.rates, base.rates, strict=True)]
        web, database = (median(pair[n] for pair in self.costs) for n in (0, 1))
        times = [sum(own) / sum(other) for own, other in zip(self.costs, base.costs, strict=True)]
        return (
            f"  {self.name:<8}{median(self.rates):>6.0f}/s, {median(ratios):.2f} of {base.name}"
            f" ({min(ratios):.2f}–{max(ratios):.2f}); processor {web:.2f} ms web"
            f" + {database:.2f} database, {median(times):.2f} of {base.name}"
            f" ({min(times):.2f}–{max(times):.2f})"
        )


def bench(region, *, rounds, seconds, sizes=SIZES):
    """Lines of the report; the region grows from size to size."""
    polls = []
    for size in sizes:
        began = time.monotonic()
        with haste(region.superuser):
            region.crowd(size)
            polls += [_open(region, slug) for slug in region.slugs[len(polls) : size]]
        yield f"ballots, {size} municipalities (made in {time.monotonic() - began:.0f} s):"
        yield from _measure(region, polls, rounds, seconds)


def _measure(region, polls, rounds, seconds):
    with ExitStack() as stack:
        settings = {"PROXIES": "127.0.0.1/32"}

        def start(app=None):
            names = [app] if app else []
            return stack.enter_context(served(region, *names, more=settings))

        hosts = [host for host, _, _ in polls]
        slugs = [host.partition(".")[0] for host in hosts]
        servers, _ = stack.enter_context(peers(region, slugs, ["django"]))
        sides = [
            Side("hello", *start("hello:app"), "GET", [(host, "/", {}) for host in hosts]),
            _django(*servers["django"], hosts),
            Side("ours", *start(), "POST", polls),
        ]
        for side in sides:
            _send(side, 0, least=len(polls))  # every municipality once
        held = {side.name: _memory(side, region) for side in sides[1:]}
        for _ in range(rounds):
            for side in sides:
                side.measure(seconds, region.postmaster)
    hello, other, ours = sides
    yield from (other.line(hello), ours.line(hello), ours.line(other))
    for name, (worker, connection) in held.items():
        yield f"  {name:<8}holds {worker:.0f} MB a worker, {connection:.1f} MB a connection"
    worker, connection = (
        own / theirs for own, theirs in zip(held["ours"], held["django"], strict=True)
    )
    yield f"  ours     {worker:.2f} of django a worker, {connection:.2f} a connection"


def _django(port, pid, hosts):
    """The same poll there: its id is 1 in each schema. One token of its form serves every host."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    path = "/polls/1"
    connection.request("GET", path, headers={"Host": hosts[0]})
    answer = connection.getresponse()
    page, cookie = answer.read().decode(), answer.headers["Set-Cookie"].partition(";")[0]
    connection.close()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    choice = re.search(r'name="choice" value="([^"]+)"', page)[1]
    fields = {"csrfmiddlewaretoken": token, "choice": choice}
    return Side("django", port, pid, "POST", [(host, path, fields) for host in hosts], cookie)


def _open(region, slug):
    """Host, path and fields of a ballot there."""
    with region.app.app_context():
        g.modules = frozenset({"polls"})
        with open_uow(scope_named(slug), Principal.system("bench")) as uow:
            end = uow.now + timedelta(days=7)
            draft = Draft(title="Пазарът", who="anyone", closes_at=end)
            poll = write_poll(uow, draft, request_id=uuid4())
            ask_question(uow, poll, DAY, request_id=uuid4(), expected_version=poll.version)
            open_poll(uow, poll, expected_version=poll.version)
            uow.session.flush()
            [one] = asked_of(uow, poll.id)
            return f"{slug}.localhost", poll.path, {one.field: str(one.options[0].id)}


_devices = count(1)


def _send(side, seconds, least=0):
    """Answers and seconds of some clients at once, each at municipalities of its own."""
    until, done, broken = time.monotonic() + seconds, [], []

    def client(first):
        try:
            done.append(_client(side, first, until, least))
        except Exception as fault:
            broken.append(fault)

    began = time.monotonic()
    threads = [threading.Thread(target=client, args=(first,)) for first in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken, broken
    return sum(done), time.monotonic() - began


def _client(side, first, until, least):
    connection = http.client.HTTPConnection("127.0.0.1", side.port)
    own = side.ballots[first::CLIENTS] or side.ballots
    number = 0
    while time.monotonic() < until or number < min(len(own), least):
        host, path, fields = own[number % len(own)]
        device = next(_devices)
        address = f"10.{device // 256 % 256}.{device % 256}.1"  # a neighbourhood of its own
        headers = FORM | {"Host": f"{host}:{BASE.partition(':')[2]}", "X-Forwarded-For": address}
        if side.cookie:
            headers["Cookie"] = side.cookie
        body = urlencode(fields | {"request_id": uuid4()}) if side.method == "POST" else None
        connection.request(side.method, path, body=body, headers=headers)
        answer = connection.getresponse()
        told = answer.read()
        wanted = 303 if side.method == "POST" else 200
        assert answer.status == wanted, (answer.status, path, told[-3000:].decode())
        number += 1
    connection.close()
    return number


def _memory(side, region):
    """Private MB of a worker and of a database connection, the median of them."""
    workers = [_private(pid) for pid in children_of(side.pid)]
    name = "django_peer" if side.name == "django" else region.config.database.database
    engine = create_engine(region.superuser)
    with engine.connect() as connection:
        asked = text(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = :name AND backend_type = 'client backend' AND pid != pg_backend_pid()"
        )
        backends = [_private(pid) for (pid,) in connection.execute(asked, {"name": name})]
    engine.dispose()
    return median(workers), median(sorted(backends)[-2:])


def _private(pid):
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kept = [line.split() for line in rollup.splitlines() if line.startswith("Private_")]
    return sum(int(words[1]) for words in kept) / MB
