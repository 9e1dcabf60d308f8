"""Compares the house with the ledger: nothing lost, nothing doubled, nothing left undone."""

from __future__ import annotations

import http.client
import math
import time
from collections import Counter, defaultdict
from html import unescape

import psycopg
from audit import Audit
from census import Census
from house import BASE
from scrutiny import Scrutiny
from tills import tell

from obshto.ops.compose import all_components
from obshto.ops.config import spelled
from obshto.platform.audit.services import first_broken_link
from obshto.platform.db.session import db
from obshto.platform.jobs.services import MADE_UP
from obshto.platform.scope import schema_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named
from obshto.tenants.portal.region import NEWEST

SETTLE_SECONDS = 180
OPEN_JOBS = f"""
    SELECT task_name, status::text FROM procrastinate_jobs j
    WHERE status::text <> 'succeeded' AND task_name <> 'jobs:rescue'
    AND NOT (status = 'failed' AND {MADE_UP})
"""
NEWEST_THERE = f"""
    SELECT title FROM shared.public_entry
    WHERE part = ANY(%s) AND language = 'bg' AND published_at <= now()
    AND (until > now()) IS NOT FALSE
    ORDER BY published_at DESC LIMIT {NEWEST}
"""
# Hours pass: workers that were killed are known to be, what waits for its next try may try.
LATER = (
    # Who lives says so every ten seconds, each of its queues for itself.
    "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'"
    " WHERE last_heartbeat < now() - interval '30 seconds'",
    "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'",
    "INSERT INTO procrastinate_jobs (task_name, queue_name, args)"
    " SELECT 'jobs:rescue', 'default', '{\"timestamp\": 0}' WHERE NOT EXISTS (SELECT FROM"
    " procrastinate_jobs WHERE task_name = 'jobs:rescue' AND status = 'todo')",
)


class Judge:
    """`found` holds a sentence for each fault."""

    def __init__(self, house, ledger, box, stripe):
        self.house, self.ledger, self.box, self.stripe = house, ledger, box, stripe
        self.found = list(ledger.wrong)
        self.lost = self.doubled = self.linked = 0
        # The watch for leaks looks into every village, one after the other.
        self.patience = SETTLE_SECONDS * max(1, len(house.villages) // 4)

    def verdict(self):
        """All faults that were found; empty when all is as it was acknowledged."""
        address = spelled(self.house.superuser.set(drivername="postgresql"))
        with psycopg.connect(address, autocommit=True) as self.db:
            self.db.execute("SET search_path = queue")  # its triggers look there
            self.settle()
            self.hear_out()
            self.forget_connections()
            for slug in self.house.villages:
                self.items(slug)
                self.found += Audit(self, slug).verdict()
                self.found += Scrutiny(self, slug).verdict()
                self.found += Census(self, slug).verdict()
            self.switches()
            self.chains()
            self.index()
            self.letters()
        return self.found

    def rows(self, statement):
        return self.db.execute(statement).fetchall()

    def miss(self, sentence, *, lost=0, doubled=0):
        self.lost, self.doubled = self.lost + lost, self.doubled + doubled
        self.found.append(sentence)

    def settle(self):
        """Wait for every job as long as they grow fewer; time goes faster than on the wall."""
        began, nudged, fewest = time.monotonic(), 0.0, math.inf
        while waiting := self.rows(OPEN_JOBS):
            if len(waiting) < fewest:
                fewest, began = len(waiting), time.monotonic()
            if time.monotonic() - began > self.patience:
                self.miss(f"jobs left undone: {Counter(waiting)}")
                return
            if time.monotonic() - nudged > 2:
                nudged = time.monotonic()
                for statement in LATER:
                    self.db.execute(statement)
            time.sleep(0.2)

    def hear_out(self):
        """What the provider has to say has been said: it goes on until it is heard."""
        end = time.monotonic() + SETTLE_SECONDS
        while tell(self.stripe, "/_waiting"):
            if time.monotonic() > end:
                self.miss("messages of the provider were never heard")
                return
            time.sleep(0.2)

    def forget_connections(self):
        """Those of a server that was killed."""
        with self.house.app.app_context():
            for engine in db.engines.values():
                engine.dispose()

    def items(self, slug):
        """Each acknowledged act is there once: in the row, and in the log."""
        kept, schema = defaultdict(list), schema_of(slug)
        columns = "id::text, summary, published_at IS NOT NULL, deleted_at IS NOT NULL, title"
        own = "WHERE title NOT LIKE 'Контролна чернова %'"  # the canary's is nobody's
        for *row, title in self.rows(f"SELECT {columns} FROM {schema}.news_item {own}"):
            kept[title].append(tuple(row))
        logged = defaultdict(Counter)
        acts = f"SELECT subject_id::text, act FROM {schema}.audit_entry WHERE act LIKE 'news:%'"
        for subject, act in self.rows(acts):
            logged[subject][act.rpartition(".")[2]] += 1
        for entry in (entry for entry in self.ledger.entries if entry.slug == slug):
            self.item(entry, kept.pop(entry.title, []), logged[entry.item_id])
        for title in kept:
            self.miss(f"{slug}: nobody wrote „{title}“")

    def item(self, entry, rows, logged):
        if not entry.item_id:
            return  # its writer has been blamed already
        if len(rows) > 1:
            self.miss(f"„{entry.title}“ stands {len(rows)} times", doubled=len(rows) - 1)
        wanted = (entry.item_id, entry.summary, entry.is_published, entry.is_deleted)
        if wanted not in rows:
            self.miss(f"„{entry.title}“ was acknowledged as {wanted} and is {rows}", lost=1)
        for act in entry.acts | logged:
            difference = logged[act] - entry.acts[act]
            if difference:
                counts = {"lost": max(-difference, 0), "doubled": max(difference, 0)}
                self.miss(f"„{entry.title}“: {act} is logged {difference:+d} times", **counts)

    def switches(self):
        found = Counter(
            {
                (slug, act.rpartition("-")[2]): number
                for slug, act, number in self.rows(
                    "SELECT municipality, act, count(*) FROM shared.audit_entry"
                    " WHERE act LIKE 'tenants:module.switched-%' GROUP BY 1, 2"
                )
            }
        )
        if found != self.ledger.switches:
            self.miss(f"switches: acknowledged {self.ledger.switches}, logged {found}", lost=1)
        for slug, modules in self.rows("SELECT slug, modules FROM shared.tenant"):
            if ("news" in modules) != self.ledger.modules.get(slug, True):
                self.miss(f"{slug}: news are not as they were switched last", lost=1)

    def chains(self):
        with self.house.app.app_context():
            for slug in self.house.villages:
                with open_uow(scope_named(slug), Principal.system("drill")) as uow:
                    if (link := first_broken_link(uow)) is not None:
                        self.miss(f"{slug}: the log is broken at {link}")

    def index(self):
        """The region knows what is published, and shows the newest of it."""
        on = {slug for slug in self.house.villages if self.ledger.modules.get(slug, True)}
        public = [e for e in self.ledger.entries if e.is_public and e.slug in on]
        rows = self.rows(
            "SELECT municipality, object_id::text, title FROM shared.public_entry"
            " WHERE part = 'news' ORDER BY published_at DESC"
        )
        wanted, found = {(e.slug, e.item_id) for e in public}, {row[:2] for row in rows}
        if wanted != found:
            self.miss(f"the region misses {wanted - found}, has too much {found - wanted}")
        page, parts = self.page("", "/"), all_components()
        telling = [part.slug for part in parts if part.search and part.search.is_news]
        for (title,) in self.db.execute(NEWEST_THERE, [telling]):
            if title not in unescape(page).replace("\xa0", " "):
                self.miss(f"the region's page does not show „{title}“")

    def page(self, slug, path):
        """What anybody is shown there; without a slug by the region."""
        connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=15)
        connection.request("GET", path, headers={"Host": f"{slug}.{BASE}" if slug else BASE})
        page = connection.getresponse().read().decode()
        connection.close()
        return page

    def letters(self):
        """One letter to the mayor for each publication, under one id, whatever was killed."""
        told = self.box.letters_of_each_item()
        for entry in self.ledger.entries:
            if told[entry.item_id] != entry.acts["published"]:
                difference = told[entry.item_id] - entry.acts["published"]
                self.miss(f"„{entry.title}“: {difference:+d} letters")
        kept = {}
        for slug in self.house.villages:
            columns = "replace(id::text, '-', ''), state"
            kept |= dict(self.rows(f"SELECT {columns} FROM {schema_of(slug)}.notify_message"))
        if set(kept) != set(self.box.taken):
            self.miss("the outbox and the mail server speak of different letters")
        if unfinished := Counter(kept.values()) - Counter({"handed over": len(kept)}):
            self.miss(f"letters were left {unfinished}")
