"""The clerk's queue over 10,000 applications against an empty one: the same pages, in turn."""

from __future__ import annotations

import time
from datetime import timedelta
from statistics import median, quantiles
from uuid import uuid4

from sqlalchemy import create_engine, text

from obshto.modules.eservices.models import Case
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import (
    STAFF,
    Profile,
    Proof,
    appoint,
    open_session,
    register_person,
    scope_named,
)

MANY, BATCH = 10_000, 1_000
STATES = ("sent", "in_work", "asked", "issued", "issued", "issued", "refused", "withdrawn")
PAGES = ("", "?list=work", "?list=late", "?list=hand", "?list=done", "?list=done&page=100")


def bench(region, *, rounds):
    """Lines of the report; the first municipality stays empty, the second one is filled."""
    empty, full = region.slugs[:2]
    switch_on(region, "news", "eservices")
    began = time.monotonic()
    _fill(region, full)
    yield f"{MANY} applications were kept in {time.monotonic() - began:.0f} s"
    clients = {slug: clerk_of(region, slug, Role.REGISTRY_CLERK) for slug in (empty, full)}
    for page in PAGES:
        took = {empty: [], full: []}
        for turn in range(5 * rounds + 1):
            for slug, client in clients.items():
                shown = page if slug == full else page.partition("&")[0]
                seconds = _ask(client, slug, shown)
                took[slug] += [seconds] if turn else []  # the first turn fills what is kept
        nine = {slug: quantiles(found, n=20)[-1] for slug, found in took.items()}
        yield (
            f"queue{page}: median {1000 * median(took[full]):.1f} ms,"
            f" p95 {1000 * nine[full]:.1f} ms, {nine[full] / nine[empty]:.2f} of the empty one"
        )


def _ask(client, slug, page):
    began = time.perf_counter()
    answer = client.get(f"/console/eservices/{page}", base_url=f"http://{slug}.localhost:8000")
    assert answer.status_code == 200, (page, answer.status_code)
    return time.perf_counter() - began


def switch_on(region, *modules):
    """These modules and no others, in every municipality."""
    engine = create_engine(region.config.migrator)
    with engine.begin() as connection:
        row = text("UPDATE shared.tenant SET modules = :modules, version = version + 1")
        connection.execute(row, {"modules": list(modules)})
    engine.dispose()


def clerk_of(region, slug, role):
    """A client signed in there, who works by this role."""
    with region.app.app_context():
        profile = Profile(issuer="test", subject=f"clerk-{slug}", name="Веска", email=None)
        person_id = register_person(profile)
        with open_uow(scope_named(slug), Principal.system("bench")) as uow:
            appoint(uow, person_id, role)
        proof = Proof(is_member=True, assurance=2)
        token = open_session(person_id, municipality=slug, term=STAFF, proof=proof)
    client = region.app.test_client()
    client.set_cookie("session", token, domain=f"{slug}.localhost")
    return client


def _fill(region, slug):
    for first in range(0, MANY, BATCH):
        with (
            region.app.app_context(),
            open_uow(scope_named(slug), Principal.system("bench")) as uow,
        ):
            numbers = range(first, first + BATCH)
            uow.session.add_all(case_of(uow, at, STATES[at % len(STATES)]) for at in numbers)
    engine = create_engine(region.config.migrator)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()


def case_of(uow, at, state):
    """An application as the years leave them: most are over, some are late."""
    today = day_of(uow.now)
    is_open = state in ("sent", "in_work")
    case = Case(
        id=new_id(),
        request_id=uuid4(),
        year=2026,
        sequence=at + 1,
        service="1998",
        definition_version=1,
        number_index=uuid4().bytes,
        applicant="Проба Пробова",
        channel="portal",
        entered_by="",
        state=state,
        sent_at=uow.now - timedelta(hours=at),
        starts_on=today - timedelta(days=7),
        due_on=today + timedelta(days=at % 20 - 5) if is_open else None,
        cure_until=today if state == "asked" else None,
        assignee="",
        delivery="office" if at % 3 else "electronic",
        handed_at=uow.now if at % 10 else None,
        ended_at=None if is_open or state == "asked" else uow.now - timedelta(hours=at),
    )
    case.keep({})
    return case
