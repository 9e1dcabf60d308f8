"""People who write, publish, correct, delete, switch; each repeats an act until it is acknowledged.

A repeat is what a browser sends on „try again“: the same form, byte for byte.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
from html import unescape
from urllib.parse import urlencode

from house import BASE
from ledger import Entry

PATIENCE = 60  # seconds for one act, whatever is killed meanwhile
HANG_UP = 0.3  # of the writes whose form has one of these
NAMED = {"request_id", "seen"}
REDIRECTED, GONE, UNACCEPTABLE = 303, 404, 422
REQUEST_ID = re.compile(r'name="request_id"[^>]*value="([^"]+)"')
SEEN = re.compile(r'name="seen"[^>]*value="([^"]+)"')
LIVES = ((), ("hide", "publish"), ("delete",), ("delete", "restore"))
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class InDoubt(Exception):
    """No answer, or one that does not say whether the act was done."""


class Asker:
    """HTTP to one municipality, a new connection each time so that all workers are met."""

    def __init__(self, port, ledger, slug, sent=None, rng=None):
        self.port, self.ledger, self.slug, self.cookie = port, ledger, slug, ""
        self.sent, self.rng = sent or threading.Event(), rng

    def ask(self, method, path, form=None, *, anonymous=False):
        """Status, headers, text. Raises InDoubt."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Host": f"{self.slug}.{BASE}"}
        headers |= {"Cookie": self.cookie} if self.cookie and not anonymous else {}
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            headers |= {"Sec-Fetch-Site": "same-origin"}
        try:
            connection.request(method, path, urlencode(form) if form is not None else None, headers)
            if form is not None:
                self.sent.set()  # an aimed fault strikes now: between here and the COMMIT
                self._perhaps_hang_up(form)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.ledger.count("no answer")
            raise InDoubt from error
        finally:
            connection.close()
        return self._judged(answer, text, f"{method} {path}")

    def _perhaps_hang_up(self, form):
        """The line breaks while the server works on: the repeat may overtake what it repeats.

        Only with a form that names itself. Of another, a copy that comes late is a new wish:
        hidden, published, and then the first „hide“ arrives.
        """
        if self.rng and NAMED & form.keys() and self.rng.random() < HANG_UP:
            time.sleep(self.rng.uniform(0, 0.03))
            self.ledger.count("lines broken")
            raise ConnectionResetError

    def _judged(self, answer, text, asked):
        if answer.status >= 500:
            self.ledger.count(f"HTTP {answer.status}")
            if answer.status != http.client.SERVICE_UNAVAILABLE:
                self.ledger.blame(f"HTTP {answer.status} for {asked}")
            raise InDoubt
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
        self.slug, self.ledger, self.rng = slug, ledger, rng
        self.home, self.written, self.enough = f"/console/{self.area}/", 0, threading.Event()

    def run(self):
        try:
            self.sign_in()
            while not self.enough.is_set():
                self.act()
        except Exception as error:  # noqa: BLE001  a client that fell silent must not pass
            self.ledger.blame(f"{self.name}: {type(error).__name__}: {error}")

    def sign_in(self):
        _, headers, _ = self.http.until("POST", "/sign-in", {"person": self.person})
        self.http.cookie = headers["Set-Cookie"].partition(";")[0]
        self.token = TOKEN.search(self.page(self.home))[1]

    def page(self, path):
        """A page of the console that must be there for somebody signed in."""
        status, _, text = self.http.until("GET", path)
        assert status == 200, f"{status} for {path}: the session or the page is lost"
        return text

    def post(self, path, already=None, **form):
        """An act, repeated until it is acknowledged; `already` is what a repeat hears then."""
        began, doubts = time.monotonic(), 0
        while True:
            try:
                form |= {"csrf_token": self.token}
                status, headers, _ = self.http.ask("POST", path, form)
            except InDoubt:
                doubts += 1
                self.ledger.count("acts repeated")
                assert time.monotonic() - began < PATIENCE, f"no answer for {PATIENCE} s: {path}"
                time.sleep(0.1)
                continue
            if status != REDIRECTED and not (doubts and status == already):
                raise AssertionError(f"{status} for {path} after {doubts} doubts")
            if doubts:
                self.ledger.count("landed before" if status == already else "landed by repeat")
            self.ledger.count("acknowledged")
            self.ledger.waits.append(time.monotonic() - began)
            return headers["Location"]


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
        form = self.page("/console/news/new")
        self.ledger.entries.append(entry)
        where = self.post(
            "/console/news/new",
            request_id=REQUEST_ID.search(form)[1],
            **self.words(entry),
        )
        entry.item_id = where.partition("?")[0].rpartition("/")[2]
        entry.acts["written"] += 1
        return entry

    def publish(self, entry):
        self.do(entry, "publish", UNACCEPTABLE, "published", is_published=True)

    def hide(self, entry):
        self.do(entry, "hide", UNACCEPTABLE, "hidden", is_published=False)

    def delete(self, entry):
        self.do(entry, "delete", GONE, "deleted", is_deleted=True)

    def restore(self, entry):
        self.do(entry, "restore", GONE, "restored", is_deleted=False)

    def correct(self, entry):
        path = f"/console/news/{entry.item_id}"
        seen = unescape(SEEN.search(self.page(path))[1])
        words = self.words(entry) | {"summary": str(int(entry.summary) + 1)}
        self.post(path, UNACCEPTABLE, seen=seen, correction="", **words)
        entry.summary = words["summary"]
        entry.acts["corrected"] += 1
        self.look(entry)

    def do(self, entry, verb, already, act, **changes):
        self.post(f"/console/news/{entry.item_id}/{verb}", already)
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
        for act in ("off", "on"):
            self.post(f"/console/tenants/news/{act}")
            self.ledger.switches[self.slug, act] += 1
            self.ledger.modules[self.slug] = act == "on"
            status, *_ = self.http.until("GET", "/news/", anonymous=True)
            if status != (200 if act == "on" else 404):
                self.ledger.blame(f"news were switched {act} and answer {status}")
