"""Recorded looks: a person's page, a record, the officer's work and retention, over many rows.

Each is done in a municipality with none and in one with `rows`, in rounds that alternate. What a
record adds to a page of staff is told by `look_cost`.
"""

from __future__ import annotations

import time
from statistics import median
from uuid import UUID, uuid4

from sqlalchemy import create_engine, text

from obshto.modules.dataprotection.services.detection import examine_looks
from obshto.modules.dataprotection.services.staff_counts import looks_by_staff
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.purposes.events import PersonLookedAt
from obshto.platform.purposes.services import (
    AT_ONCE,
    Opened,
    Purpose,
    forget_old_looks,
    look_at_each,
    looks_at,
)
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

MUNICIPALITIES = 11
YEAR = 365 * 24 * 60 * 100  # a hundred a minute in the region: `run.py --looks 52560000`
SHARE = YEAR // MUNICIPALITIES  # what one municipality has of it: `run.py --looks 4778181`
BATCH, PAGE = 500_000, 25
PAGE_OF, RECORD = "page of a person", "a record"
STAFF, EXAMINE, FORGET = "counts by staff", "a run of detection", "a run of retention"
PEOPLE = 6_000  # of a municipality; each row is somebody's
SAMPLES = 40
ACTS = {STAFF: looks_by_staff, EXAMINE: examine_looks, FORGET: forget_old_looks}
OLD = "5 years 1 day"
# Ids are of the row's own moment, as those that the application gives.
FILL = """
INSERT INTO {schema}.purposes_look
    (id, part, object_id, subject_index, at, by_id, by_name, office, kinds, purpose, ground)
SELECT uuidv7(n * interval '{apart} second' - interval '{before}'), 'reports', gen_random_uuid(),
    ARRAY[decode(md5('person' || n % :people), 'hex'), decode(md5('phone' || n % :people), 'hex')],
    now() - interval '{before}' + n * interval '{apart} second',
    md5('clerk' || n % 40)::uuid, 'Проба', 'registry_clerk', ARRAY['name', 'contact'],
    'contact', 'чл. 6'
FROM generate_series(CAST(:start AS bigint), :until) n
"""
INDEXES = """
SELECT format('DROP INDEX %s.%I', '{schema}', indexname), indexdef FROM pg_indexes
WHERE schemaname = :name AND tablename = 'purposes_look' AND indexname LIKE 'ix_%'
"""
SIZE = "SELECT pg_size_pretty(pg_total_relation_size('{schema}.purposes_look'))"


def bench(region, *, rounds, rows=SHARE):
    """Lines of the report; the first municipality stays empty, the second has the rows."""
    empty, full = region.slugs[:2]
    began = time.monotonic()
    size = _fill(region, full, rows)
    yield f"{rows} looks of a year were written by SQL in {time.monotonic() - began:.0f} s, {size}"
    known, took = uuid4(), {}
    for slug in (empty, full):
        _fill_old(region, slug, rounds * AT_ONCE)
    for _ in range(rounds):
        for name, slug in (("none", empty), ("many", full)):
            with region.app.app_context():
                for what, seconds in _measure(slug, known).items():
                    took.setdefault((what, name), []).extend(seconds)
    for what in (PAGE_OF, RECORD, STAFF, EXAMINE, FORGET):
        without, many = (median(took[what, name]) for name in ("none", "many"))
        yield (
            f"{what}: {1000 * without:.2f} ms over none, {1000 * many:.2f} ms over {rows},"
            f" ratio {many / without:.2f}"
        )


def _measure(slug, known: UUID):
    """Seconds of each. `known` is looked at in both municipalities."""
    took = {what: [] for what in (PAGE_OF, RECORD, STAFF, EXAMINE, FORGET)}
    for _ in range(SAMPLES):
        _record(slug, known, took)
    job = Principal.system("bench")
    for what, act in (
        (STAFF, looks_by_staff),
        (EXAMINE, examine_looks),
        (FORGET, forget_old_looks),
    ):
        with open_uow(scope_named(slug), job) as uow:
            uow.session.connection()
            began = time.perf_counter()
            act(uow)
            uow.session.flush()
            took[what].append(time.perf_counter() - began)
    return took


def _record(slug, known, took):
    clerk = Principal(person_id=uuid4(), name="Проба")
    thing = Opened(part="reports", object_id=uuid4(), subject=Subject(person_id=known))
    fact = PersonLookedAt(subject_id=thing.object_id, part="reports")
    said = Purpose(word="contact", kinds=(DataKind.NAME,), ground="чл. 6", fact=fact)
    with open_uow(scope_named(slug), clerk) as uow:
        uow.session.connection()  # a page has a transaction without a look, too
        began = time.perf_counter()
        look_at_each(uow, [thing], said)
        uow.session.flush()
        took[RECORD].append(time.perf_counter() - began)
        began = time.perf_counter()
        uow.session.scalars(looks_at(uow, thing.subject).limit(PAGE)).all()
        took[PAGE_OF].append(time.perf_counter() - began)


def _fill(region, slug, rows):
    """Spread over a year up to now; the indexes are made when the rows are there."""
    name = _schema_of(region, slug)
    schema, apart = f'"{name}"', 365 * 86_400 / rows
    insert = text(FILL.format(schema=schema, apart=apart, before="365 days"))
    engine = create_engine(region.config.migrator, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("SET synchronous_commit = off"))
        connection.execute(text("SET maintenance_work_mem = '256MB'"))
        found = connection.execute(text(INDEXES.format(schema=schema)), {"name": name}).all()
        for drop, _ in found:
            connection.execute(text(drop))
        for start in range(0, rows, BATCH):
            until = min(start + BATCH, rows) - 1
            connection.execute(insert, {"start": start, "until": until, "people": PEOPLE})
        for _, made in found:
            connection.execute(text(made))
        connection.execute(text(f"VACUUM ANALYZE {schema}.purposes_look"))
        size = connection.scalar(text(SIZE.format(schema=schema)))
    engine.dispose()
    return size


def _fill_old(region, slug, rows):
    """So many whose years are over."""
    schema = f'"{_schema_of(region, slug)}"'
    engine = create_engine(region.config.migrator, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        old = text(FILL.format(schema=schema, apart=0.001, before=OLD))
        connection.execute(old, {"start": 0, "until": rows - 1, "people": PEOPLE})
    engine.dispose()


def _schema_of(region, slug):
    with region.app.app_context():
        return scope_named(slug).schema
