"""Letters to 10,000 who asked, against 100: written, then handed over; what others wait."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from statistics import median
from uuid import uuid4

from flask import g
from load import ask_for
from region import BASE, served
from sqlalchemy import delete, insert

from obshto.modules.notices.notifications import NOTIFICATIONS
from obshto.modules.notices.services.edits import Draft, publish_notice, write_notice
from obshto.platform.clock import now
from obshto.platform.notify.audience import write_to_audience
from obshto.platform.notify.delivery import drain_letters
from obshto.platform.notify.job_names import TRANSPORT
from obshto.platform.notify.models import Message, Subscriber
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.notify.subscribers import Wishes, subscribe
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

FEW, MANY = 100, 10_000
DRAINED = 1_000  # letters that are handed over; the rest would take as long again
TARGET = 2.0  # seconds for writing MANY
PAGE, SECONDS = "/news/?page=1", 2  # what readers look at meanwhile; it is not cached


class Swallowing:
    """A mail server that takes everything at once: what is measured is ours."""

    def __init__(self):
        self.taken = []

    def send(self, letter):
        self.taken.append(letter.message_id)


def bench(region, *, rounds):
    """Lines of the report: the first municipality is filled for it."""
    slug = region.slugs[0]
    took = {}
    for number in (FEW, MANY):
        _fill(region, slug, number)
        took[number] = [_write(region, slug) for _ in range(rounds)]
    few, many = (median(took[number]) for number in (FEW, MANY))
    yield (
        f"a notice to {MANY} subscribers is written in {many:.2f} s (target {TARGET:.0f}),"
        f" {1000 * few:.0f} ms to {FEW}: {many / few / (MANY / FEW):.2f} of it for each"
    )
    yield from _drain(region, slug)
    yield _pages_beside(region, slug, rounds)


@contextmanager
def _work(region, slug):
    with region.app.app_context():
        g.modules = frozenset({"notices"})
        with open_uow(scope_named(slug), Principal.system("bench")) as uow:
            yield uow


def _fill(region, slug, number):
    """So many who follow water everywhere, made out of one: only the addresses differ."""
    with _work(region, slug) as uow:
        uow.session.execute(delete(Message))
        uow.session.execute(delete(Subscriber))
        expected_version = version_of(uow, "notify")
        save_settings(
            uow, "notify", NotifySettings(letters_a_day=10**6), expected_version=expected_version
        )
        one = subscribe(uow, "one@example.org", Wishes(topics=("notices:water",), places=()))
        one.confirmed_at = uow.now
        uow.session.flush()
        same = {name: getattr(one, name) for name, _column in Subscriber.__mapper__.columns.items()}
        rows = [
            same | {"id": uuid4(), "address_hash": uuid4().bytes, "token_hash": uuid4().bytes}
            for _ in range(number - 1)
        ]
        uow.session.execute(insert(Subscriber), rows)
        uow.jobs.clear()


def _write(region, slug):
    """Seconds from the fact to committed rows, rendered in three languages."""
    with _work(region, slug) as uow:
        span = {"starts_at": now(), "ends_at": now().replace(year=now().year + 1)}
        draft = Draft(kind="water", title="Без вода", text="Налейте си вода.", **span)
        notice = write_notice(uow, draft, request_id=uuid4())
        publish_notice(uow, notice, expected_version=notice.version)
        payload = {"subject_id": str(notice.id), "title": notice.title}
        told = NOTIFICATIONS[0]
        audience = told.to(uow, payload)
        uow.facts.clear()
        began = time.perf_counter()
        write_to_audience(uow, told, audience, payload, uuid4())
        uow.jobs.clear()
        uow.commit()
        return time.perf_counter() - began


def _drain(region, slug):
    """Letters a second, and how long a letter of somebody else waits while they leave."""
    swallowing = Swallowing()
    region.app.extensions[TRANSPORT] = swallowing
    began, pages = time.perf_counter(), []
    while len(swallowing.taken) < DRAINED:
        page = time.perf_counter()
        with _work(region, slug) as uow:
            drain_letters(uow)
            uow.jobs.clear()
        pages.append(time.perf_counter() - page)
    took = time.perf_counter() - began
    yield (
        f"{len(swallowing.taken) / took:.0f} letters a second leave, besides what the mail server"
        f" takes; a job of others waits for a page of {1000 * median(pages):.0f} ms"
    )
    yield f"of {len(swallowing.taken)} letters {len(set(swallowing.taken))} are different"


def _pages_beside(region, slug, rounds):
    """How many pages readers get while letters leave, against just before, turn about.

    The letters leave from the process of the client, so what they take from it counts as well.
    """
    strangers, shares = region.lines("beside", [f"{one}.{BASE}" for one in region.slugs]), []
    with served(region) as (port, _web):
        ask_for(1, port, PAGE, strangers)
        for _ in range(rounds):
            alone, took = ask_for(SECONDS, port, PAGE, strangers)
            with _leaving(region, slug):
                beside, took_beside = ask_for(SECONDS, port, PAGE, strangers)
            shares.append(beside / took_beside / (alone / took))
    return f"while letters leave, pages come at {median(shares):.2f} of their pace otherwise"


@contextmanager
def _leaving(region, slug):
    """Pages of letters leave one after the other, as a worker does it."""
    over = threading.Event()

    def drain():
        while not over.is_set():
            with _work(region, slug) as uow:
                drain_letters(uow)
                uow.jobs.clear()

    leaving = threading.Thread(target=drain)
    leaving.start()
    try:
        yield
    finally:
        over.set()
        leaving.join()
