"""People who write, publish, correct, delete, switch; each repeats an act until it is acknowledged.

A repeat is what a browser sends on „try again“: the same form, byte for byte.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections import deque
from contextlib import suppress
from html import unescape
from urllib.parse import urlencode

from house import BASE
from ledger import Entry

PATIENCE = 180  # seconds for one act, whatever is killed meanwhile
HANG_UP = 0.3  # of the writes
LATE = 0.3  # of the acts, after which a copy of an earlier one arrives
KEPT = 6  # forms that may come again
REDIRECTED = 303
ANSWERED = "answers"
EDGE = b"drill-3f1c0a52"  # between the parts of a form
FORM = re.compile(
    r'<form(?: class="[^"]*")? method="post"(?: action="([^"]*)")?[^>]*>(.*?)</form>', re.S
)
MEANS = re.compile(r'name="(request_id|expected_version|mark)"[^>]*value="([^"]+)"')
LIVES = (
    (),
    ("hide", "publish"),
    ("hide", "publish", "hide", "publish"),
    ("delete",),
    ("delete", "restore"),
    ("delete", "restore", "delete", "restore"),
)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def form_for(path, text, page):
    """What the form for `path` carries, as the page shows it."""
    for action, inside in FORM.findall(text):
        if unescape(action or page) == path:
            return dict(MEANS.findall(inside))
    raise AssertionError(f"{page} has no form for {path}")


def as_sent(form):
    """Its kind and its bytes, the same ones for the same form."""
    if form is None or isinstance(form, str):
        return form and "application/json", form
    if not any(isinstance(value, tuple) for value in form.values()):
        return "application/x-www-form-urlencoded", urlencode(form, doseq=True)
    parts = [as_part(name, value) for name, value in form.items()]
    body = b"".join(b"--%s\r\n%s\r\n" % (EDGE, part) for part in parts) + b"--%s--\r\n" % EDGE
    return f"multipart/form-data; boundary={EDGE.decode()}", body


def as_part(name, value):
    """One field of a form with files."""
    file, told = value if isinstance(value, tuple) else ("", value.encode())
    file = f'; filename="{file}"\r\nContent-Type: application/octet-stream' if file else ""
    return f'Content-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + told


class InDoubt(Exception):
    """No answer, or one that does not say whether the act was done."""


class Asker:
    """HTTP to one municipality, a new connection each time so that all workers are met."""

    def __init__(self, port, ledger, slug, sent=None, rng=None):
        self.port, self.ledger, self.slug = port, ledger, slug
        self.cookie = self.address = ""  # the address: as a proxy of ours tells it
        self.sent, self.rng = sent or threading.Event(), rng

    def ask(self, method, path, form=None, *, anonymous=False):
        """Status, headers, text; a form that is a text is JSON of a program, a field that is a pair
        is a file. Raises InDoubt.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Host": f"{self.slug}.{BASE}"}
        headers |= {"Cookie": self.cookie} if self.cookie and not anonymous else {}
        headers |= {"X-Forwarded-For": self.address} if self.address else {}
        kind, body = as_sent(form)
        headers |= {"Content-Type": kind, "Sec-Fetch-Site": "same-origin"} if kind else {}
        try:
            connection.request(method, path, body, headers)
            if form is not None:
                self.sent.set()  # an aimed fault strikes now: between here and the COMMIT
                self._perhaps_hang_up()
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.ledger.count("no answer")
            raise InDoubt from error
        finally:
            connection.close()
        return self._judged(answer, text, f"{method} {path}")

    def _perhaps_hang_up(self):
        """The line breaks while the server works on: the repeat may overtake what it repeats, and
        arrive when two later acts have been acknowledged.
        """
        if self.rng and self.rng.random() < HANG_UP:
            time.sleep(self.rng.uniform(0, 0.03))
            self.ledger.count("lines broken")
            raise ConnectionResetError

    def _judged(self, answer, text, asked):
        if answer.status >= 500:
            self.ledger.count(f"HTTP {answer.status}")
            if answer.status != http.client.SERVICE_UNAVAILABLE:
                self.ledger.blame(f"HTTP {answer.status} for {asked}")
            raise InDoubt
        self.ledger.count(ANSWERED)
        self.ledger.look(self.slug, text, asked)
        return answer.status, answer.headers, text

    def until(self, *asked, **kw):
        """The same, asked again until there is an answer."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.ask(*asked, **kw)
            except InDoubt:
                assert time.monotonic() < end, f"no answer for {PATIENCE} s: {asked}"
                time.sleep(0.1)


class Person(threading.Thread):
    """Somebody of the staff at work until told to stop; a subclass says at what."""

    person = "editor"

    def __init__(self, number, slug, house, ledger, sent, rng):
        super().__init__(name=f"{self.person}-{number}")
        self.http = Asker(house.port, ledger, slug, sent, rng)
        self.house, self.slug, self.ledger, self.rng = house, slug, ledger, rng
        self.earlier = deque(maxlen=KEPT)
        self.home, self.written, self.enough = f"/console/{self.area}/", 0, threading.Event()

    def run(self):
        try:
            self.sign_in()
            while not self.enough.is_set():
                self.act()
        except Exception as error:  # noqa: BLE001  a client that fell silent must not pass
            self.ledger.blame(f"{self.name}: {type(error).__name__}: {error}")

    def sign_in(self):
        self.http.cookie = self.house.cookie(self.slug, self.person)
        self.token = TOKEN.search(self.page(self.home))[1]

    def passer_by(self):
        """From a neighbourhood of its own, or the brake would ask everybody for a sum."""
        asker = Asker(self.http.port, self.ledger, self.slug, self.http.sent, self.rng)
        number = self.rng.randrange(1 << 16)
        asker.address = f"10.{number // 256}.{number % 256}.{self.rng.randrange(256)}"
        return asker

    def page(self, path):
        """A page of the console that must be there for somebody signed in."""
        status, _, text = self.http.until("GET", path)
        assert status == 200, f"{status} for {path}: the session or the page is lost"
        return text

    def form(self, page, path):
        """What the form for that address carries now."""
        return form_for(path, self.page(page), page)

    def post(self, path, form):
        """An act, repeated as it was until it is acknowledged."""
        status, headers, _ = self.repeated(
            lambda: self.http.ask("POST", path, form | {"csrf_token": self.token}), path
        )
        if status != REDIRECTED:
            raise AssertionError(f"{status} for {path}")
        self.perhaps_send_an_earlier_one()
        self.earlier.append((path, form))
        return headers["Location"]

    def repeated(self, ask, path):
        """The answer to what is asked again until there is one."""
        began, doubts = time.monotonic(), 0
        while True:
            try:
                answer = ask()
            except InDoubt:
                doubts += 1
                self.ledger.count("acts repeated")
                assert time.monotonic() - began < PATIENCE, f"no answer for {PATIENCE} s: {path}"
                time.sleep(0.1)
                continue
            if doubts:
                self.ledger.count("acknowledged to a repeat")
            self.ledger.acknowledge(began)
            return answer

    def perhaps_send_an_earlier_one(self):
        """As when a proxy, or a page that comes back with the browser, sends it once more."""
        if self.earlier and self.rng.random() < LATE:
            path, form = self.rng.choice(self.earlier)
            self.ledger.count("late copies")
            with suppress(InDoubt):
                self.http.ask("POST", path, form | {"csrf_token": self.token})


class Editor(Person):
    """Writes items, takes each through its life, looks after each act whether citizens see it."""

    area = "news"

    def act(self):
        entry = self.write()
        self.publish(entry)
        for _ in range(self.rng.randrange(3)):
            self.correct(entry)
        for step in self.rng.choice(LIVES):
            getattr(self, step)(entry)

    def write(self):
        self.written += 1
        entry = Entry(self.slug, f"{self.name}: {self.written}", summary="0")
        new = "/console/news/new"
        form = self.form(new, new)
        self.ledger.entries.append(entry)
        self.ledger.owners[entry.title] = self.slug
        where = self.post(new, form | self.words(entry))
        entry.item_id = where.partition("?")[0].rpartition("/")[2]
        entry.acts["written"] += 1
        return entry

    def publish(self, entry):
        self.do(entry, "publish", "published", is_published=True)

    def hide(self, entry):
        self.do(entry, "hide", "hidden", is_published=False)

    def delete(self, entry):
        page = f"/console/news/{entry.item_id}/delete"
        self.do(entry, "delete", "deleted", page=page, is_deleted=True)

    def restore(self, entry):
        page = "/console/news/?list=deleted"
        self.do(entry, "restore", "restored", page=page, is_deleted=False)

    def correct(self, entry):
        path = f"/console/news/{entry.item_id}"
        words = self.words(entry) | {"summary": str(int(entry.summary) + 1)}
        self.post(path, self.form(path, path) | words | {"correction": ""})
        entry.summary = words["summary"]
        entry.acts["corrected"] += 1
        self.look(entry)

    def do(self, entry, verb, act, *, page=None, **changes):
        path = f"/console/news/{entry.item_id}"
        self.post(f"{path}/{verb}", self.form(page or path, f"{path}/{verb}"))
        vars(entry).update(changes)
        entry.acts[act] += 1
        self.look(entry)

    def words(self, entry):
        return {"title": entry.title, "summary": entry.summary, "markdown": "…"}

    def look(self, entry):
        """What was acknowledged is there on the very next request, for anybody."""
        path = f"/news/{entry.item_id}"
        status, _, text = self.http.until("GET", path, anonymous=True)
        self.ledger.count("looked")
        right = f'"description" content="{entry.summary}"' in text
        if status != (200 if entry.is_public else 404) or (entry.is_public and not right):
            self.ledger.blame(f"{path} shows {status} and not „{entry.summary}“ after its act")


class Switcher(Editor):
    """Publishes a little, switches news off and on again: alone in a municipality."""

    person, area = "mayor", "tenants"

    def act(self):
        super().act()
        page = "/console/tenants/news"
        for act in ("off", "on"):
            self.post(f"{page}/{act}", self.form(page, f"{page}/{act}"))
            self.ledger.switches[self.slug, act] += 1
            self.ledger.modules[self.slug] = act == "on"
            status, *_ = self.http.until("GET", "/news/", anonymous=True)
            if status != (200 if act == "on" else 404):
                self.ledger.blame(f"news were switched {act} and answer {status}")
